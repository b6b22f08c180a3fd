"""Positions in a text in the units that Azure counts."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from mockocr.vendors.azure.text_units import CODE_POINTS, TEXT_ELEMENTS, UTF16, positions

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
CASES = {
    "": [0],
    "ab": [0, 1, 2],
    "发票": [0, 1, 2],
    "e\u0301x": [0, 1, 1, 2],
    "\r\n.": [0, 1, 1, 2],
    "\U0001f1e8\U0001f1f3\U0001f1fa\U0001f1f8": [0, 1, 1, 2, 2],
    FAMILY: [0, 1, 1, 1, 1, 1],
    "\u1112\u1161\u11ab": [0, 1, 1, 1],
    "\U0001f44d\U0001f3fd!": [0, 1, 1, 2],
    "क्षि": [0, 1, 1, 2, 2],
}


@pytest.mark.parametrize("text", CASES)
def test_text_elements_are_counted_as_unicode_cuts_them(text: str) -> None:
    assert positions(text, TEXT_ELEMENTS) == CASES[text]


def test_code_points_and_utf16_units_are_counted() -> None:
    assert positions("a\U00020000b", CODE_POINTS) == [0, 1, 2, 3]
    assert positions("a\U00020000b", UTF16) == [0, 1, 3, 4]
    assert positions("a\U00020000b", TEXT_ELEMENTS) == [0, 1, 2, 3]


LETTERS = st.sampled_from(
    "a 1é中한ใ\u0301\u200d\r\n\U0001f600\U0001f468\U0001f3fb\U0001f1e8\u0e33\uff9e"
)


@given(st.text(LETTERS, max_size=12))
def test_the_library_regex_cuts_the_same_text_elements(text: str) -> None:
    expected = [0] * (len(text) + 1)
    for number, match in enumerate(regex.finditer(r"\X", text)):
        for index in range(match.start() + 1, match.end() + 1):
            expected[index] = number + 1
    assert positions(text, TEXT_ELEMENTS) == expected
