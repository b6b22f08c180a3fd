"""Keys are found with their values, and questions are answered from them."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Line, Recognition
from mockocr.documents.pairs import find_pairs
from mockocr.documents.queries import answer
from tests.documents.test_tables import PRICES, line


def pairs(*lines: Line) -> list[tuple[str, str]]:
    found = find_pairs(Recognition(lines))
    return [(pair.key.text, pair.value.text if pair.value else "") for pair in found]


def test_the_text_after_a_colon_is_the_value() -> None:
    assert pairs(line("Due Date: 31 May 2026", 10, 10)) == [("Due Date:", "31 May 2026")]
    assert pairs(line("金额： 100", 10, 10)) == [("金额：", "100")]


def test_the_value_may_stand_to_the_right_or_below() -> None:
    assert pairs(line("State:", 10, 10), line("NV", 200, 10)) == [("State:", "NV")]
    assert pairs(line("State:", 10, 10), line("NV", 10, 40)) == [("State:", "NV")]


def test_a_key_without_a_value_has_none() -> None:
    assert pairs(line("Signature:", 10, 10)) == [("Signature:", "")]


def test_an_amount_far_to_the_right_belongs_to_the_label() -> None:
    assert pairs(line("SUBTOTAL", 10, 10), line("$16.99", 300, 10)) == [("SUBTOTAL", "$16.99")]


def test_plain_text_has_no_pairs() -> None:
    assert pairs(line("a line of plain text", 10, 10)) == []
    assert pairs() == []
    assert pairs(*PRICES) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the due date?", "31 May 2026"),
        ("DUE DATE", "31 May 2026"),
        ("What is the name of the patient?", None),
        ("", None),
    ],
)
def test_a_question_is_answered_by_the_words_of_its_key(
    question: str, expected: str | None
) -> None:
    found = find_pairs(
        Recognition((line("Due Date: 31 May 2026", 10, 10), line("Total: $5", 10, 60)))
    )
    part = answer(question, found)
    assert (part.text if part else None) == expected


def test_a_colon_inside_a_word_ends_a_key() -> None:
    assert pairs(line("姓名:张伟", 10, 10)) == [("姓名:", "张伟")]
    assert pairs(line("at 12:30 see http://example.com", 10, 10)) == []


def test_several_keys_of_a_line_have_their_own_values() -> None:
    found = pairs(line("Telephone: 555-0100 Fax: 555-0101", 10, 10))
    assert found == [("Telephone:", "555-0100"), ("Fax:", "555-0101")]


def test_a_value_may_have_several_lines() -> None:
    lines = (line("To:", 10, 10), line("Example Inc", 10, 36), line("1 Street", 10, 62))
    assert pairs(*lines) == [("To:", "Example Inc 1 Street")]


def test_boxes_have_their_names_above_their_values() -> None:
    names = (line("Issued", 10, 10), line("Expires", 210, 10))
    values = (line("03/18/2018", 10, 34), line("01/20/2028", 210, 34))
    assert pairs(*names, *values) == [("Issued", "03/18/2018"), ("Expires", "01/20/2028")]


def test_a_sentence_with_a_colon_is_no_pair() -> None:
    text = "Renters: provide a complete signed copy of the agreement dated within the last year"
    assert pairs(line(text, 10, 10)) == []
