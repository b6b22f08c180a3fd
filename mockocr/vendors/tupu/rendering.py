"""Tupu's JSON for the text of several pictures, and the nonce and time that end every response."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Remote, Source
from mockocr.core.operation import ImageResult
from mockocr.core.recognition import Line
from mockocr.vendors.tupu.error_list import TOO_FEW_FILES

CONTENT_TYPE = "application/json; charset=utf-8"  # guess: the page says application/json
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NONCE = re.compile(r"0\.\d{15,17}")
_TEXT_CATEGORY = 0

_PICTURE_KINDS = frozenset(
    {
        ErrorKind.NO_IMAGE,
        ErrorKind.BAD_IMAGE,
        ErrorKind.IMAGE_FORMAT,
        ErrorKind.IMAGE_TOO_LARGE,
        ErrorKind.IMAGE_SIZE,
        ErrorKind.DOWNLOAD_FAILED,
    }
)
"""Errors of one picture alone; any other error refuses the whole request."""


def render_files(request: Request, results: Sequence[ImageResult]) -> list[dict[str, Any]]:
    """One entry per picture, in the order of the request.

    The option `bad_file` decides about one bad picture among good ones; `ApiError` if all are bad.
    """
    rule = request.options["bad_file"]
    _require_usable(results, rule)
    if rule == "drop":
        results = [result for result in results if result.error is None]
    files = [{"name": _name(r.source), "objects": _objects(r)} for r in results]
    if request.options["no_text"] == "refuse" and not any(file["objects"] for file in files):
        raise ApiError(ErrorKind.NOTHING_FOUND, "no picture of the request has text")
    return files


def render_success(request: Request, task: str, content: Mapping[str, Any]) -> Response:
    """The response with `content` under the name `task`."""
    body = {task: content, "code": 0, "message": "success", **closing_fields(request)}
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)


def closing_fields(request: Request) -> Mapping[str, Any]:
    """The nonce and the timestamp in milliseconds, which come last."""
    return {
        "nonce": _nonce(request),
        "timestamp": (request.at - _EPOCH) // timedelta(milliseconds=1),
    }


def is_billed(response: Response) -> bool:
    """guess: the plans count requests; a failed one is taken to cost nothing."""
    return response.code == "0"


def _require_usable(results: Sequence[ImageResult], rule: str) -> None:
    """Raises `ApiError` if the remaining pictures are not enough for a response."""
    errors = [result.error for result in results if result.error is not None]
    for error in errors:
        if _PICTURE_KINDS.isdisjoint(error.kinds):
            raise error
    if not errors or (len(errors) < len(results) and rule != "fail"):
        return
    first = errors[0]
    if rule == "drop" and len(results) > 1:
        detail = f"all {len(errors)} pictures are bad; the first: {first.detail}"
        raise ApiError(TOO_FEW_FILES, detail)
    if first.kind is ErrorKind.NO_IMAGE:
        # the request has a file, though an empty one: code 3, no file, would be wrong
        raise ApiError(ErrorKind.BAD_IMAGE, first.detail)
    raise first


def _name(source: Source) -> str:
    return source.url if isinstance(source, Remote) else source.name


def _objects(result: ImageResult) -> list[dict[str, Any]]:
    if result.image is None or result.recognition is None:
        return []
    return [_object(line, result.image) for line in result.recognition.lines]


def _object(line: Line, image: Image) -> dict[str, Any]:
    """The upright rectangle around the line, in shares of the picture's width and height."""
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
    """Whole numbers without a point: the nonce looks like JavaScript's, whose JSON has none."""
    value = float(value)
    return int(value) if value.is_integer() else value


def _nonce(request: Request) -> str:
    """Text, though the page's table says number: its example and Tupu's Go SDK have text."""
    numbers = request.random()
    while _NONCE.fullmatch(nonce := repr(numbers.random())) is None:
        pass
    return nonce
