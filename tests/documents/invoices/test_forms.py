"""Forms of dates, times, amounts and numerals on invoices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mockocr.documents.kinds.invoices import forms
from mockocr.documents.kinds.invoices.numerals import amount_in_digits
from mockocr.documents.kinds.invoices.sheet import Glyph, sheet_of
from tests.documents.invoices.pages import page


def glyphs(text: str) -> list[Glyph | None]:
    return list(sheet_of(page((0, 0, text))).rows[0].glyphs)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026年01月24日", "2026-01-24"),
        ("2018年7月5日", "2018-07-05"),
        ("2021-10-08 06:13:49", "2021-10-08"),
        ("20190501", "2019-05-01"),
        ("2018/07/20", "2018-07-20"),
        ("2026年13月01日", ""),
        ("2026年02月30日", ""),
        ("12345678", ""),
        ("133019970123", ""),
    ],
)
def test_a_date_is_a_day_of_the_calendar(text: str, date: str) -> None:
    assert forms.date_of(glyphs(text)).text == date


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("18:55开", "18:55"),
        ("2021-10-08 06:13:49", "06:13"),
        ("8:05", "08:05"),
        ("25:10", ""),
        ("12:345", ""),
    ],
)
def test_a_time_is_one_of_the_day(text: str, time: str) -> None:
    assert forms.time_of(glyphs(text)).text == time


def test_amounts_lose_their_signs_and_commas() -> None:
    assert [v.text for v in forms.amounts_of(glyphs("￥1,234.50 -6.29 ***"))] == [
        "1234.50",
        "-6.29",
        "***",
    ]
    assert forms.amount_of(glyphs("没有")).text == ""


@pytest.mark.parametrize(
    ("read", "number"),
    [
        ("919982877FMHPOE90T", "919982877FMHP0E90T"),
        ("919982877FMHPOE90U", "919982877FMHPOE90U"),  # wrong in any case
        ("91998287O", "91998287O"),
        ("", ""),
    ],
)
def test_a_tax_number_has_no_letters_that_no_credit_code_has(read: str, number: str) -> None:
    assert forms.tax_id_of(glyphs(f"{read} 号")).text == number


def test_a_code_joins_its_groups_up_to_a_wide_gap() -> None:
    cells = page((0, 0, "12345 67890"), (130, 0, "12345"), (400, 0, "99999"))
    assert forms.code_of(sheet_of(cells).rows[0].glyphs).text == "123456789012345"


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("壹仟壹佰玖拾圆贰角", "1190.2"),
        ("壹佰捌拾圆伍角整", "180.5"),
        ("壹万肆仟贰佰叁拾圆零伍分", "14230.05"),
        ("拾元整", "10"),
        ("伍角", "0.5"),
        ("贰拾万零叁佰圆整", "200300"),
        ("价税合计", None),
        ("", None),
        ("壹佰", None),
    ],
)
def test_numerals_have_a_value(words: str, digits: str | None) -> None:
    assert amount_in_digits(words) == (None if digits is None else Decimal(digits))
