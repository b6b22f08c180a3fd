"""Degraded recognitions: dropped lines, look-alikes, moved boxes, reduced confidence."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from mockocr.control.faults.degradations import LOOKALIKES
from mockocr.control.faults.fault_spec import parse_fault
from mockocr.control.validation import InvalidInputError
from mockocr.core.recognition import PictureWarning, Point, Recognition
from tests.control.acme import HELLO, Client, mock


def degraded(fault: str, seed: int = 1) -> Recognition:
    degrade = parse_fault(fault, ()).degradation(random.Random(seed))
    assert degrade is not None
    return degrade(HELLO)


def lines(fault: str) -> list[dict[str, Any]]:
    """The lines that the client gets with that fault."""

    async def go() -> list[dict[str, Any]]:
        client = Client(mock())
        await client.control("POST", "/faults", {"fault": fault, "seed": 1})
        return list((await client.read()).json["lines"])

    return asyncio.run(go())


@pytest.mark.parametrize(("share", "left"), [("0", 4), ("0.25", 3), ("0.5", 2), ("1", 0)])
def test_a_share_of_the_lines_is_dropped(share: str, left: int) -> None:
    assert len(lines(f"drop_lines={share}")) == left


def test_the_dropped_lines_depend_on_the_seed_only() -> None:
    assert degraded("drop_lines=0.5", 3) == degraded("drop_lines=0.5", 3)
    assert len({degraded("drop_lines=0.5", seed).text for seed in range(30)}) > 2


def test_look_alikes_are_swapped_in_lines_and_characters() -> None:
    first = degraded("confuse=1").lines[0]
    assert first.text == "".join(LOOKALIKES.get(c, c) for c in "O0lO") == "0O10"
    assert "".join(c.text for c in first.characters) == first.text


def test_half_of_the_look_alikes_stay_the_same() -> None:
    old, new = HELLO.text, degraded("confuse=0.5").text
    alike = sum(character in LOOKALIKES for character in old)
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert len(changed) == alike / 2
    assert all(LOOKALIKES[a] == b for a, b in changed)


def test_every_look_alike_is_a_different_character() -> None:
    assert all(key != value for key, value in LOOKALIKES.items())


def test_boxes_move_down_and_right_with_their_words_and_characters() -> None:
    assert [line["box"] for line in lines("shift=7")] == [
        [17, 17, 100, 20],
        [17, 47, 100, 20],
        [17, 77, 100, 20],
        [17, 107, 100, 20],
    ]
    moved = degraded("shift=-3").lines[0]
    assert moved.words[0].quad.tl == Point(7, 7)
    assert moved.characters[0].quad.tl == Point(7, 7)


def test_every_confidence_is_reduced() -> None:
    assert [line["confidence"] for line in lines("fade=0.5")] == [0.4] * 4
    faded = degraded("fade=0.25").lines[0]
    assert faded.words[0].confidence == pytest.approx(0.6)
    assert faded.characters[0].confidence == pytest.approx(0.6)


def test_several_degradations_combine() -> None:
    found = lines("drop_lines=0.5, shift=1, fade=1")
    assert len(found) == 2
    assert {line["confidence"] for line in found} == {0.0}


def test_a_degraded_recognition_is_billed_and_journaled() -> None:
    async def go() -> tuple[Any, Any]:
        client = Client(mock())
        await client.control("POST", "/faults", {"fault": "fade=1"})
        await client.read()
        entry = (await client.control("GET", "/requests"))["requests"][0]
        return entry, (await client.control("GET", "/bill"))["total"]

    entry, total = asyncio.run(go())
    assert (entry["fault"], entry["status"]) == ("fade=1", 200)
    assert total["billable"] == 1


def test_warnings_are_added_to_what_is_read() -> None:
    changed = degraded("warnings=reshoot+copy+copy")
    assert changed.warnings == (PictureWarning.RESHOOT, PictureWarning.COPY)
    assert changed.lines == HELLO.lines


def test_an_unknown_warning_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInputError, match=r"warnings must be names joined by .*watermark"):
        parse_fault("warnings=crooked", ())
