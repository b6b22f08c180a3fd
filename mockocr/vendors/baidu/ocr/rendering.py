"""Renders what was read: lines with their optional parts, and the envelope around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import Character, Line, Quad, Recognition
from mockocr.vendors.baidu.headers import CONTENT_TYPE
from mockocr.vendors.baidu.ocr.errors import log_id
from mockocr.vendors.baidu.ocr.parsing import Fields

Json = dict[str, Any]
LineRenderer = Callable[[Line, Fields], Json]

_DIRECTIONS = {0: 0, 90: 3, 180: 2, 270: 1}
"""Degrees that the text is turned clockwise → quarter turns of the picture counterclockwise.

doc: ai-doc/OCR of 2017, direction.
"""


def renderer(
    line: LineRenderer, *, language: bool = False, paragraphs: bool = False
) -> Callable[[Request, OcrRequest[Fields], Sequence[ImageResult]], Response]:
    """The `render` of an operation whose lines are rendered by `line`."""

    def render(
        request: Request, parsed: OcrRequest[Fields], results: Sequence[ImageResult]
    ) -> Response:
        image, recognition = single_result(results)
        lines = [read for read in recognition.lines if read.words]
        fields = parsed.extra
        body: Json = {"words_result": [line(read, fields) for read in lines]}
        if fields.flag("detect_direction"):
            body["direction"] = direction(recognition)
        if language and fields.flag("detect_language"):
            body["language"] = language_of("".join(read.text for read in lines))
        if paragraphs and fields.flag("paragraph"):
            body |= _paragraphs(lines, fields)
        body["words_result_num"] = len(lines)
        return envelope(request, body, fields, image)

    return render


def envelope(request: Request, body: Json, fields: Fields, image: Image) -> Response:
    """The response: the body, pages of a PDF document, and a log_id at the end."""
    if fields.page:
        body["pdf_file_size"] = str(image.pages or 1)
    body["log_id"] = log_id(request)
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)


def direction(recognition: Recognition) -> int:
    """-1 without text, else 0 to 3."""
    if not recognition.lines:
        return -1
    return _DIRECTIONS[round(recognition.angle / 90) * 90 % 360]


def language_of(text: str) -> int:
    """-1 unknown, 0 English, 1 Japanese, 2 Korean, 3 Chinese. sdk: range; observed: mapping."""
    if any("\u3040" <= c <= "\u30ff" for c in text):
        return 1
    if any("\uac00" <= c <= "\ud7af" for c in text):
        return 2
    if any("\u4e00" <= c <= "\u9fff" for c in text):
        return 3
    return 0 if any(c.isascii() and c.isalpha() for c in text) else -1


def location(quad: Quad) -> Json:
    """observed: whole numbers in the order top, left, width, height."""
    box = quad.bounds
    return {"top": box.y, "left": box.x, "width": box.width, "height": box.height}


def probability(line: Line) -> Json:
    """Average, least and variance of the characters' confidences; at most six decimals."""
    values = [character.confidence for character in line.characters]
    average = sum(values) / len(values)
    variance = sum((value - average) ** 2 for value in values) / len(values)
    return {
        "average": round(average, 6),
        "min": round(min(values), 6),
        "variance": round(variance, 6),
    }


def points(quad: Quad) -> list[Json]:
    """The corners from the top left, clockwise."""
    return [{"x": x, "y": y} for x, y in quad.rounded]


def vertexes(quad: Quad) -> Json:
    """Three outlines. guess: the fine-grained ones have the four corners too."""
    return {
        "vertexes_location": points(quad),
        "finegrained_vertexes_location": points(quad),
        "min_finegrained_vertexes_location": points(quad),
    }


def characters(line: Line, fields: Fields) -> list[Json]:
    """`chars`: one entry for each character or, with `eng_granularity=word`, for a Latin word."""
    whole = fields.values.get("eng_granularity", "letter") == "word"
    return [{"char": text, "location": location(quad)} for text, quad, _ in _pieces(line, whole)]


def candidates(line: Line, fields: Fields) -> list[Json]:
    """`chars` of handwriting, each with its candidates. guess: one candidate with a text prob."""
    whole = fields.values.get("eng_granularity", "word") == "word"
    return [
        {
            "char": text,
            "location": location(quad),
            "candidates": [{"word": text, "prob": f"{confidence:.6f}"}],
        }
        for text, quad, confidence in _pieces(line, whole)
    ]


def _pieces(line: Line, whole: bool) -> list[tuple[str, Quad, float]]:
    pieces: list[tuple[str, Quad, float]] = []
    for word in line.words:
        if whole and word.text.isascii():
            pieces.append((word.text, word.quad, word.confidence))
        else:
            pieces += [(c.text, c.quad, c.confidence) for c in word.characters]
    return pieces


def _paragraphs(lines: Sequence[Line], fields: Fields) -> Json:
    groups = groupby(range(len(lines)), key=lambda index: lines[index].block)
    found = [[*indexes] for _, indexes in groups]
    outlined = fields.flag("vertexes_location")
    entries: list[Json] = []
    for indexes in found:
        entry: Json = {"words_result_idx": indexes}
        if outlined:
            corners = points(_around([lines[index].quad for index in indexes]))
            entry["finegrained_vertexes_location"] = corners
            entry["min_finegrained_vertexes_location"] = corners
        entries.append(entry)
    return {"paragraphs_result": entries, "paragraphs_result_num": len(entries)}


def _around(quads: Sequence[Quad]) -> Quad:
    lefts, tops, rights, bottoms = zip(*(quad.extent for quad in quads), strict=True)
    return Quad.upright(min(lefts), min(tops), max(rights), max(bottoms))


def spanning(pieces: Sequence[Character]) -> Quad:
    """The upright quad around characters."""
    return _around([piece.quad for piece in pieces])
