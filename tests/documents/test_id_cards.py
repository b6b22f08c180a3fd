"""Identity cards: the text after each label, in any layout, and nothing else."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Recognition
from mockocr.documents.formats import dotted_date, period, slashed_date
from mockocr.documents.kinds import Document, Kind, find_document
from tests.documents.cards import LINEAR, card, is_linear
from tests.timing import grows_within


def front_of(recognition: Recognition) -> Document | None:
    return find_document(recognition, (Kind.ID_CARD_FRONT,))


def back_of(recognition: Recognition) -> Document | None:
    return find_document(recognition, (Kind.ID_CARD_BACK,))


def valid(back: Document) -> str:
    return period(dotted_date(back.text("valid_from")), dotted_date(back.text("valid_to")))


ZHANG = ("张三", "男", "汉", "1990/1/12", "北京市东城区样例街道1号院2号楼", "11010119900112123X")

FRONTS = {
    "line by line": (
        "姓名 张三",
        "性别 男 民族 汉",
        "出生 1990 年 1 月 12 日",
        "住址 北京市东城区样例街道",
        "1号院2号楼",
        "公民身份号码 11010119900112123X",
    ),
    "labels in lines of their own": (
        *("姓名", "张三", "性别", "男", "民族", "汉", "出生", "1990年1月12日", "住址"),
        *("北京市东城区样例街道", "1号院2号楼", "公民身份号码", "11010119900112123x"),
    ),
    "blanks and colons": (
        "姓 名 : 张 三",
        "性 别 : 男   民 族 : 汉族",
        "出 生 : 1990年01月12日",
        "住 址 : 北 京 市 东 城 区 样 例 街 道",
        "1号院 2号楼",
        "公民身份号码 : 11010119900112123X",
    ),
    "full width": (
        "姓名：张三",
        "性别：男 民族：汉",
        "出生：１９９０年１月１２日",
        "住址：北京市东城区样例街道１号院２号楼",
        "公民身份号码：１１０１０１１９９００１１２１２３Ｘ",
    ),
}


@pytest.mark.parametrize("layout", FRONTS)
def test_the_same_front_is_found_in_any_layout(layout: str) -> None:
    front = front_of(card(*FRONTS[layout]))
    assert front is not None
    texts = {name: front.text(name) for name in front.fields}
    texts["birth"] = slashed_date(texts["birth"])
    assert tuple(texts.values()) == ZHANG


def test_a_speck_after_a_value_does_not_hide_it() -> None:
    front = front_of(card("姓名 张三，", "性别 男. 民族 汉。"))
    assert front is not None
    assert (front["name"].text, front["sex"].text, front["nation"].text) == ("张三", "男", "汉")


def test_a_label_may_follow_a_value_whose_own_label_is_another_line() -> None:
    front = front_of(card("姓名", "张三", "性别", "女民族汉", "住址 北京市东城区样例街道"))
    assert front is not None
    assert (front["sex"].text, front["nation"].text) == ("女", "汉")


def test_a_field_is_never_derived_from_the_number() -> None:
    front = front_of(card("姓名 张三", "公民身份号码 110101199001121233"))
    assert front is not None
    assert (front["sex"].text, front["birth"].text, front["address"].text) == ("", "", "")
    assert front["sex"].characters == ()
    assert front["name"].text == "张三"


def test_every_character_keeps_its_confidence_and_position() -> None:
    front = front_of(card(*FRONTS["line by line"], confidence=0.7))
    assert front is not None
    assert [c.confidence for c in front["name"].characters] == [0.7, 0.7]
    assert len(front["birth"].characters) == len("1990112")
    assert len(front["number"].characters) == 18
    assert front["name"].quad is not None
    assert front["name"].quad.bounds == (100, 10, 60, 40)


def test_the_back_has_authority_and_dates() -> None:
    titles = ("中华人民共和国", "居民身份证")
    back = back_of(card(*titles, "签发机关 样例市公安局", "有效期限 2012.01.01-2022.01.01"))
    assert back is not None
    assert back["authority"].text == "样例市公安局"
    assert (
        period(*(dotted_date(back.text(n)) for n in ("valid_from", "valid_to")))
        == "2012.01.01-2022.01.01"
    )
    assert len(back["valid_from"].characters + back["valid_to"].characters) == 16


def test_a_card_may_be_valid_without_end() -> None:
    back = back_of(card("签发机关 样例市公安局", "有效期限 2012.01.01—长期"))
    assert back is not None
    assert (
        period(*(dotted_date(back.text(n)) for n in ("valid_from", "valid_to")))
        == "2012.01.01-长期"
    )


def test_each_side_is_distinguished_from_the_other() -> None:
    front = card(*FRONTS["line by line"])
    back = card("居民身份证", "签发机关 样例市公安局")
    assert back_of(front) is None
    assert front_of(back) is None


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("发票 Invoice 2026", "合计:1280.50"),
        ("姓名:张三", "电话:13800138000"),
        ("12345678",),
        ("健康证", "有效期 2026-01-02"),
    ],
)
def test_another_document_is_not_an_identity_card(texts: tuple[str, ...]) -> None:
    assert front_of(card(*texts)) is None
    assert back_of(card(*texts)) is None


@pytest.mark.parametrize("text", ["住址", "张", "姓名李", "1"])
@pytest.mark.slow
def test_a_page_of_nonsense_takes_linear_time(text: str) -> None:
    assert is_linear(front_of, text)
    assert is_linear(back_of, text)


def test_a_very_long_name_takes_linear_time() -> None:
    small, large = (card("姓名" + "李" * count) for count in (2_000, 16_000))
    assert grows_within(LINEAR, front_of, small, large)


def test_a_licence_that_names_the_state_is_no_back() -> None:
    assert back_of(card("营业执照", "中华人民共和国国家工商行政管理总局监制")) is None
    assert back_of(card("中华人民共和国国家工商行政管理总局监制")) is None


def test_the_end_of_a_period_is_not_taken_for_its_start() -> None:
    back = back_of(card("居民身份证", "有效期限 .14-2029.05.14"))
    assert back is not None
    assert (back.text("valid_from"), back.text("valid_to")) == ("", "2029-05-14")


@pytest.mark.parametrize(
    ("read", "nation"), [("朝鮮", "朝鲜"), ("維吾爾族", "维吾尔"), ("汉", "汉")]
)
def test_a_nationality_has_the_characters_that_cards_print(read: str, nation: str) -> None:
    front = front_of(card("姓名 张三", f"性別 男 民族 {read}"))
    assert front is not None
    assert front.text("nation") == nation
