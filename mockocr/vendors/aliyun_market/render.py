"""Answers: what was read as `data`, business failures with HTTP 666, the gateway's empty bodies."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPMethod
from typing import Any

from mockocr.core.asking import Ask, Reading, only
from mockocr.core.image import Remote
from mockocr.core.problem import Problem, Refused, Row
from mockocr.core.text import Line, Recognition
from mockocr.core.vendor import Choice
from mockocr.core.wire import Call, Headers, Reply
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

GATEWAY = Choice(
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
    Problem.NO_IMAGE: URL_FORMAT,
    Problem.BAD_IMAGE: URL_FORMAT,
    Problem.IMAGE_FORMAT: URL_FORMAT,
    Problem.IMAGE_SIZE: URL_FORMAT,
    Problem.IMAGE_TOO_LARGE: NOT_DOWNLOADED,
    Problem.DOWNLOAD_FAILED: NOT_DOWNLOADED,
    Problem.NOTHING_FOUND: URL_FORMAT,
}
_OF_IMG = (
    Problem.NO_IMAGE,
    Problem.BAD_IMAGE,
    Problem.IMAGE_FORMAT,
    Problem.IMAGE_SIZE,
    Problem.IMAGE_TOO_LARGE,
    Problem.NOTHING_FOUND,
)


def render(call: Call, ask: Ask, readings: Sequence[Reading]) -> Reply:
    """`data` in the shape that the request asked for: text, words, or positions."""
    try:
        _, recognition = only(readings)
    except Refused as refused:
        raise _of_picture(readings[0], refused) from None
    data = _data(ask.extra["shape"], recognition)
    return Reply.of_json({"ok": 1, "msg": "查询成功", "data": data}, code=1, content_type=JSON)


def refuse(call: Call, row: Row) -> Reply:
    """The service's JSON or sentence, or the gateway's headers; the platform has no gateway."""
    if on_platform(call):
        row = WITHOUT_GATEWAY.get(row.code, row)
    elif backend.is_behind(call):
        row = backend.instead(row)
    elif row.code == "Invalid Url" and call.method not in _METHODS:
        row = NOT_HTTP
    if backend.is_ours(row):
        typed = (("Content-Type", "text/plain; charset=utf-8"),)
        return Reply(row.status, row.message.encode("utf-8", "replace"), typed, str(row.code))
    if row.status == FAILED:
        message = {"ok": 0, "msg": row.message}
        return Reply.of_json(message, FAILED, code=row.code, content_type=JSON)
    if call.choices.get(GATEWAY.name, GATEWAY.default) == "vpc":
        row = in_vpc(call, row)
    return _vpc(row) if is_vpc(row) else _classic(row)


def stamp(call: Call, reply: Reply) -> Reply:
    """What the gateway puts on every answer, the service's own ones included."""
    if on_platform(call):
        return reply
    plain = call.id.upper()
    parts = (plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:])
    headers: Headers = (("X-Ca-Request-Id", "-".join(parts)),)
    if billable(reply):
        headers = (*headers, ("X-Ca-Market-Billing-Result", "1"))
    if call.header("x-ca-request-mode").lower() == "debug":
        # the shape is documented; a call carries no stopwatch, so both times are nil
        headers = (*headers, ("X-Ca-Debug-Info", '{"ServiceLatency":0,"TotalLatency":0}'))
    return reply.with_headers(*headers)


def billable(reply: Reply) -> bool:
    """doc: product page and guide: only HTTP 200..300 is counted and paid for."""
    return 200 <= reply.status <= 300


def _of_picture(reading: Reading, refused: Refused) -> Refused:
    problem = next(iter(refused.problems), None)
    row = None
    if isinstance(reading.source, Remote):
        row = None if problem is None else _OF_URL.get(problem)
    elif problem in _OF_IMG:
        row = BAD_IMG
    if row is None:
        return refused
    return Refused(row, refused.detail, refused.evidence)


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


def _classic(row: Row) -> Reply:
    headers: Headers = (("Server", "Tengine"), ("X-Ca-Error-Message", _utf8(row.message)))
    body = b""
    if row.code == "Quota Exhausted":
        # both documents speak of 403 "Quota Exhausted" as the answer that one gets to see
        body = row.message.encode()
        headers = (("Content-Type", "text/plain; charset=utf-8"), *headers)
    return Reply(row.status, body, headers, str(row.code))


def _vpc(row: Row) -> Reply:
    headers: Headers = (
        ("Content-Type", "application/oct-stream"),  # sic
        ("Server", SERVER),
        ("X-Ca-Error-Code", str(row.code)),
        ("X-Ca-Error-Message", _utf8(row.message)),
    )
    return Reply(row.status, b"", headers, str(row.code))


def _utf8(text: str) -> str:
    """A header's text whose latin-1 bytes are the UTF-8 that the gateway sends."""
    return text.encode("utf-8", "replace").decode("latin-1")
