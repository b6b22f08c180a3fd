"""Reads amounts in Chinese financial numerals, to hold them against the digits beside them."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"〇": 0}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_FRACTIONS = {"角": Decimal("0.1"), "分": Decimal("0.01")}


def amount_in_digits(words: str) -> Decimal | None:
    """`1190.20` of 壹仟壹佰玖拾圆贰角; None for anything else."""
    total = Decimal(0)
    group = section = digit = 0
    for letter in words.replace("元", "圆").strip("⊗整正"):
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in _TENS:
            section += (digit or 1) * _TENS[letter]
            digit = 0
        elif letter in _GROUPS:
            group = (group + section + digit) * _GROUPS[letter]
            section = digit = 0
        elif letter == "圆":
            total += group + section + digit
            group = section = digit = 0
        elif letter in _FRACTIONS:
            total += digit * _FRACTIONS[letter]
            digit = 0
        else:
            return None
    return total if words and not (group or section or digit) else None
