"""ocrservice/advanced, Aliyun's 全文识别高精版 on the market, in its prism format.

observed: an answer of gjbsb.market.alicloudapi.com, prism_version 1.0.9, for the keys and their
order, for `x`, `y`, `width` and `height` (those of the rectangle turned by `angle`, cut to whole
pixels), and for `content` (words with a blank behind each).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Headers, Request, Response
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Character, Line, Point, Quad, Word
from mockocr.documents.row_grouping import rows
from mockocr.vendors.aliyun_market import backend
from mockocr.vendors.aliyun_market.predict import flags, json_of

JSON = "application/json;charset=UTF-8"
VERSION = "1.0.9"
FLAGS = (
    "prob",
    "charInfo",
    "rotate",
    "table",
    "sortPage",
    "noStamp",
    "figure",
    "row",
    "paragraph",
    "oricoord",
)
"""doc: request sample of the product page; every one is false by default."""

LIMITS = Limits(
    max_bytes=8 * 1024 * 1024,
    min_side=15,
    max_side=8192,
    formats=frozenset({"JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP"}),
)
"""doc: market OCR error codes, 15 to 8192 px; the formats are those of RecognizeGeneral (guess)."""

_CORS: Headers = (("Access-Control-Allow-Origin", "*"), ("Server", "Tengine"))
"""observed: headers of an answer logged in 2018."""


def parse(request: Request) -> OcrRequest:
    """`extra` holds every flag by its name. Stamps are read like any other text (`noStamp`)."""
    body = json_of(request)
    img, url = (_text(body.get(name), name) for name in ("img", "url"))
    if not img and not url:
        raise ApiError(backend.MISSING, "the body has neither img nor url", key="img")
    if img and url:
        raise ApiError(backend.WRONG_IMAGE, "img and url are both given; one is allowed")
    flag = flags(body, backend.BAD_BODY)
    chosen = {name: flag(name) for name in FLAGS}
    source: Source = Inline(base64=img) if img else Remote(url)
    return OcrRequest((source,), ReadOptions(turn=chosen["rotate"]), chosen)


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    reading = readings[0]
    error = backend.of_picture(reading)
    if error is not None:
        raise error from None
    image, recognition = reading.image, reading.recognition
    assert image is not None
    assert recognition is not None
    wanted = ask.extra
    lines = [line for line in recognition.lines if line.text]
    quarter = round(recognition.angle / 90) % 4 if wanted["rotate"] else 0
    if quarter and not wanted["oricoord"]:
        lines = [_upright(line, image, quarter) for line in lines]
        tilt = recognition.angle - 90 * quarter
    else:
        tilt = recognition.angle
    if wanted["sortPage"]:
        lines.sort(key=lambda line: line.quad.extent[:2])
    grouped = rows(lines, tilt) if wanted["row"] else []
    row_of = {id(line): number for number, row in enumerate(grouped) for line in row}
    words = [_word(line, wanted, row_of.get(id(line), 0)) for line in lines]
    width, height = image.width, image.height
    if quarter % 2:
        width, height = height, width
    answer: dict[str, Any] = {
        "sid": f"{request.random().getrandbits(288):072x}",
        "prism_version": VERSION,
        "prism_wnum": len(words),
        "prism_wordsInfo": words,
    }
    if wanted["row"]:
        answer["prism_rowsInfo"] = [
            {"word": " ".join(line.text for line in row), "rowId": number}
            for number, row in enumerate(grouped)
        ]
    if wanted["paragraph"]:
        answer["prism_paragraphsInfo"] = _paragraphs(lines)
    if wanted["table"]:
        answer["prism_tablesInfo"] = []  # no tables are looked for, so none are found
    if wanted["figure"]:
        answer["figure"] = []
    if wanted["rotate"]:
        answer["angle"] = 90 * quarter
    answer |= {
        "height": height,
        "width": width,
        "orgHeight": image.height,
        "orgWidth": image.width,
        "content": "".join(line.text + " " for line in lines),
        "algo_version": "",
    }
    return Response.of_json(answer, code=200, content_type=JSON, headers=_CORS)


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ApiError(backend.WRONG_IMAGE, f"{name} is a {type(value).__name__} and not text")
    return value


def _word(line: Line, wanted: Any, row: int) -> dict[str, Any]:
    """One line. Its rectangle is printed standing: the side across the text is the width."""
    quad = line.quad
    along, across = math.dist(quad.tl, quad.tr), math.dist(quad.tl, quad.bl)
    x = sum(p.x for p in quad) / 4 - across / 2
    y = sum(p.y for p in quad) / 4 - along / 2
    word: dict[str, Any] = {"word": line.text}
    if wanted["prob"]:
        word["prob"] = _percent(line.confidence)
    word |= {
        "pos": [{"x": px, "y": py} for px, py in quad.rounded],
        "direction": 0 if abs(math.sin(math.radians(quad.angle))) < 0.75 else 1,
        "angle": int(quad.angle - 90) if quad.angle > -90 else int(quad.angle + 270),
        "x": int(x),
        "y": int(y),
        "width": int(across),
        "height": int(along),
    }
    if wanted["charInfo"]:
        word["charInfo"] = [_character(c) for c in line.characters]
    if wanted["row"]:
        word["rowId"] = row
    if wanted["paragraph"]:
        word["paragraphId"] = line.block
    return word


def _character(character: Character) -> dict[str, Any]:
    box = character.quad.bounds
    return {
        "prob": _percent(character.confidence),
        "w": box.width,
        "h": box.height,
        "x": box.x,
        "y": box.y,
        "word": character.text,
    }


def _paragraphs(lines: Iterable[Line]) -> list[dict[str, Any]]:
    texts: dict[int, list[str]] = {}
    for line in lines:
        texts.setdefault(line.block, []).append(line.text)
    return [{"word": " ".join(found), "paragraphId": block} for block, found in texts.items()]


def _percent(confidence: float) -> int:
    return round(100 * min(max(confidence, 0.0), 1.0))


def _upright(line: Line, image: Image, quarters: int) -> Line:
    """The line in the picture turned back by so many quarters counter-clockwise."""

    def at(point: Point) -> Point:
        x, y = point
        return {
            1: Point(y, image.width - x),
            2: Point(image.width - x, image.height - y),
            3: Point(image.height - y, x),
        }[quarters]

    def quad(old: Quad) -> Quad:
        return Quad(*(at(point) for point in old))

    def word(old: Word) -> Word:
        characters = tuple(replace(c, quad=quad(c.quad)) for c in old.characters)
        return replace(old, quad=quad(old.quad), characters=characters)

    return replace(line, quad=quad(line.quad), words=tuple(word(w) for w in line.words))
