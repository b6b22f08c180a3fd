"""general-text and handwriting: what they ask the engine for and what they make of its answer."""

from __future__ import annotations

import base64
import io
import math
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ErrorKind
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from mockocr.images import Loader
from mockocr.vendors.huawei import VENDOR
from tests.asgi import Answer, ask
from tests.images.files import psd
from tests.recognitions import TURNED, Reader
from tests.vendors.huawei.desk import (
    HELLO_PNG,
    KEY,
    PATH,
    bearing,
    error,
    mock,
    request,
    send,
    token_of,
    why,
)

GENERAL = PATH.replace("web-image", "general-text")
WRITTEN = PATH.replace("web-image", "handwriting")


def post(to: Any, body: dict[str, Any], target: str = GENERAL) -> Answer:
    return send(to, VENDOR.sign(request({"image": HELLO_PNG, **body}, target=target), KEY))


def result(reads: Recognition, body: dict[str, Any], target: str = GENERAL) -> dict[str, Any]:
    answer = post(mock(reads), body, target)
    assert answer.status == 200, answer.body
    found: dict[str, Any] = answer.json["result"]
    return found


def placed(*texts: tuple[str, float, float, float, float]) -> tuple[Any, ...]:
    return tuple(line_of_text(text, Quad.upright(*edges)) for text, *edges in texts)


@pytest.mark.parametrize(
    ("target", "body", "options"),
    [
        (GENERAL, {}, ReadOptions()),
        (GENERAL, {"detect_direction": True}, ReadOptions(turn=True)),
        (GENERAL, {"quick_mode": True}, ReadOptions(layout="line")),
        (GENERAL, {"language": "ja", "single_orientation_mode": True}, ReadOptions()),
        (WRITTEN, {}, ReadOptions(handwriting=True)),
        (WRITTEN, {"quick_mode": True}, ReadOptions(handwriting=True, layout="line")),
        (WRITTEN, {"detect_direction": True}, ReadOptions(handwriting=True, turn=True)),
    ],
)
def test_the_engine_is_asked_as_the_fields_say(
    target: str, body: dict[str, Any], options: ReadOptions
) -> None:
    to = mock()
    assert post(to, body, target).status == 200
    assert isinstance(to.engine, Reader)
    assert to.engine.asked == [options]


@pytest.mark.parametrize(
    ("angle", "direction"),
    [(0.0, 0.0), (67.65061, 67.6506), (-90.0, 270.0), (180.0, 180.0), (-0.00001, 0.0)],
)
def test_the_direction_is_what_stands_the_picture_upright(angle: float, direction: float) -> None:
    read = Recognition(TURNED.lines, angle=angle)
    assert result(read, {"detect_direction": True})["direction"] == direction
    assert result(read, {})["direction"] == -1


def test_characters_are_listed_only_when_asked_and_blanks_never() -> None:
    read = Recognition(placed(("ab c", 0, 0, 40, 10)))
    (block,) = result(read, {"character_mode": True})["words_block_list"]
    assert [c["char"] for c in block["char_list"]] == ["a", "b", "c"]
    assert block["char_list"][2]["char_location"] == [[30, 0], [40, 0], [40, 10], [30, 10]]
    assert "char_list" not in result(read, {})["words_block_list"][0]


def test_markdown_joins_a_row_with_tabs_and_rows_with_line_ends() -> None:
    read = Recognition(
        placed(
            ("total", 10, 52, 90, 70),
            ("price", 300, 4, 380, 24),
            ("item", 10, 0, 90, 20),
            ("9.50", 300, 50, 380, 70),
        )
    )
    found = result(read, {"return_markdown_result": True})
    assert found["markdown_result"] == "item\tprice\ntotal\t9.50"
    assert list(found)[-1] == "markdown_result"
    assert "markdown_result" not in result(read, {})


@pytest.mark.parametrize("angle", [90, -90, 180, 30, -12])
def test_rows_are_those_of_the_text_however_the_picture_is_turned(angle: int) -> None:
    def turned(left: float, top: float, right: float, bottom: float) -> Quad:
        r = math.radians(angle)
        return Quad(
            *(
                Point(x * math.cos(r) - y * math.sin(r), x * math.sin(r) + y * math.cos(r))
                for x, y in Quad.upright(left, top, right, bottom)
            )
        )

    texts = (
        ("d", (300.0, 50.0, 380.0, 70.0)),
        ("a", (10.0, 0.0, 90.0, 20.0)),
        ("c", (10.0, 52.0, 90.0, 70.0)),
        ("b", (300.0, 4.0, 380.0, 24.0)),
    )
    lines = tuple(line_of_text(text, turned(*edges)) for text, edges in texts)
    read = Recognition(lines, angle=float(angle))
    body = {"return_markdown_result": True, "detect_direction": True}
    assert result(read, body)["markdown_result"] == "a\tb\nc\td"


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
def test_a_field_of_the_wrong_kind_is_an_invalid_parameter(body: dict[str, Any]) -> None:
    to = mock()
    answer = post(to, body)
    assert error(answer) == (400, "AIS.0101", "The input parameter is invalid.")
    assert next(iter(body)) in why(to)


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ("general", ["No. 12-b", "xyz", "34"]),
        ("digit", ["12", "34"]),
        ("letter", ["No b", "xyz"]),
        ("digit_letter", ["No 12b", "xyz", "34"]),
    ],
)
def test_only_the_wanted_characters_of_handwriting_are_left(wanted: str, texts: list[str]) -> None:
    read = Recognition(
        placed(("No. 12-b", 0, 0, 80, 10), ("xyz", 0, 20, 30, 30), ("34", 0, 40, 20, 50))
    )
    blocks = result(read, {"char_set": wanted}, WRITTEN)["words_block_list"]
    assert [block["words"] for block in blocks] == texts


def test_what_is_left_of_a_line_has_its_own_corners() -> None:
    read = Recognition(placed(("ab12cd", 0, 0, 60, 10)))
    (block,) = result(read, {"char_set": "digit"}, WRITTEN)["words_block_list"]
    assert block["location"] == [[20, 0], [40, 0], [40, 10], [20, 10]]
    assert list(block) == ["words", "type", "confidence", "location"]


@pytest.mark.parametrize("wanted", ["latin", "", 1, ["digit"], True])
def test_an_unknown_character_set_is_refused(wanted: Any) -> None:
    assert error(post(mock(), {"char_set": wanted}, WRITTEN))[1] == "AIS.0101"


def test_the_limits_are_those_of_each_page() -> None:
    seen: list[Limits] = []

    async def load(source: Source, limits: Limits) -> Image:
        seen.append(limits)
        return Image(b"", 640, 240, 1, "PNG", "", "", 0)

    for target in (GENERAL, WRITTEN):
        assert post(mock(load=load), {}, target).status == 200
    general, written = seen
    assert (general.min_side, general.max_side, general.max_pixels) == (15, 30000, 160_000_000)
    assert (written.min_side, written.max_side) == (8, 8192)
    assert written.formats == {"JPEG", "PNG", "BMP", "TIFF"}
    assert "TGA" not in general.formats
    assert {"PCX", "ICO", "GIF", "PSD"} < general.formats


def pages(*sizes: tuple[int, int]) -> str:
    made = io.BytesIO()
    first, *others = [Pillow.new("RGB", size, "white") for size in sizes]
    first.save(made, "PDF", save_all=True, append_images=others, resolution=72.0)
    return base64.b64encode(made.getvalue()).decode()


@pytest.mark.parametrize(
    ("body", "shape"),
    [({}, "wide"), ({"pdf_page_number": 1}, "wide"), ({"pdf_page_number": 2}, "high")],
)
def test_the_page_of_a_pdf_that_is_asked_for_is_read(body: dict[str, Any], shape: str) -> None:
    seen: list[Image] = []
    loader = Loader()

    async def load(source: Source, limits: Limits) -> Image:
        seen.append(await loader(source, limits))
        return seen[-1]

    to = mock(load=load)
    assert post(to, {"image": pages((200, 100), (100, 200)), **body}).status == 200
    assert ("wide" if seen[0].width > seen[0].height else "high") == shape


def test_a_page_that_a_pdf_does_not_have_is_an_invalid_parameter() -> None:
    to = mock()
    answer = post(to, {"image": pages((200, 100)), "pdf_page_number": 2})
    assert error(answer)[:2] == (400, "AIS.0101")
    assert "the PDF document has 1" in why(to)


def test_only_general_text_takes_a_pdf_or_a_psd() -> None:
    layered = base64.b64encode(psd(Pillow.new("RGB", (90, 60), "white"), packed=True)).decode()
    for image in (pages((200, 100)), layered):
        assert post(mock(), {"image": image}).status == 200
        for target in (PATH, WRITTEN):
            assert error(post(mock(), {"image": image}, target))[:2] == (400, "AIS.0102")


@pytest.mark.parametrize("name", ["web-image", "general-text", "handwriting"])
def test_the_older_path_is_the_same_operation(name: str) -> None:
    to = mock()
    old = bearing(to, KEY.values["token"], target=f"/v1.0/ocr/{name}")
    new = bearing(to, KEY.values["token"], target=PATH.replace("web-image", name))
    assert old.status == new.status == 200
    assert old.json == new.json
    journal = ask(to.asgi, "GET", "/_mockocr/requests?limit=2").json["requests"]
    assert {entry["operation"] for entry in journal} == {name.replace("-", "_")}


def test_the_older_path_still_wants_a_token_with_a_project_of_its_caller() -> None:
    to = mock()
    path = "/v1.0/ocr/web-image"
    assert bearing(to, token_of(to), target=path).status == 200
    assert error(bearing(to, token_of(to, None), target=path))[1] == "ModelArts.0212"
    stray = request({"image": HELLO_PNG}, ("X-Auth-Token", "nonsense"), target=path)
    assert send(to, stray).status == 401


@pytest.mark.parametrize("name", ["general-text", "handwriting"])
def test_the_api_that_is_not_subscribed_is_named(name: str) -> None:
    answer = post(mock(state="unsubscribed"), {}, PATH.replace("web-image", name))
    message = f"Request api error! The API {name} is not subscribed."
    assert error(answer) == (400, "ModelArts.4204", message)


def test_each_operation_has_a_quota_of_its_own() -> None:
    to = mock()
    ask(to.asgi, "PUT", "/_mockocr/quotas/dev/huawei.general_text", (), b'{"left": 1}')
    assert [post(to, {}).status for _ in range(2)] == [200, 429]
    assert post(to, {}, WRITTEN).status == 200
    assert VENDOR.row(ErrorKind.QUOTA_EXCEEDED).status == 429
