"""Contacts are found in many layouts, and none in pages without one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from msgspec.structs import astuple

from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from mockocr.documents.contact import Contact, contact_of
from tests.documents.cards import LINEAR
from tests.timing import grows_within

Cell = tuple[float, str]


def page(*rows: str | Sequence[Cell], turn: float = 0.0) -> Recognition:
    """Rows of text, 40 px high and 60 px apart; a row may have cells that begin at an x."""
    lines = []
    for index, row in enumerate(rows):
        for x, text in [(10.0, row)] if isinstance(row, str) else row:
            width = sum(40 if ord(c) > 255 else 20 for c in text)
            quad = Quad.upright(x, 10 + index * 60, x + width, 50 + index * 60)
            lines.append(line_of_text(text, turned(quad, turn), 0.9))
    return Recognition(tuple(lines))


def turned(quad: Quad, degrees: float) -> Quad:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Quad(*(Point(p.x * c - p.y * s, p.x * s + p.y * c) for p in quad))


ZHANG = Contact("张三", "13112345678", "广东省", "深圳市", "龙岗区", "五和大道华为D区")

SAME_CONTACT: dict[str, tuple[str | Sequence[Cell], ...]] = {
    "pasted in one line": ("张三，13112345678，广东省深圳市龙岗区五和大道华为D区",),
    "pasted without separators": ("张三13112345678广东省深圳市龙岗区五和大道华为D区",),
    "phone first": ("13112345678 张三 广东省深圳市龙岗区五和大道华为D区",),
    "address first": ("广东省深圳市龙岗区五和大道华为D区 张三 收 13112345678",),
    "address with slashes": ("张三 13112345678", "广东省/深圳市/龙岗区/五和大道华为D区"),
    "labels": ("姓名：张三", "电话：13112345678", "地址：广东省深圳市龙岗区五和大道华为D区"),
    "labels without colons": (
        "收货人 张三",
        "手机 13112345678",
        "地址 广东省深圳市龙岗区五和大道华为D区",
    ),
    "blanks in labels and values": (
        "收 货 人 : 张 三",
        "联 系 电 话 ： 131 1234 5678",
        "收货地址: 广东省 深圳市 龙岗区 五和大道 华为D区",
    ),
    "country code": (
        "联系人:张三 联系方式:+86 131-1234-5678",
        "地址:广东省深圳市龙岗区五和大道华为D区",
    ),
    "two lines of address": (
        "张三 13112345678",
        "地址:广东省深圳市龙岗区五和大道",
        "华为D区",
    ),
    "two lines of address without a label": (
        "张三 13112345678",
        "广东省深圳市龙岗区五和大道",
        "华为D区",
        "实付款 ¥128.00",
    ),
    "region and detail apart": (
        "收货人:张三",
        "手机号码:13112345678",
        "所在地区:广东省 深圳市 龙岗区",
        "详细地址:五和大道华为D区",
    ),
    "values beside labels": (
        [(10, "收货人"), (300, "张三")],
        [(10, "手机"), (300, "13112345678")],
        [(10, "地址"), (300, "广东省深圳市龙岗区五和大道华为D区")],
    ),
    "values below labels": (
        [(10, "姓名"), (300, "电话")],
        [(10, "张三"), (300, "13112345678")],
        "地址：广东省深圳市龙岗区五和大道华为D区",
    ),
    "no labels, lines": ("张三", "13112345678", "广东省深圳市龙岗区五和大道华为D区"),
    "short names of regions": ("张三 13112345678", "广东深圳龙岗区五和大道华为D区"),
    "title and postcode": (
        "张三先生 13112345678",
        "广东省深圳市龙岗区五和大道华为D区 邮编:518129",
    ),
    "full-width": (
        "姓名：张三",
        "电话：１３１１２３４５６７８",
        "广东省深圳市龙岗区五和大道华为D区",
    ),
    "among other lines": (
        "订单号: 13112345678901234",
        "实付款 ￥128.00",
        "收货人: 张三 13112345678",
        "收货地址: 广东省深圳市龙岗区五和大道华为D区",
        "下单时间: 2026-01-02 03:04:05",
    ),
}


@pytest.mark.parametrize("rows", SAME_CONTACT.values(), ids=SAME_CONTACT)
def test_one_contact_is_found_in_every_layout(rows: tuple[str | Sequence[Cell], ...]) -> None:
    assert contact_of(page(*rows)) == ZHANG


@pytest.mark.parametrize("degrees", [90, 180, -90, 30])
@pytest.mark.parametrize("layout", ["values beside labels", "values below labels"])
def test_labels_find_their_values_on_a_turned_page(layout: str, degrees: float) -> None:
    assert contact_of(page(*SAME_CONTACT[layout], turn=degrees)) == ZHANG


def test_an_address_continues_for_three_lines_at_most() -> None:
    first = "地址:广东省深圳市龙岗区五和大道"
    rows = ["科技园南路8号", "创新大厦B座", "十二楼1203室", "东门旁3号楼"]
    found = contact_of(page("张三 13112345678", first, *rows))
    assert found.detail_address == "五和大道科技园南路8号创新大厦B座十二楼1203室"


def test_an_address_ends_where_the_next_line_has_a_label_of_its_own() -> None:
    found = contact_of(
        page("生产地址：山西省太原市小店区样例乡西里村北", "住所：太原高新区样例路48号")
    )
    assert found.detail_address == "样例乡西里村北"


def test_a_form_with_first_and_last_name_does_not_mix_label_and_name() -> None:
    assert contact_of(page("First Name: ALICE Last Name: EXAMPLE")).name == "ALICE"


def test_a_line_far_below_does_not_continue_an_address() -> None:
    near = page("广东省深圳市龙岗区五和大道", "华为D区12栋")
    far = page("广东省深圳市龙岗区五和大道", "", "", "华为D区12栋")
    assert contact_of(near).detail_address == "五和大道华为D区12栋"
    assert contact_of(far).detail_address == "五和大道"


NO_CONTACT: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "an invoice": ("发票 Invoice 2026", "合计:1280.50"),
    "an advertisement": ("今日特价 满100减20", "包邮 全国联保", "黄金时间 全场五折"),
    "dishes": ("海南鸡饭 25元", "北京烤鸭", "重庆小面", "河南烩面"),
    "long numbers": ("订单号 13112345678901234", "身份证号码 440301199001011234"),
    "a card": ("6222 0213 1123 4567 890",),
    "an interface": ("地址管理", "联系人", "Contact us", "收货人信息"),
    "streets of other towns' names": ("南京路步行街", "小区物业通知"),
    "decimals": ("0.13112345678", "3.1415926"),
}


@pytest.mark.parametrize("rows", NO_CONTACT.values(), ids=NO_CONTACT)
def test_a_page_without_a_contact_has_empty_fields(rows: tuple[str, ...]) -> None:
    assert set(astuple(contact_of(page(*rows)))) == {""}


def test_a_shops_name_above_its_hotline_is_not_a_person() -> None:
    found = contact_of(page("国美", "客服热线:400-800-1234"))
    assert (found.name, found.phone) == ("", "400-800-1234")


def test_the_recipient_is_the_contact_even_if_a_sender_is_named() -> None:
    found = contact_of(
        page(
            "寄件人：王五 13900000000",
            "上海市浦东新区世纪大道100号",
            "收件人：欧阳娜娜",
            "电话：0755-28780808转123",
            "收件地址：江苏省昆山市玉山镇人民路8号",
        )
    )
    address = ("江苏省", "", "昆山市", "玉山镇人民路8号")
    assert astuple(found) == ("欧阳娜娜", "0755-28780808-123", *address)


def test_a_waybills_one_character_marks_separate_sender_and_recipient() -> None:
    found = contact_of(
        page(
            "寄",
            "张三 13112345678",
            "北京市朝阳区建国路1号",
            "收",
            "李四 13911112222",
            "广东省广州市天河区体育西路1号",
        )
    )
    assert (found.name, found.phone, found.city) == ("李四", "13911112222", "广州市")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联系人：阿依古丽·买买提", "阿依古丽·买买提"),
        ("Name: Zhang San", "Zhang San"),
        ("姓名:张三 性别:男", "张三"),
        ("收货人:李小明(收)", "李小明"),
        ("收货人:王女士", "王女士"),
        ("收件人:诸葛孔明13112345678", "诸葛孔明"),
        ("收件人签名:", ""),
    ],
)
def test_the_name_after_a_label_is_found(text: str, name: str) -> None:
    assert contact_of(page(text)).name == name


def test_a_labelled_number_comes_first_and_then_a_mobile_number() -> None:
    assert contact_of(page("电话:0755-28780808", "手机:13112345678")).phone == "13112345678"
    assert contact_of(page("13112345678", "电话:0755-28780808")).phone == "0755-28780808"


def test_numbers_after_other_labels_are_not_phones() -> None:
    assert contact_of(page("微信号:13112345678", "传真:0755-28780808")).phone == ""


@pytest.mark.parametrize("text", ["广", "东", "1", "0755-", "姓", "(", "A ", "省市", "地址:"])
@pytest.mark.slow
def test_very_long_lines_take_linear_time(text: str) -> None:
    def lines(count: int) -> Recognition:
        return page("姓名:" + text * count, text * count)

    assert grows_within(LINEAR, contact_of, lines(1_000), lines(8_000))
