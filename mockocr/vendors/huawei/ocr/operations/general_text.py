"""general-text: lines with the direction of the text, and on request single characters and the text
laid out in rows.

Every documented language is accepted, and read as Chinese and English.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Line, Recognition
from mockocr.documents.row_grouping import rows
from mockocr.vendors.huawei.ocr.body import parse_body, picture_limits
from mockocr.vendors.huawei.ocr.rendering import block, corners, picture_of, rounded, success

_FORMATS = frozenset({"JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP", "PCX", "ICO", "PSD"})
"""doc: general-text page, which also lists PDF."""
_MIN_SIDE, _MAX_SIDE, _MAX_PIXELS = 15, 30000, 160_000_000
"""doc: general-text page."""

_CODES = "auto ms uk hi ru vi id th zh ar de la fr it es pt ro pl am ja ko tr no da sv km he"
_LANGUAGES = frozenset(_CODES.split(" "))
"""doc: general-text page; `zh`, the default, reads Chinese and English, and there is no `en`."""


class _Fields(msgspec.Struct, frozen=True):
    """What the response must contain, and where the picture is stored."""

    direction: bool
    characters: bool
    markdown: bool
    in_obs: bool


def parse(request: Request) -> OcrRequest[_Fields]:
    """`ApiError` for the first wrong field; `single_orientation_mode` changes nothing."""
    body = parse_body(request)
    turn = body.switch("detect_direction")
    line_only = body.switch("quick_mode")
    characters = body.switch("character_mode")
    markdown = body.switch("return_markdown_result")
    page = body.page_number("pdf_page_number")
    body.one_of("language", _LANGUAGES, "zh")
    body.switch("single_orientation_mode")
    return OcrRequest(
        images=(body.source(),),
        limits=picture_limits(_MIN_SIDE, _MAX_SIDE, _FORMATS, max_pixels=_MAX_PIXELS, page=page),
        extra=_Fields(turn, characters, markdown, body.in_obs),
        options=ReadOptions(turn=turn, layout="line" if line_only else "page"),
    )


def render(
    request: Request, asked: OcrRequest[_Fields], results: Sequence[ImageResult]
) -> Response:
    """`direction` is -1 unless the request asks for it."""
    fields = asked.extra
    _, recognition = picture_of(results, in_obs=fields.in_obs)
    lines = [line for line in recognition.lines if line.text]
    blocks = [
        block(line) | ({"char_list": _characters(line)} if fields.characters else {})
        for line in lines
    ]
    result: dict[str, Any] = {
        "direction": _direction(recognition) if fields.direction else -1,
        "words_block_count": len(blocks),
        "words_block_list": blocks,
    }
    if fields.markdown:
        result["markdown_result"] = _markdown(lines, recognition.angle)
    return success(request, result)


def _direction(recognition: Recognition) -> float:
    """Degrees, 0 to below 360, by which the picture must be turned counter-clockwise to be upright:
    the documented sample has 67.6506 for text that runs down to the right.
    """
    return round(recognition.angle % 360, 4) % 360


def _markdown(lines: Sequence[Line], angle: float) -> str:
    """doc: general-text page; a tab between the blocks of a row, a line feed between rows."""
    return "\n".join("\t".join(line.text for line in row) for row in rows(lines, angle))


def _characters(line: Line) -> list[dict[str, Any]]:
    return [
        {
            "char": character.text,
            "char_location": corners(character.quad),
            "char_confidence": rounded(character.confidence),
        }
        for character in line.characters
    ]


OPERATION = Operation(
    name="general_text",
    methods=("POST",),
    path="/v2/{project_id}/ocr/general-text",
    parse=parse,
    render=render,
    source="doc: Huawei Cloud OCR, general text page (ocr_03_0042, 通用文字识别)",
    aliases=("/v1.0/ocr/general-text",),
)
