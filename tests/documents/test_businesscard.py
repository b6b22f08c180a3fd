"""Business cards: labelled or not, in Chinese and English, and no fields for other documents."""

from __future__ import annotations

import pytest

from mockocr.documents.businesscard import ORDER, business_card_of
from tests.documents.cards import card, is_linear


def fields(*texts: str) -> list[tuple[str, str]]:
    return [(field.kind, field.value.text) for field in business_card_of(card(*texts))]


def test_the_fields_of_a_card_with_labels_are_found() -> None:
    assert fields(
        "姓名:张伟",
        "职位:经理",
        "电话:0755-86013388",
        "传真:0755-86013399",
        "手机:138 0013 8000",
        "地址:广东省深圳市南山区科技园路18号",
        "邮编:518000",
        "邮箱:zhangwei@example.com",
        "网址:www.example.com",
        "QQ:123456",
        "微信:zhang_01",
    ) == [
        ("姓名", "张伟"),
        ("职位", "经理"),
        ("地址", "广东省深圳市南山区科技园路18号"),
        ("邮编", "518000"),
        ("邮箱", "zhangwei@example.com"),
        ("网址", "www.example.com"),
        ("手机", "138 0013 8000"),
        ("电话", "0755-86013388"),
        ("传真", "0755-86013399"),
        ("QQ", "123456"),
        ("微信", "zhang_01"),
    ]


def test_the_fields_of_a_card_without_labels_are_found() -> None:
    assert fields(
        "样例科技有限公司",
        "李小明",
        "高级工程师",
        "云产品部",
        "深圳市南山区科技路1号",
        "13800138000",
        "li@example.com",
    ) == [
        ("姓名", "李小明"),
        ("职位", "高级工程师"),
        ("部门", "云产品部"),
        ("公司", "样例科技有限公司"),
        ("地址", "深圳市南山区科技路1号"),
        ("邮箱", "li@example.com"),
        ("手机", "13800138000"),
    ]


def test_the_fields_of_a_card_in_english_are_found() -> None:
    assert fields(
        "Example Software Co., Ltd",
        "John Smith",
        "Sales Manager",
        "Tel: 0755-86013388 Fax: 0755-86013399",
        "E-mail: john@example.com",
        "12 Example Road, Building 3",
    ) == [
        ("英文姓名", "John Smith"),
        ("英文职位", "Sales Manager"),
        ("英文公司", "Example Software Co., Ltd"),
        ("英文地址", "12 Example Road, Building 3"),
        ("邮箱", "john@example.com"),
        ("电话", "0755-86013388"),
        ("传真", "0755-86013399"),
    ]


def test_a_name_may_be_in_one_line_with_its_title() -> None:
    assert fields("张伟 经理") == [("姓名", "张伟"), ("职位", "经理")]


def test_several_values_of_a_kind_are_kept_without_duplicates() -> None:
    found = fields("电话:0755-86013388", "电话:0755-86013399", "电话:0755-86013388")
    assert found == [("电话", "0755-86013388"), ("电话", "0755-86013399")]


def test_a_value_keeps_the_confidence_of_its_characters() -> None:
    (field,) = business_card_of(card("手机:13800138000", confidence=0.8))
    assert field.value.confidence == pytest.approx(0.8)
    assert len(field.value.characters) == 11


@pytest.mark.parametrize(
    "texts",
    [(), ("发票 Invoice 2026", "合计:1280.50"), ("张伟",), ("春天来了公园里开满了花",), ("8306",)],
)
def test_another_document_has_no_fields(texts: tuple[str, ...]) -> None:
    assert fields(*texts) == []


def test_every_kind_is_in_the_order() -> None:
    assert len(set(ORDER)) == len(ORDER) == 18


@pytest.mark.parametrize("text", ["张", "a.", "电话:", "A b "])
@pytest.mark.slow
def test_a_page_of_nonsense_takes_linear_time(text: str) -> None:
    assert is_linear(business_card_of, text)


def test_identity_cards_and_licences_are_no_business_cards() -> None:
    assert fields("姓名 张三", "住址 广东省深圳市南山区科技园路18号", "110101199001121233") == []
    assert fields("营业执照", "法定代表人 张三", "样例有限公司") == []


def test_a_page_without_a_person_or_a_way_to_reach_one_is_no_card() -> None:
    assert fields("Oa END", "100 Market Street", "BIGTOWN, MA, 02801") == []
    assert fields("www.example.com中国收藏热线", "登机牌 BOARDING PASS", "张伟") == []
    assert fields("样例银行", "样例集团有限公司", "深圳市南山区科技路1号") == []
    assert fields("Earnings Statement", "ANY COMPANY CORP.", "101 MAIN STREET") == []


def test_a_name_with_an_occupation_or_any_number_makes_a_card() -> None:
    assert fields("张伟", "样例科技有限公司") == [("姓名", "张伟"), ("公司", "样例科技有限公司")]
    assert fields("张伟", "手机:13800138000", "www.example.com") == [
        ("姓名", "张伟"),
        ("网址", "www.example.com"),
        ("手机", "13800138000"),
    ]


def test_running_text_with_the_word_of_a_title_or_a_company_is_no_field() -> None:
    sentence = "样例集团董事长主持召开了本年度的第七次工作会议并且作了题为安全生产的重要讲话"
    assert fields("手机:13800138000", sentence) == [("手机", "13800138000")]
    latin = "The manager asked every engineer of the company to write a report about the work"
    assert fields("Tel: 0755-86013388", latin) == [("电话", "0755-86013388")]


def test_a_long_address_without_a_label_is_kept() -> None:
    address = "广东省深圳市南山区粤海街道科技园社区科苑路8号样例科技广场3栋12楼1201室"
    assert fields("手机:13800138000", address)[0] == ("地址", address)
