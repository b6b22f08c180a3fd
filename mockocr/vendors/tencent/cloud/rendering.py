"""The answers of API 3.0: what each action says about the text, the refusal, and the envelope.

Members stand in alphabetical order, as the vendor's own examples print them.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, only
from mockocr.core.recognition import Character, Line, Point, Quad, Recognition, Word
from mockocr.vendors.tencent_cloud import request
from mockocr.vendors.tencent_cloud.errors import IMAGE_TOO_WIDE, PDF_FAILED
from mockocr.vendors.tencent_cloud.messages import CHINESE, ENGLISH_ALWAYS

Render = Callable[[Request, OcrRequest, Sequence[ImageResult]], Response]
Json = dict[str, Any]


def basic(call: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """GeneralBasicOCR: lines, language, turn, and the number of pages of a PDF."""
    image, recognition = _read(readings, ask)
    angle = _angle(recognition)
    return _answer(
        call,
        {
            "Angel": angle,  # the vendor's own misspelling, which older clients read
            "Angle": angle,
            "Language": _language(ask),
            "PdfPageSize": image.pages,
            "TextDetections": _printed(image, recognition, bool(ask.extra.get("IsWords"))),
        },
    )


def accurate(call: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """GeneralAccurateOCR: lines, each with its language when `ConfigID` is MulOCR."""
    image, recognition = _read(readings, ask, IMAGE_TOO_WIDE)
    several = ask.extra.get("ConfigID") == "MulOCR"
    # doc: IsWords works with ConfigID OCR alone
    lines = _printed(image, recognition, bool(ask.extra.get("IsWords")) and not several)
    if several:
        for line in lines:
            line["Language"] = "en" if line["DetectedText"].isascii() else "zh"
    angle = _angle(recognition)
    return _answer(call, {"Angel": angle, "Angle": angle, "TextDetections": lines})


def efficient(call: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """GeneralEfficientOCR: lines and turn."""
    image, recognition = _read(readings, ask)
    angle = _angle(recognition)
    lines = _printed(image, recognition, words=False)
    return _answer(call, {"Angel": angle, "Angle": angle, "TextDetections": lines})


def fast(call: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """GeneralFastOCR: as Basic, with the turn under its old name alone."""
    image, recognition = _read(readings, ask)
    return _answer(
        call,
        {
            "Angel": _angle(recognition),
            "Language": "zh",
            "PdfPageSize": image.pages,
            "TextDetections": _printed(image, recognition, words=False),
        },
    )


def handwriting(call: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """GeneralHandwritingOCR: lines, with the corners of every character on demand."""
    _, recognition = _read(readings, ask, IMAGE_TOO_WIDE)
    corners = bool(ask.extra.get("EnableWordPolygon"))
    lines = [
        {
            **_line(line, _paragraph(line)),
            "WordPolygon": [_named_corners(c.quad) for c in _characters(line)] if corners else [],
        }
        for line in recognition.lines
    ]
    angle = _angle(recognition)
    return _answer(call, {"Angel": angle, "Angle": angle, "TextDetections": lines})


def english(call: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """EnglishOCR: lines of words. A character's only candidate is the one that was read."""
    _, recognition = _read(readings, ask)
    places, candidates = ask.extra.get("EnableCoordPoint"), ask.extra.get("EnableCandWord")
    lines = [
        {
            **_line(line, "{}"),
            "WordCoordPoint": [_coordinate(w.quad) for w in line.words] if places else [],
            "CandWord": [{"CandWords": [_spoken(c)]} for c in _characters(line)]
            if candidates
            else [],
            "Words": [_spoken(word) for word in line.words],
        }
        for line in recognition.lines
    ]
    return _answer(call, {"Angel": _angle(recognition), "TextDetections": lines})


def detect(call: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """TextDetect: whether there is any text."""
    _, recognition = only(readings)
    return _answer(call, {"HasText": any(line.words for line in recognition.lines)})


def refuse(call: Request, row: ErrorEntry) -> Response:
    """The row in the vendor's envelope, in the language that the call asks for."""
    message = row.message
    chinese = request.common(call, "Language").lower().startswith("zh")
    if chinese and not row.sample and message not in ENGLISH_ALWAYS:
        message = CHINESE.get(str(row.code), message)
    error = {"Code": row.code, "Message": message}
    value = {"Response": {"Error": error, "RequestId": _request_id(call)}}
    return Response.of_json(value, row.status, code=row.code)


def stamp(call: Request, reply: Response) -> Response:
    """`Server`, as in a logged head."""
    return reply if reply.header("server") else reply.with_headers(("Server", "nginx"))


def _read(
    readings: Sequence[ImageResult], ask: OcrRequest, too_wide: ErrorEntry | None = None
) -> tuple[Image, Recognition]:
    """What was read, lines without words left out; `ApiError` when there is nothing."""
    refused = readings[0].error
    if refused is not None:
        why = refused.why
        if too_wide is not None and why is ErrorKind.IMAGE_SIZE:
            why = too_wide
        elif why is ErrorKind.BAD_IMAGE and refused.facts.get("kind") == "pdf":
            why = PDF_FAILED
        raise ApiError(why, refused.detail, refused.evidence, **refused.facts)
    image, recognition = only(readings)
    lines = tuple(line for line in recognition.lines if line.words)
    if not lines:
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no text that could be read")
    return image, Recognition(lines, recognition.angle, recognition.engine)


def _answer(call: Request, members: Mapping[str, Any]) -> Response:
    response = {**members, "RequestId": _request_id(call)}
    return Response.of_json({"Response": _ordered(response)}, code="OK")


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def _request_id(call: Request) -> str:
    digits = call.id
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _printed(image: Image, recognition: Recognition, words: bool) -> list[Json]:
    """`Words` and `WordCoordPoint` are empty lists when they are not asked for."""
    lines = []
    for line in recognition.lines:
        characters = _characters(line) if words else []
        lines.append(
            {
                **_line(line, _paragraph(line)),
                "ItemPolygon": _upright(line.quad, image, recognition.angle),
                "Words": [_spoken(character) for character in characters],
                "WordCoordPoint": [_coordinate(character.quad) for character in characters],
            }
        )
    return lines


def _line(line: Line, advanced: str) -> Json:
    return {
        "AdvancedInfo": advanced,
        "Confidence": _percent(line.confidence),
        "DetectedText": line.text,
        "Polygon": _corners(line.quad),
    }


def _characters(line: Line) -> list[Character]:
    """Every character; words that a script gave without their own are cut evenly."""
    return [
        character
        for word in line.words
        for character in word.characters
        or tuple(
            Character(text, word.quad.share(i / len(word.text), (i + 1) / len(word.text)), c)
            for i, (text, c) in enumerate((text, word.confidence) for text in word.text)
        )
    ]


def _paragraph(line: Line) -> str:
    return f'{{"Parag":{{"ParagNo":{line.block + 1}}}}}'


def _spoken(part: Character | Word) -> Json:
    return {"Character": part.text, "Confidence": _percent(part.confidence)}


def _percent(confidence: float) -> int:
    return round(confidence * 100)


def _corners(quad: Quad) -> list[Json]:
    return [{"X": x, "Y": y} for x, y in quad.rounded]


def _coordinate(quad: Quad) -> Json:
    return {"WordCoordinate": _corners(quad)}


def _named_corners(quad: Quad) -> Json:
    names = ("LeftTop", "RightTop", "RightBottom", "LeftBottom")
    return dict(zip(names, _corners(quad), strict=True))


def _upright(quad: Quad, image: Image, angle: float) -> Json:
    """The box in the picture turned back by its angle, on a canvas that just holds it all (guess:
    the page does not say where the turned picture's origin is).
    """
    turn = math.radians(-angle)
    cos, sin = math.cos(turn), math.sin(turn)

    def turned(p: Point) -> Point:
        return Point(p.x * cos - p.y * sin, p.x * sin + p.y * cos)

    page = Quad(*map(turned, Quad.upright(0, 0, image.width, image.height)))
    left, top, _, _ = page.extent
    box = Quad(*map(turned, quad)).moved(-left, -top).bounds
    return {"X": box.x, "Y": box.y, "Width": box.width, "Height": box.height}


def _angle(recognition: Recognition) -> float:
    """Clockwise in [0, 360), as a 32-bit float printed in full (the vendor's example has
    359.989990234375).
    """
    single: float = struct.unpack("<f", struct.pack("<f", recognition.angle % 360))[0]
    return single


def _language(ask: OcrRequest) -> str:
    asked: str = ask.extra.get("LanguageType") or "zh"
    return "zh" if asked in {"zh_rare", "auto", "mix"} else asked
