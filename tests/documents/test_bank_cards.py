"""Bank cards: the number, and the fields that the card states in words."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Recognition
from mockocr.documents.formats import month_first
from mockocr.documents.kinds import Document, Kind, find_document
from mockocr.documents.kinds.check_digits import has_right_luhn
from tests.documents.cards import card, is_linear


def bank_card_of(recognition: Recognition) -> Document | None:
    return find_document(recognition, (Kind.BANK_CARD,))


def fields(*texts: str) -> tuple[str, ...]:
    """Number, kind, name, bank with its number, and the last month as MM/YYYY."""
    found = bank_card_of(card(*texts))
    if found is None:
        return ("",) * 5
    bank, code = found.text("bank"), found.text("bank_code")
    return (
        found.text("number"),
        found.text("card_type"),
        found.text("card_name"),
        f"{bank}({code})" if code else bank,
        month_first(found.text("valid_to")),
    )


def test_all_fields_of_a_card_are_found() -> None:
    read = fields("中国银行", "样例信用卡", "6259 0611 2233 4450", "VALID THRU 08/28")
    assert read == ("6259061122334450", "贷记卡", "样例信用卡", "中国银行(01040000)", "08/2028")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6222 0200 0000 0000 006", "6222020000000000006"),
        ("6222-0200-0000-0005", "6222020000000005"),
        ("卡号:6222020000000005", "6222020000000005"),
        ("NO.6222020000000005", "6222020000000005"),
        ("12345678901234", ""),
        ("123456789012345678901", ""),
        ("2026-01-02 08:15", ""),
    ],
)
def test_a_number_has_15_to_19_digits_in_any_grouping(text: str, number: str) -> None:
    assert fields(text)[0] == number


def test_a_number_with_a_right_check_digit_comes_first() -> None:
    assert has_right_luhn("4111111111111111")
    assert not has_right_luhn("4111111111111112")
    assert fields("1234567890123456", "4111 1111 1111 1111")[0] == "4111111111111111"
    assert fields("1234567890123456")[0] == "1234567890123456"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("龙卡信用卡", "贷记卡"),
        ("借记卡", "借记卡"),
        ("Debit", "借记卡"),
        ("储蓄卡", "借记卡"),
        ("卡", ""),
    ],
)
def test_the_kind_is_what_the_card_states(text: str, kind: str) -> None:
    assert fields(text, "6259061122334450")[1] == kind


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("招商银行", "招商银行(03080000)"),
        ("中国建设银行 China Construction Bank", "建设银行(01050000)"),
        ("样例农村商业银行", "样例农村商业银行"),
        ("", ""),
    ],
)
def test_the_bank_is_the_printed_one_and_not_derived_from_the_number(text: str, bank: str) -> None:
    assert fields(text, "6225000000000006")[3] == bank


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("08/28", "08/2028"),
        ("VALID FROM 08/23 THRU 08/28", "08/2028"),
        ("12/2030", "12/2030"),
        ("13/28", ""),
        ("2026/01/02", ""),
    ],
)
def test_the_expiry_date_is_the_last_month_and_year(text: str, end: str) -> None:
    assert fields("6259061122334450", text)[4] == end


def test_an_identity_card_is_not_a_bank_card() -> None:
    assert fields("姓名 张三", "公民身份号码 110101199001121233") == ("",) * 5


@pytest.mark.parametrize("text", ["汉", "1 ", "银行"])
@pytest.mark.slow
def test_a_page_of_nonsense_takes_linear_time(text: str) -> None:
    assert is_linear(bank_card_of, text)


def test_the_number_of_a_business_licence_is_no_card_number() -> None:
    assert fields("营业执照", "注册号 310105000425516") == ("",) * 5
    assert fields("统一社会信用代码 91440101562254387U") == ("",) * 5


def test_digits_that_letters_follow_are_no_card_number() -> None:
    assert fields("91440101562254387U")[0] == ""


def test_an_account_in_running_text_is_no_card_number() -> None:
    assert fields("张三 建行样例城中支行 6222020000000005") == ("",) * 5


def test_a_page_of_many_lines_is_no_card_unless_it_names_a_bank_or_type() -> None:
    page = ("12654312345612345", "JOHN STILES", *("Gross pay",) * 40)
    assert fields(*page) == ("",) * 5
    assert fields("招商银行", *page)[0] == "12654312345612345"
