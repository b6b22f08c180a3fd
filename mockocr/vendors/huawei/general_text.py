"""general-text: like web-image, with the direction of the text, single characters, and the text
laid out in rows.

Languages other than Chinese and English are taken and read as these two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.image import Limits, Source
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Line, Recognition
from mockocr.documents.row_grouping import rows
from mockocr.vendors.huawei.body import (
    MAX_BASE64,
    Body,
    one_of,
    page_number,
    parse_body,
    switch,
)
from mockocr.vendors.huawei.render import answer, block, corners, picture_of, rounded

FORMATS = frozenset({"JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP", "PCX", "ICO", "PSD"})
"""doc: general-text page; for PDF see `limits`."""

_CODES = "auto ms uk hi ru vi id th zh ar de la fr it es pt ro pl am ja ko tr no da sv km he"
LANGUAGES = frozenset(_CODES.split(" "))
"""doc: general-text page; `zh`, the default, reads Chinese and English, and there is no `en`."""


def limits(request: Request) -> Limits:
    """doc: sides from 15 to 30000 px, at most 160 million pixels, 10 MB of base64; of a PDF the
    page that the body names.
    """
    return Limits(
        max_bytes=MAX_BASE64 // 4 * 3,
        max_base64=MAX_BASE64,
        min_side=15,
        max_side=30000,
        max_pixels=160_000_000,
        formats=FORMATS,
        page=page_number(request.json(), "pdf_page_number"),
    )


def parse(request: Request) -> OcrRequest:
    """`extra` has the booleans `direction`, `characters` and `markdown`."""

    def rest(body: Body, sources: tuple[Source, ...]) -> OcrRequest:
        turn = switch(body, "detect_direction")
        options = ReadOptions(turn=turn, layout="line" if switch(body, "quick_mode") else "page")
        extra = {
            "direction": turn,
            "characters": switch(body, "character_mode"),
            "markdown": switch(body, "return_markdown_result"),
        }
        page_number(body, "pdf_page_number")
        one_of(body, "language", LANGUAGES, "zh")
        # several orientations in one picture are read or not, whatever this says
        switch(body, "single_orientation_mode")
        return OcrRequest(sources, options, extra)

    return parse_body(request, rest)


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    _, recognition = picture_of(ask, readings)
    lines = [line for line in recognition.lines if line.text]
    blocks = [_block(line, characters=ask.extra["characters"]) for line in lines]
    result: dict[str, Any] = {
        "direction": direction(recognition) if ask.extra["direction"] else -1,
        "words_block_count": len(blocks),
        "words_block_list": blocks,
    }
    if ask.extra["markdown"]:
        result["markdown_result"] = markdown(lines, recognition.angle)
    return answer(request, result)


def direction(recognition: Recognition) -> float:
    """Degrees, 0 to below 360, by which the picture must be turned counter-clockwise to stand
    upright: the documented sample has 67.6506 for text that runs down to the right.
    """
    return round(recognition.angle % 360, 4) % 360


def markdown(lines: Sequence[Line], angle: float = 0.0) -> str:
    """Blocks of one row with a tab between them, rows with a line end, as the page says."""
    return "\n".join("\t".join(line.text for line in row) for row in rows(lines, angle))


def _block(line: Line, *, characters: bool) -> dict[str, Any]:
    made = block(line)
    if characters:
        made["char_list"] = [
            {
                "char": character.text,
                "char_location": corners(character.quad),
                "char_confidence": rounded(character.confidence),
            }
            for character in line.characters
        ]
    return made
