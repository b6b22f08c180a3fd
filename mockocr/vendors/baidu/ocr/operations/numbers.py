"""数字识别: the digits of each line, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Line, Recognition, Word
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, GRANULARITIES, Fields, Rules
from mockocr.vendors.baidu.ocr.rendering import characters, location, renderer, spanning

RULES = Rules({"recognize_granularity": GRANULARITIES, "detect_direction": BOOLEAN})


def line(read: Line, fields: Fields) -> dict[str, Any]:
    """`location` and `words`; `chars` if they are asked for."""
    body: dict[str, Any] = {"location": location(read.quad), "words": read.text}
    if fields.small:
        body["chars"] = characters(read, fields)
    return body


def render(
    request: Request, parsed: OcrRequest[Fields], results: Sequence[ImageResult]
) -> Response:
    """Lines without any digit are left out."""
    return _render(request, parsed, [_with_digits(result) for result in results])


def _with_digits(result: ImageResult) -> ImageResult:
    if result.recognition is None:
        return result
    lines = (_digits(read) for read in result.recognition.lines)
    kept = tuple(read for read in lines if read is not None)
    angle, engine = result.recognition.angle, result.recognition.engine
    return replace(result, recognition=Recognition(kept, angle, engine))


def _digits(read: Line) -> Line | None:
    kept = tuple(c for c in read.characters if c.text.isascii() and c.text.isdigit())
    if not kept:
        return None
    quad = spanning(kept)
    text = "".join(c.text for c in kept)
    return Line((Word(text, quad, read.confidence, kept),), quad, read.confidence, read.block)


_render = renderer(line)
OPERATION = operation("numbers", "Ok3h7y1vo", RULES.parse, render)
