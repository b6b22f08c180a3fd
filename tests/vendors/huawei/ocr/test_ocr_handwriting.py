"""handwriting: what it asks the engine for, and which characters it returns."""

from __future__ import annotations

from typing import Any

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Line, Quad, Recognition, line_of_text
from tests.asgi import Answer
from tests.vendors.huawei.harness import (
    HELLO_PNG,
    PATH,
    Harness,
    error,
    harness,
    send_signed,
)

HANDWRITING = PATH.replace("web-image", "handwriting")


def post(to: Harness, body: dict[str, Any]) -> Answer:
    return send_signed(to, {"image": HELLO_PNG, **body}, target=HANDWRITING)


def blocks(to: Harness, body: dict[str, Any]) -> list[dict[str, Any]]:
    answer = post(to, body)
    assert answer.status == 200, answer.body
    found: list[dict[str, Any]] = answer.json["result"]["words_block_list"]
    assert answer.json["result"]["words_block_count"] == len(found)
    return found


def line(text: str, *edges: float) -> Line:
    return line_of_text(text, Quad.upright(*edges))


@pytest.mark.parametrize(
    ("body", "options"),
    [
        ({}, ReadOptions(handwriting=True)),
        ({"quick_mode": True}, ReadOptions(handwriting=True, layout="line")),
        ({"detect_direction": True}, ReadOptions(handwriting=True, turn=True)),
    ],
)
def test_the_engine_is_asked_as_the_fields_say(body: dict[str, Any], options: ReadOptions) -> None:
    to = harness()
    assert post(to, body).status == 200
    assert to.engine.asked == [options]


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ("general", ["No. 12-b", "xyz", "34"]),
        ("digit", ["12", "34"]),
        ("letter", ["No b", "xyz"]),
        ("digit_letter", ["No 12b", "xyz", "34"]),
    ],
)
def test_only_the_wanted_characters_are_returned(wanted: str, texts: list[str]) -> None:
    recognition = Recognition(
        (line("No. 12-b", 0, 0, 80, 10), line("xyz", 0, 20, 30, 30), line("34", 0, 40, 20, 50))
    )
    found = blocks(harness(recognition), {"char_set": wanted})
    assert [block["words"] for block in found] == texts


def test_the_corners_are_those_of_the_remaining_characters() -> None:
    recognition = Recognition((line("ab12cd", 0, 0, 60, 10),))
    (block,) = blocks(harness(recognition), {"char_set": "digit"})
    assert block["location"] == [[20, 0], [40, 0], [40, 10], [20, 10]]
    assert list(block) == ["words", "type", "confidence", "location"]


@pytest.mark.parametrize("type", ["text", "handwriting"])
def test_an_option_chooses_the_type(type: str) -> None:
    found = blocks(harness(options={"handwriting_type": type}), {})
    assert {block["type"] for block in found} == {type}


@pytest.mark.parametrize("wanted", ["latin", "", 1, ["digit"], True])
def test_an_unknown_character_set_is_refused(wanted: Any) -> None:
    assert error(post(harness(), {"char_set": wanted}))[1] == "AIS.0101"


def test_the_limits_are_those_of_the_page() -> None:
    seen: list[Limits] = []

    async def load(source: Source, limits: Limits) -> Image:
        seen.append(limits)
        return Image(b"", 640, 240, 1, "PNG", "", "", 0)

    assert post(harness(load=load, options={"max_side": "30000"}), {}).status == 200
    (limits,) = seen
    assert (limits.min_side, limits.max_side) == (8, 8192)
    assert limits.formats == {"JPEG", "PNG", "BMP", "TIFF"}
    assert limits.page is None
