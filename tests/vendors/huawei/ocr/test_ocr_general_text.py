"""general-text: what it asks the engine for, and what it makes of the recognition."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Line, Quad, Recognition, line_of_text
from mockocr.images import Loader
from tests.asgi import Answer
from tests.images.files import psd
from tests.recognitions import TURNED
from tests.vendors.huawei.harness import (
    HELLO_PNG,
    PATH,
    Harness,
    error,
    harness,
    send_signed,
)

GENERAL = PATH.replace("web-image", "general-text")
OTHERS = (PATH, PATH.replace("web-image", "handwriting"))


def post(to: Harness, body: dict[str, Any]) -> Answer:
    return send_signed(to, {"image": HELLO_PNG, **body}, target=GENERAL)


def result(recognition: Recognition, body: dict[str, Any]) -> dict[str, Any]:
    answer = post(harness(recognition), body)
    assert answer.status == 200, answer.body
    found: dict[str, Any] = answer.json["result"]
    return found


def lines(*texts: tuple[str, float, float, float, float]) -> tuple[Line, ...]:
    """Lines by text and left, top, right, bottom."""
    return tuple(line_of_text(text, Quad.upright(*edges)) for text, *edges in texts)


@pytest.mark.parametrize(
    ("body", "options"),
    [
        ({}, ReadOptions()),
        ({"detect_direction": True}, ReadOptions(turn=True)),
        ({"quick_mode": True}, ReadOptions(layout="line")),
        ({"language": "ja", "single_orientation_mode": True}, ReadOptions()),
    ],
)
def test_the_engine_is_asked_as_the_fields_say(body: dict[str, Any], options: ReadOptions) -> None:
    to = harness()
    assert post(to, body).status == 200
    assert to.engine.asked == [options]


@pytest.mark.parametrize(
    ("angle", "direction"),
    [(0.0, 0.0), (67.65061, 67.6506), (-90.0, 270.0), (180.0, 180.0), (-0.00001, 0.0)],
)
def test_the_direction_is_the_turn_that_makes_the_picture_upright(
    angle: float, direction: float
) -> None:
    recognition = Recognition(TURNED.lines, angle=angle)
    assert result(recognition, {"detect_direction": True})["direction"] == direction
    assert result(recognition, {})["direction"] == -1


def test_characters_are_listed_only_on_request_and_without_blanks() -> None:
    recognition = Recognition(lines(("ab c", 0, 0, 40, 10)))
    (block,) = result(recognition, {"character_mode": True})["words_block_list"]
    assert [c["char"] for c in block["char_list"]] == ["a", "b", "c"]
    assert block["char_list"][2]["char_location"] == [[30, 0], [40, 0], [40, 10], [30, 10]]
    assert "char_list" not in result(recognition, {})["words_block_list"][0]


def test_markdown_joins_a_row_with_tabs_and_rows_with_line_feeds() -> None:
    recognition = Recognition(
        lines(
            ("total", 10, 52, 90, 70),
            ("price", 300, 4, 380, 24),
            ("item", 10, 0, 90, 20),
            ("9.50", 300, 50, 380, 70),
        )
    )
    found = result(recognition, {"return_markdown_result": True})
    assert found["markdown_result"] == "item\tprice\ntotal\t9.50"
    assert list(found)[-1] == "markdown_result"
    assert "markdown_result" not in result(recognition, {})


@pytest.mark.parametrize("angle", [90, -90, 180, 30, -12])
def test_rows_follow_the_text_at_every_angle(angle: int) -> None:
    texts = (
        ("d", (300.0, 50.0, 380.0, 70.0)),
        ("a", (10.0, 0.0, 90.0, 20.0)),
        ("c", (10.0, 52.0, 90.0, 70.0)),
        ("b", (300.0, 4.0, 380.0, 24.0)),
    )
    turned = tuple(line_of_text(text, Quad.upright(*edges).rotated(angle)) for text, edges in texts)
    body = {"return_markdown_result": True, "detect_direction": True}
    found = result(Recognition(turned, angle=float(angle)), body)
    assert found["markdown_result"] == "a\tb\nc\td"


@pytest.mark.parametrize(
    "body",
    [
        {"language": "en"},
        {"language": 7},
        {"language": []},
        {"quick_mode": "true"},
        {"character_mode": 1},
        {"single_orientation_mode": "no"},
        {"return_markdown_result": {}},
        {"pdf_page_number": 0},
        {"pdf_page_number": True},
        {"pdf_page_number": 1.5},
        {"pdf_page_number": "1"},
    ],
)
def test_a_field_of_the_wrong_type_is_an_invalid_parameter(body: dict[str, Any]) -> None:
    to = harness()
    assert error(post(to, body)) == (400, "AIS.0101", "The input parameter is invalid.")
    assert to.why.startswith(f"{next(iter(body))} must be ")


def test_the_limits_are_those_of_the_page() -> None:
    seen: list[Limits] = []

    async def load(source: Source, limits: Limits) -> Image:
        seen.append(limits)
        return Image(b"", 640, 240, 1, "PNG", "", "", 0)

    assert post(harness(load=load), {"pdf_page_number": 7}).status == 200
    (limits,) = seen
    assert (limits.min_side, limits.max_side, limits.max_pixels) == (15, 30000, 160_000_000)
    assert (limits.max_base64, limits.max_bytes) == (10 * 1024 * 1024, 7_864_320)
    assert limits.page == 7
    assert limits.formats == {
        *("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP", "PCX", "ICO", "PSD"),
    }


def pdf(*sizes: tuple[int, int]) -> str:
    """A PDF document with pages of these sizes, in base64."""
    buffer = io.BytesIO()
    first, *others = [Pillow.new("RGB", size, "white") for size in sizes]
    first.save(buffer, "PDF", save_all=True, append_images=others, resolution=72.0)
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize(
    ("body", "shape"),
    [({}, "wide"), ({"pdf_page_number": 1}, "wide"), ({"pdf_page_number": 2}, "high")],
)
def test_the_requested_page_of_a_pdf_is_read(body: dict[str, Any], shape: str) -> None:
    seen: list[Image] = []
    loader = Loader()

    async def load(source: Source, limits: Limits) -> Image:
        seen.append(await loader(source, limits))
        return seen[-1]

    to = harness(load=load)
    assert post(to, {"image": pdf((200, 100), (100, 200)), **body}).status == 200
    assert ("wide" if seen[0].width > seen[0].height else "high") == shape


def test_a_page_that_a_pdf_does_not_have_is_an_invalid_parameter() -> None:
    to = harness()
    answer = post(to, {"image": pdf((200, 100)), "pdf_page_number": 2})
    assert error(answer)[:2] == (400, "AIS.0101")
    assert "the PDF document has 1" in to.why


@pytest.mark.slow
def test_only_general_text_accepts_a_pdf_or_a_psd() -> None:
    layered = base64.b64encode(psd(Pillow.new("RGB", (90, 60), "white"), packed=True)).decode()
    for image in (pdf((200, 100)), layered):
        assert post(harness(), {"image": image}).status == 200
        for target in OTHERS:
            answer = send_signed(harness(), {"image": image}, target=target)
            assert error(answer)[:2] == (400, "AIS.0102")
