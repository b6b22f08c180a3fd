"""Responses of API 3.0: recognised lines, errors, and the envelope around both.

Members of the text actions are in alphabetical order, as the vendor's own examples print them;
those of the others are in the order of the SDK's models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, single_result
from mockocr.core.recognition import Character, Line, Quad, Recognition, Word, float32
from mockocr.vendors.tencent.cloud.messages import CHINESE
from mockocr.vendors.tencent.cloud.parameters import common_parameter

Json = dict[str, Any]


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The entry in the vendor's envelope, in the language that the request asks for."""
    message = entry.message
    if common_parameter(request, "Language").lower().startswith("zh"):
        message = CHINESE.get(entry.id, message)
    error = {"Code": entry.code, "Message": message}
    value = {"Response": {"Error": error, "RequestId": _request_id(request)}}
    return Response.of_json(value, entry.status, code=entry.code)


def add_headers(request: Request, response: Response) -> Response:
    """`Server`, as in a logged response."""
    return response if response.header("server") else response.with_headers(("Server", "nginx"))


def render_success(request: Request, members: Mapping[str, Any]) -> Response:
    """The members in the vendor's envelope."""
    value = {**members, "RequestId": _request_id(request)}
    return Response.of_json({"Response": _sorted(value)}, code="OK")


def render_in_order(
    request: Request, members: Mapping[str, Any], *, code: str = "OK", why: str = ""
) -> Response:
    """The members in the vendor's envelope, in their order, the request id last unless they have a
    place for it. `code` and `why` are for the journal.
    """
    value = {**members, "RequestId": _request_id(request)}
    return Response.of_json({"Response": value}, code=code).replaced(why=why)


def text_result(results: Sequence[ImageResult]) -> tuple[Image, Recognition]:
    """The picture and its lines that have words; `ApiError(NOTHING_FOUND)` if there are none."""
    image, recognition = single_result(results)
    lines = tuple(line for line in recognition.lines if line.words)
    if not lines:
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no readable text")
    return image, Recognition(lines, recognition.angle, recognition.engine)


def printed_lines(image: Image, recognition: Recognition, *, words: bool = False) -> list[Json]:
    """`TextDetections` of printed text; without `words`, `Words` and `WordCoordPoint` are empty."""
    lines = []
    for line in recognition.lines:
        characters = line.characters if words else ()
        lines.append(
            {
                **line_members(line, paragraph(line)),
                "ItemPolygon": _upright_box(line.quad, image, recognition.angle),
                "Words": [character_members(c) for c in characters],
                "WordCoordPoint": [word_coordinate(c.quad) for c in characters],
            }
        )
    return lines


def line_members(line: Line, advanced: str) -> Json:
    """The members that a line has in every action; `advanced` is a JSON text."""
    return {
        "AdvancedInfo": advanced,
        "Confidence": percent(line.confidence),
        "DetectedText": line.text,
        "Polygon": corners(line.quad),
    }


def paragraph(line: Line) -> str:
    """`AdvancedInfo` with the number of the paragraph, from 1."""
    return f'{{"Parag":{{"ParagNo":{line.block + 1}}}}}'


def character_members(part: Character | Word) -> Json:
    """A character or word with its confidence in percent."""
    return {"Character": part.text, "Confidence": percent(part.confidence)}


def corners(quad: Quad) -> list[Json]:
    """The four corners in whole pixels."""
    return [{"X": x, "Y": y} for x, y in quad.rounded]


def named_corners(quad: Quad) -> Json:
    """A `Polygon` with the names of the corners."""
    names = ("LeftTop", "RightTop", "RightBottom", "LeftBottom")
    return dict(zip(names, corners(quad), strict=True))


def rect(quad: Quad | None) -> Json:
    """A `Rect`: the upright box in whole pixels, all 0 for None."""
    x, y, width, height = quad.bounds if quad else (0, 0, 0, 0)
    return {"X": x, "Y": y, "Width": width, "Height": height}


def word_coordinate(quad: Quad) -> Json:
    """An item of `WordCoordPoint`."""
    return {"WordCoordinate": corners(quad)}


def rotation(recognition: Recognition) -> float:
    """Degrees clockwise in [0, 360) as a 32-bit float (the vendor's example: 359.989990234375)."""
    return float32(recognition.angle % 360)


def percent(confidence: float) -> int:
    """A confidence of 0..1 in percent."""
    return round(confidence * 100)


def _upright_box(quad: Quad, image: Image, angle: float) -> Json:
    """The box in the picture turned back by its angle, on a canvas that just holds it all (guess:
    the page does not say where the turned picture's origin is).
    """
    page = Quad.upright(0, 0, image.width, image.height).rotated(-angle)
    left, top, _, _ = page.extent
    return rect(quad.rotated(-angle).moved(-left, -top))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _request_id(request: Request) -> str:
    digits = request.id
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
