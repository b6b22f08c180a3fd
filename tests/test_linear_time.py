"""Finding fields takes linear time in every document reader, whatever the lines are."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

import mockocr.documents
from mockocr.core.recognition import Quad, Recognition, line_of_text
from tests.timing import seconds

PIECES = [
    *("1", "1-", "86 ", "0571-", "(", "+", "12/", "13800138000 ", "a", "A", "a.", "a@", "www."),
    *(
        "A. ",
        " ",
        "你",
        "李·",
        "姓名",
        "住址",
        "路",
        "区",
        "卡",
        "银行",
        "电话:",
        "收",
        "，",
        "北京市",
    ),
]
SMALL, LARGE = 500, 4_000
QUICK = 0.05
"""Seconds of processor: a quadratic search takes longer for the longer line."""
LINEAR = 24
"""Eight times the text may take this many times the time; a quadratic search takes 64 times."""


def readers() -> Iterator[tuple[str, Callable[[Recognition], Any]]]:
    """Every public function of the room that takes a recognition alone."""
    for info in pkgutil.walk_packages(mockocr.documents.__path__, "mockocr.documents."):
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            if list(inspect.signature(function).parameters) == ["recognition"]:
                yield f"{info.name.removeprefix('mockocr.documents.')}.{name}", function


READERS = dict(readers())


@cache  # each reader reads the same lines
def one_line(text: str) -> Recognition:
    line = line_of_text(text, Quad.upright(0, 0, 10 * len(text), 40), 0.9)
    return Recognition((line,), engine="scripted")


def test_there_are_readers() -> None:
    known = {"businesscard.business_card_of", "contact.contact_of", "kinds.bank_card.find"}
    known |= {"kinds.id_card.find_fronts", "kinds.id_card.find_backs", "kinds.passport.find"}
    assert known <= set(READERS)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.slow
def test_a_line_of_eight_times_the_length_takes_about_eight_times_as_long(reader: str) -> None:
    slow = {piece: round(found) for piece in PIECES if (found := times(READERS[reader], piece))}
    assert not slow


def times(read: Callable[[Recognition], Any], piece: str) -> float:
    """How many times as long the longer line takes; 0 if that is linear or too quick to tell."""
    small, large = (one_line(piece * (size // len(piece)) + "!") for size in (SMALL, LARGE))
    found = 0.0
    for rounds in (1, 3, 5):  # a busy machine may disturb one measurement
        longer = seconds(lambda: _read(read, large), rounds)
        if longer < QUICK:
            return 0.0
        found = longer / seconds(lambda: _read(read, small), 2 * rounds)
        if found < LINEAR:
            return 0.0
    return found


def _read(read: Callable[[Recognition], Any], recognition: Recognition) -> None:
    """Call the reader, and take everything that it finds one after the other."""
    found = read(recognition.replaced())  # a copy has no results of an earlier call
    if isinstance(found, Iterator):
        list(found)
