"""Every code of the tables has a row with a source, and every problem its answer."""

from __future__ import annotations

import pytest
from mockocr.vendors.tupu.choices import CHOICES, chosen
from tests.vendors.tupu.desk import post

from mockocr.core.errors import ErrorKind
from mockocr.vendors.tupu import VENDOR


def test_every_code_of_the_tables_is_there() -> None:
    codes = {row.code for row in VENDOR.catalogue}
    assert codes == {*range(1, 21), 100, 101, 404, 405}


def test_every_row_says_where_it_was_seen_in_plain_english() -> None:
    for row in VENDOR.catalogue:
        assert row.source.startswith(("doc", "sdk", "guess")), row
        assert row.message.isascii(), row


@pytest.mark.parametrize(
    ("problem", "status", "code"),
    [
        (ErrorKind.UNKNOWN_ACCOUNT, 401, 1),
        (ErrorKind.QUOTA_EXCEEDED, 403, 1),
        (ErrorKind.RATE_LIMITED, 429, 17),
        (ErrorKind.BUSY, 429, 17),
        (ErrorKind.NO_IMAGE, 200, 3),
        (ErrorKind.EXPIRED, 200, 12),
        (ErrorKind.BODY_TOO_LARGE, 200, 14),
        (ErrorKind.INTERNAL, 200, 101),
    ],
)
def test_a_problem_gets_the_tables_code(problem: ErrorKind, status: int, code: int) -> None:
    row = VENDOR.row(problem)
    assert (row.status, row.code) == (status, code)


def test_every_problem_has_exactly_one_row() -> None:
    answered = [problem for row in VENDOR.catalogue for problem in row.problems]
    assert sorted(answered) == sorted(ErrorKind)


def test_every_setting_starts_with_a_value_that_it_accepts() -> None:
    for choice in CHOICES:
        assert choice.accepts(choice.default)
        assert chosen(post(b"", ""), choice.name) == choice.default


@pytest.mark.parametrize(
    ("name", "value"), [("max_images", "0"), ("max_bytes", "1M"), ("bad_file", "ignore")]
)
def test_a_setting_refuses_what_it_could_not_do(name: str, value: str) -> None:
    assert not next(c for c in CHOICES if c.name == name).accepts(value)
