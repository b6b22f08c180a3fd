"""Answers: what was read as `data`, business failures with HTTP 666, the gateway's empty bodies."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPMethod
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Headers, Request, Response
from mockocr.core.image import Remote
from mockocr.core.operation import ImageResult, OcrRequest, only
from mockocr.core.recognition import Line, Recognition
from mockocr.core.service import ServiceOption
from mockocr.vendors.aliyun_market import backend
from mockocr.vendors.aliyun_market.errors import (
    BAD_IMG,
    FAILED,
    NOT_DOWNLOADED,
    URL_FORMAT,
    WITHOUT_GATEWAY,
)
from mockocr.vendors.aliyun_market.gateway import NOT_HTTP, in_vpc, is_vpc
from mockocr.vendors.aliyun_market.platform import on_platform

GATEWAY = ServiceOption(
    "gateway",
    "classic",
    "which generation of the gateway refuses: classic (X-Ca-Error-Message alone) or vpc "
    "(X-Ca-Error-Code too)",
    ("classic", "vpc"),
)

JSON = "application/json; charset=utf-8"
SERVER = "Kaede/3.5.3.523(zb001t4h6)"
"""observed: the Server header of a market API's 403 logged on 2021-03-12."""
_METHODS = frozenset(HTTPMethod)

_OF_URL = {
    ErrorKind.NO_IMAGE: URL_FORMAT,
    ErrorKind.BAD_IMAGE: URL_FORMAT,
    ErrorKind.IMAGE_FORMAT: URL_FORMAT,
    ErrorKind.IMAGE_SIZE: URL_FORMAT,
    ErrorKind.IMAGE_TOO_LARGE: NOT_DOWNLOADED,
    ErrorKind.DOWNLOAD_FAILED: NOT_DOWNLOADED,
    ErrorKind.NOTHING_FOUND: URL_FORMAT,
}
_OF_IMG = (
    ErrorKind.NO_IMAGE,
    ErrorKind.BAD_IMAGE,
    ErrorKind.IMAGE_FORMAT,
    ErrorKind.IMAGE_SIZE,
    ErrorKind.IMAGE_TOO_LARGE,
    ErrorKind.NOTHING_FOUND,
)


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """`data` in the shape that the request asked for: text, words, or positions."""
    try:
        _, recognition = only(readings)
    except ApiError as error:
        raise _of_picture(readings[0], error) from None
    data = _data(ask.extra["shape"], recognition)
    return Response.of_json({"ok": 1, "msg": "查询成功", "data": data}, code=1, content_type=JSON)


def refuse(request: Request, row: ErrorEntry) -> Response:
    """The service's JSON or sentence, or the gateway's headers; the platform has no gateway."""
    if on_platform(request):
        row = WITHOUT_GATEWAY.get(row.code, row)
    elif backend.is_behind(request):
        row = backend.instead(row)
    elif row.code == "Invalid Url" and request.method not in _METHODS:
        row = NOT_HTTP
    if backend.is_ours(row):
        typed = (("Content-Type", "text/plain; charset=utf-8"),)
        return Response(row.status, row.message.encode("utf-8", "replace"), typed, str(row.code))
    if row.status == FAILED:
        message = {"ok": 0, "msg": row.message}
        return Response.of_json(message, FAILED, code=row.code, content_type=JSON)
    if request.choices.get(GATEWAY.name, GATEWAY.default) == "vpc":
        row = in_vpc(request, row)
    return _vpc(row) if is_vpc(row) else _classic(row)


def stamp(request: Request, response: Response) -> Response:
    """What the gateway puts on every answer, the service's own ones included."""
    if on_platform(request):
        return response
    plain = request.id.upper()
    parts = (plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:])
    headers: Headers = (("X-Ca-Request-Id", "-".join(parts)),)
    if billable(response):
        headers = (*headers, ("X-Ca-Market-Billing-Result", "1"))
    if request.header("x-ca-request-mode").lower() == "debug":
        # the shape is documented; a call carries no stopwatch, so both times are nil
        headers = (*headers, ("X-Ca-Debug-Info", '{"ServiceLatency":0,"TotalLatency":0}'))
    return response.with_headers(*headers)


def billable(response: Response) -> bool:
    """doc: product page and guide: only HTTP 200..300 is counted and paid for."""
    return 200 <= response.status <= 300


def _of_picture(reading: ImageResult, error: ApiError) -> ApiError:
    problem = next(iter(error.problems), None)
    row = None
    if isinstance(reading.source, Remote):
        row = None if problem is None else _OF_URL.get(problem)
    elif problem in _OF_IMG:
        row = BAD_IMG
    if row is None:
        return error
    return ApiError(row, error.detail, error.evidence)


def _data(shape: str, recognition: Recognition) -> Any:
    if shape == "text":
        return "".join(line.text for line in recognition.lines)
    if shape == "words":
        return [{"words": line.text} for line in recognition.lines]
    return [{"position": _position(line), "words": line.text} for line in recognition.lines]


def _position(line: Line) -> dict[str, int]:
    """Whole pixels of the upright rectangle around the line, keys as in the guide's example."""
    box = line.quad.bounds
    return {"top": box.y, "left": box.x, "width": box.width, "height": box.height}


def _classic(row: ErrorEntry) -> Response:
    headers: Headers = (("Server", "Tengine"), ("X-Ca-Error-Message", _utf8(row.message)))
    body = b""
    if row.code == "Quota Exhausted":
        # both documents speak of 403 "Quota Exhausted" as the answer that one gets to see
        body = row.message.encode()
        headers = (("Content-Type", "text/plain; charset=utf-8"), *headers)
    return Response(row.status, body, headers, str(row.code))


def _vpc(row: ErrorEntry) -> Response:
    headers: Headers = (
        ("Content-Type", "application/oct-stream"),  # sic
        ("Server", SERVER),
        ("X-Ca-Error-Code", str(row.code)),
        ("X-Ca-Error-Message", _utf8(row.message)),
    )
    return Response(row.status, b"", headers, str(row.code))


def _utf8(text: str) -> str:
    """A header's text whose latin-1 bytes are the UTF-8 that the gateway sends."""
    return text.encode("utf-8", "replace").decode("latin-1")
