"""What was read, and every refusal, in Tupu's JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Remote, Source
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Line
from mockocr.vendors.tupu.choices import chosen
from mockocr.vendors.tupu.errors import IMAGE_ERROR, TOO_FEW_FILES

CONTENT_TYPE = "application/json; charset=utf-8"  # guess: the page says application/json
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NONCE = re.compile(r"0\.\d{15,17}")
_TEXT_CATEGORY = 0
_PLATFORM = frozenset({401, 403, 429})

_BAD_FILE = frozenset(
    {
        ErrorKind.NO_IMAGE,
        ErrorKind.BAD_IMAGE,
        ErrorKind.IMAGE_FORMAT,
        ErrorKind.IMAGE_TOO_LARGE,
        ErrorKind.IMAGE_SIZE,
        ErrorKind.DOWNLOAD_FAILED,
    }
)
"""What is wrong with one picture alone; anything else is wrong with the whole call."""


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """The hosted API's answer, with what was read in `data`."""
    listed = files(request, readings)
    body = {"data": {"fileList": listed}, "code": 0, "message": "success", **closing(request)}
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)


def files(request: Request, readings: Sequence[ImageResult]) -> list[dict[str, Any]]:
    """One entry per picture, in the request's order.

    One bad picture among good ones is what the choice `bad_file` says; nothing but bad ones
    refuses the call.
    """
    rule = chosen(request, "bad_file")
    _judge(readings, rule)
    if rule == "drop":
        readings = [reading for reading in readings if reading.error is None]
    found = [{"name": _name(r.source), "objects": _objects(r)} for r in readings]
    if chosen(request, "no_text") == "refuse" and not any(file["objects"] for file in found):
        raise ApiError(ErrorKind.NOTHING_FOUND, "no picture of the request holds text")
    return found


def refuse(request: Request, row: ErrorEntry) -> Response:
    """`code` and `message` with nonce and time, and without `data`; no nonce where no API answers.

    The shape is a guess by analogy: the only failure seen printed has `code` and `message` alone.
    """
    body: dict[str, Any] = {"code": row.code, "message": row.message}
    if row.status not in (404, 405):
        body |= closing(request)
    status = row.status
    if status in _PLATFORM and chosen(request, "statuses") == "ok":
        status = 200
    headers = (("Allow", "POST"),) if status == 405 else ()
    return Response.of_json(body, status, code=row.code, content_type=CONTENT_TYPE, headers=headers)


def billable(response: Response) -> bool:
    """guess: the plans count calls; a failed one is taken to cost nothing."""
    return response.code == "0"


def _judge(readings: Sequence[ImageResult], rule: str) -> None:
    """Raise when the call cannot be answered with what is left."""
    bad = [reading.error for reading in readings if reading.error is not None]
    for error in bad:
        if _BAD_FILE.isdisjoint(error.problems):
            raise error
    if not bad or (len(bad) < len(readings) and rule != "fail"):
        return
    if rule == "drop" and len(readings) > 1:
        raise ApiError(
            TOO_FEW_FILES, f"all {len(bad)} pictures are bad; the first: {bad[0].detail}"
        )
    if ErrorKind.NO_IMAGE in bad[0].problems:
        # a file did come, and it holds nothing: that is not code 3, no file
        raise ApiError(IMAGE_ERROR, bad[0].detail)
    raise bad[0]


def _name(source: Source) -> str:
    return source.url if isinstance(source, Remote) else source.name


def _objects(reading: ImageResult) -> list[dict[str, Any]]:
    if reading.image is None or reading.recognition is None:
        return []
    return [_object(line, reading.image) for line in reading.recognition.lines]


def _object(line: Line, image: Image) -> dict[str, Any]:
    """The upright rectangle around the line, as shares of the picture's width and height."""
    left, top, right, bottom = line.quad.extent
    left, right = _share(left, image.width), _share(right, image.width)
    top, bottom = _share(top, image.height), _share(bottom, image.height)
    return {
        "degree": _number(line.quad.angle),
        "location": [[left, top], [right, top], [right, bottom], [left, bottom]],
        "scores": _number(line.confidence),
        "text": line.text,
        "category": _TEXT_CATEGORY,
    }


def _share(pixels: float, side: int) -> float:
    return _number(min(max(pixels / side, 0.0), 1.0))


def _number(value: float) -> float:
    """Whole numbers without a point: the nonce is JavaScript's, so its JSON most likely is too."""
    value = float(value)
    return int(value) if value.is_integer() else value


def closing(request: Request) -> Mapping[str, Any]:
    """What every answer ends with."""
    return {
        "nonce": _nonce(request),
        "timestamp": (request.at - _EPOCH) // timedelta(milliseconds=1),
    }


def _nonce(request: Request) -> str:
    """Text, though the page's table says number: its example and Tupu's Go SDK have text."""
    numbers = request.random()
    while _NONCE.fullmatch(nonce := repr(numbers.random())) is None:
        pass
    return nonce
