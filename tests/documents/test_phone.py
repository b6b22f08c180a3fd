"""Telephone numbers are found in every notation, and other digits are not."""

from __future__ import annotations

import pytest

from mockocr.documents.phone import phones


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13112345678", "13112345678"),
        ("tel:131-1234-5678", "13112345678"),
        ("131 1234 5678", "13112345678"),
        ("+8613112345678", "13112345678"),
        ("0086 131 1234 5678", "13112345678"),
        ("86-13112345678", "13112345678"),
        ("0755-28780808", "0755-28780808"),
        ("(010) 8888 6666", "010-88886666"),
        ("02161234567", "021-61234567"),
        ("+86 755 2878 0808", "0755-28780808"),
        ("0755-28780808-123", "0755-28780808-123"),
        ("0755-28780808 转 8001", "0755-28780808-8001"),
        ("400-800-1234", "400-800-1234"),
        ("8008201234", "800-820-1234"),
        ("张三13112345678广东", "13112345678"),
    ],
)
def test_a_number_is_found_in_every_notation(text: str, number: str) -> None:
    assert [phone.number for phone in phones(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "13112345678901234",
        "12112345678",
        "440301199001011234",
        "6222 0213 1123 4567 890",
        "1280.50",
    ],
)
def test_other_digits_are_not_a_number(text: str) -> None:
    assert phones(text) == []


def test_numbers_are_in_order_with_their_positions() -> None:
    text = "0755-28780808/13112345678"
    found = phones(text)
    assert [text[p.start : p.end] for p in found] == ["0755-28780808", "13112345678"]
    assert [p.mobile for p in found] == [False, True]
