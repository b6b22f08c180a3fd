"""Finds the fields of a bank card in recognised text: number, kind, card name, bank, expiry date.

Kind and bank are found only where the card states them in words, never from the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value, line_char_map
from mockocr.documents.idcard import front_of

BANKS: Mapping[str, tuple[str, str]] = {
    "中国邮政储蓄银行": ("邮储银行", "01000000"),
    "邮储银行": ("邮储银行", "01000000"),
    "中国工商银行": ("工商银行", "01020000"),
    "工商银行": ("工商银行", "01020000"),
    "中国农业银行": ("农业银行", "01030000"),
    "农业银行": ("农业银行", "01030000"),
    "中国银行": ("中国银行", "01040000"),
    "中国建设银行": ("建设银行", "01050000"),
    "建设银行": ("建设银行", "01050000"),
    "交通银行": ("交通银行", "03010000"),
    "中信银行": ("中信银行", "03020000"),
    "中国光大银行": ("光大银行", "03030000"),
    "光大银行": ("光大银行", "03030000"),
    "华夏银行": ("华夏银行", "03040000"),
    "中国民生银行": ("民生银行", "03050000"),
    "民生银行": ("民生银行", "03050000"),
    "广发银行": ("广发银行", "03060000"),
    "招商银行": ("招商银行", "03080000"),
    "兴业银行": ("兴业银行", "03090000"),
    "浦发银行": ("浦发银行", "03100000"),
    "平安银行": ("平安银行", "04100000"),
}
"""Name as printed → short name and UnionPay's institution number."""

_KINDS: Mapping[str, str] = {
    "准贷记卡": "准贷记卡",
    "贷记卡": "贷记卡",
    "信用卡": "贷记卡",
    "CREDIT": "贷记卡",
    "借记卡": "借记卡",
    "储蓄卡": "借记卡",
    "DEBIT": "借记卡",
    "预付卡": "预付费卡",
}
_NUMBER = re.compile(r"(?<![\dA-Za-z])\d(?:[ \-]?\d){14,18}(?![ \-]?\d|[A-Za-z])")
_LICENCE = re.compile(r"营业执照|统一社会信用代码|注册号")
"""A business licence has a number that is as long as a card's."""
_END = re.compile(r"(?<![\d/])(0[1-9]|1[0-2])\s?/\s?((?:20)?\d{2})(?![\d/])")
_BANK = re.compile(
    "|".join(sorted(map(re.escape, BANKS), key=len, reverse=True)) + r"|[\u3400-\u9fff]{2,8}银行"
)
_KIND = re.compile("|".join(_KINDS), re.IGNORECASE)
_CARD_NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9·]{0,20}[\u3400-\u9fff]卡")


@dataclass(frozen=True, slots=True)
class BankCard:
    """`number` has only digits, `end` is the expiry date as MM/YYYY, `bank` the short name with
    UnionPay's institution number in brackets if it is known.
    """

    number: Value = NOTHING
    kind: Value = NOTHING
    name: Value = NOTHING
    bank: Value = NOTHING
    end: Value = NOTHING


def bank_card_of(recognition: Recognition) -> BankCard:
    """The card's fields. They are all empty for an identity card or a business licence, which have
    a number too.
    """
    if front_of(recognition) is not None:
        return BankCard()
    lines = [line_char_map(line, spaces=True) for line in recognition.lines]
    bare = [line_char_map(line, spaces=False) for line in recognition.lines]
    if any(_LICENCE.search(line.text) for line in bare):
        return BankCard()
    return BankCard(
        number=_number(lines),
        kind=_kind(bare),
        name=_first(bare, _CARD_NAME),
        bank=_bank(bare),
        end=_end(lines),
    )


def passes_luhn(number: str) -> bool:
    """True if the last digit of a card's number is the Luhn check digit of the others."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _number(lines: Iterable[CharMap]) -> Value:
    """The first number with a right check digit, else the first number of that length."""
    found = []
    for line in lines:
        for match in _NUMBER.finditer(line.text):
            value = line.group(match, 0)
            found.append(replace(value, text=re.sub(r"\D", "", value.text)))
    found.sort(key=lambda value: not passes_luhn(value.text))
    return _only_digits(found[0]) if found else NOTHING


def _only_digits(value: Value) -> Value:
    kept = tuple(c for c in value.characters if c.text.strip().isdigit())
    return replace(value, characters=kept)


def _first(lines: Iterable[CharMap], pattern: re.Pattern[str]) -> Value:
    for line in lines:
        match = pattern.search(line.text)
        if match:
            return line.group(match, 0)
    return NOTHING


def _kind(lines: Iterable[CharMap]) -> Value:
    found = _first(lines, _KIND)
    return replace(found, text=_KINDS.get(found.text.upper(), ""))


def _bank(lines: Iterable[CharMap]) -> Value:
    found = _first(lines, _BANK)
    if found.text not in BANKS:
        return found
    name, number = BANKS[found.text]
    return replace(found, text=f"{name}({number})")


def _end(lines: Iterable[CharMap]) -> Value:
    """The last date on the card: if there are two, the first is the start date."""
    found = [
        (line, match) for line in lines for match in _END.finditer(line.text) if match is not None
    ]
    if not found:
        return NOTHING
    line, match = found[-1]
    year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
    return replace(line.group(match, 0), text=f"{match[1]}/{year}")
