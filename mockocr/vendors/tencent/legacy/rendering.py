"""Responses of the legacy API: recognised lines, errors, and what every response carries.

The documented form gives confidence from 0 to 100, as the general page says. The observed form
gives what responses of 2018 held: 0 to 1 as a 32-bit float with all its digits, another order of
members, and two lists of warnings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from mockocr.core.errors import ErrorEntry
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.recognition import Line, Quad, Recognition, float32
from mockocr.vendors.tencent.legacy.errors import ILLEGAL_APPID, SIGN_EXPIRED, UNPARSED
from mockocr.vendors.tencent.legacy.single_image import SingleImage

DATA = {
    # doc: general page for the order of the first, observed in public logs for the second
    "documented": ("items", "session_id", "angle", "class"),
    "observed": (
        "recognize_warn_msg",
        "recognize_warn_code",
        "items",
        "session_id",
        "angle",
        "class",
    ),
}
"""The members of `data`, in order, for each value of the option `confidence`."""

_ERROR_TYPE = "application/json; charset=utf-8"
_DATA_OF_ERRORS: Mapping[str, Literal["session", "empty"]] = {
    UNPARSED.id: "session",  # observed ask/202154
    ILLEGAL_APPID.id: "session",  # observed ask/194541
    SIGN_EXPIRED.id: "empty",  # observed ask/24088
}
"""Entries, by id, that were seen with a `data` member: a session of unsigned 64 bits, or an empty
object.
"""


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The entry in the vendor's envelope, with the `data` that some entries were seen with."""
    body = dump_json({"code": entry.code, "message": entry.message})
    data = _DATA_OF_ERRORS.get(entry.id)
    if data == "session":
        # The blanks inside come from the vendor's own template.
        body = body[:-1] + b',"data":{ "session_id":"%d" }}' % request.random().getrandbits(64)
    elif data == "empty":
        body = body[:-1] + b',"data":{}}'
    return Response(entry.status, body, (("Content-Type", _ERROR_TYPE),), str(entry.code))


def preflight(request: Request) -> Response | None:
    """The response to a browser's OPTIONS; its existence is observed, its headers are a guess."""
    if request.method != "OPTIONS":
        return None
    asked = request.header("access-control-request-headers", "Authorization, Content-Type")
    headers = (
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "POST, OPTIONS"),
        ("Access-Control-Allow-Headers", asked),
        ("Access-Control-Max-Age", "600"),
    )
    return Response(204, b"", headers)


def add_headers(request: Request, response: Response) -> Response:
    """`Server` as in an observed response, and permission for any browser to read the response."""
    every = (("Server", "nginx"), ("Access-Control-Allow-Origin", "*"))
    return response.with_headers(*(pair for pair in every if not response.header(pair[0])))


def render_success(
    request: Request,
    extra: SingleImage,
    recognition: Recognition,
    items: bytes,
    members: Sequence[str],
) -> Response:
    """HTTP 200 with code 0 and these members of `data`. `items` is JSON."""
    data = {
        "items": msgspec.Raw(items),
        "session_id": f"{extra.appid}{request.random().randrange(-(2**31), 2**31)}",
        "angle": round(float(recognition.angle), 4),
        "class": [],
        "recognize_warn_msg": [],
        "recognize_warn_code": [],
    }
    chosen = {name: data[name] for name in members}
    return Response.of_json({"code": 0, "message": "OK", "data": chosen}, code=0)


def item_box(quad: Quad | None) -> dict[str, int]:
    """`itemcoord`: the upright box in whole pixels, all 0 for None."""
    x, y, width, height = quad.bounds if quad else (0, 0, 0, 0)
    return {"x": x, "y": y, "width": width, "height": height}


def item_characters(line: Line, form: str) -> list[dict[str, Any]]:
    """`words`: one entry per character; a blank has no text and full confidence (observed).

    `form` is the value of the option `confidence`.
    """
    entries: list[tuple[str, float]] = []
    for index, word in enumerate(line.words):
        if word.spaced and index:
            entries.append(("", 1.0))
        entries += [(c.text, c.confidence) for c in word.characters]
    return [{"character": text, "confidence": _scaled(c, form)} for text, c in entries]


def _scaled(confidence: float, form: str) -> float:
    if form == "documented":
        return round(confidence * 100, 1)  # one decimal, as in the page's sample
    return float32(confidence)
