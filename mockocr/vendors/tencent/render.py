"""Tencent's answers: the reading, the refusal, and what every answer carries.

The documented profile gives confidence from 0 to 100, as the general page says. The observed one
gives what answers of 2018 held: 0 to 1 as a 32-bit float printed in full, other key order, and two
lists of warnings.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, only
from mockocr.core.recognition import Box, Line, Recognition
from mockocr.documents.bankcard import bank_card_of
from mockocr.documents.char_map import Value
from mockocr.vendors.tencent.card_errors import NOT_READ
from mockocr.vendors.tencent.errors import TAILS

# Order of keys: doc for the first, observed in public logs for the second.
ITEM = {
    "documented": ("itemstring", "itemcoord", "words"),
    "observed": ("itemcoord", "words", "itemstring"),
}
DATA = {
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
HANDWRITING = {
    # doc: the handwriting page's sample for the first; guess for the second's order
    "documented": ("itemcoord", "itemstring", "coords", "words", "candword"),
    "observed": ("itemcoord", "itemconf", "words", "itemstring", "coords", "candword"),
}
ERROR_TYPE = "application/json; charset=utf-8"


def general(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """200 and code 0; `ApiError(NOTHING_FOUND)` when the picture holds no text."""
    _, recognition = only(readings)
    profile = request.choices.get("confidence", "documented")
    items = [_item(line, profile) for line in recognition.lines if line.words]
    if not items:
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no text that could be read")
    return _success(request, ask, recognition, items, DATA[profile])


def handwriting(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """As `general`, with the members that the page's sample has and its table has not; nothing
    found is a failed reading, because the page knows no other code for it (guess).
    """
    recognition = _read(readings, NOT_READ)
    profile = request.choices.get("confidence", "documented")
    items = [
        {
            **{name: value for name, value in _item(line, profile).items() if name != "words"},
            "coords": [],
            "words": _words(line, profile),
            "candword": [],
            "itemconf": single(line.confidence),
        }
        for line in recognition.lines
        if line.words
    ]
    if not items:
        raise ApiError(NOT_READ, "the picture holds no text that could be read")
    order = HANDWRITING[profile]
    chosen = [{name: item[name] for name in order} for item in items]
    data = ("session_id", "items") if profile == "documented" else DATA[profile]
    return _success(request, ask, recognition, chosen, data)


def bank_card(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """The five fields of the page, empty where the card does not say them; without a number there
    is no card (code -9011).
    """
    recognition = _read(readings, NOT_READ)
    card = bank_card_of(recognition)
    if not card.number.text:
        raise ApiError(NOT_READ, "the picture holds no card number")
    items = [
        _field(name, value)
        for name, value in (
            ("卡号", card.number),
            ("卡类型", card.kind),
            ("卡名字", card.name),
            ("银行信息", card.bank),
            ("有效期", card.end),
        )
    ]
    return _success(request, ask, recognition, items, ("session_id", "items"))


def refuse(request: Request, row: ErrorEntry) -> Response:
    """The row in the vendor's envelope, with the `data` that some rows were seen with."""
    body = dump_json({"code": row.code, "message": row.message})
    tail = TAILS.get((row.code, row.message))
    if tail == "session":
        # The blanks inside come from the vendor's own template.
        body = body[:-1] + b',"data":{ "session_id":"%d" }}' % request.random().getrandbits(64)
    elif tail == "empty":
        body = body[:-1] + b',"data":{}}'
    return Response(row.status, body, (("Content-Type", ERROR_TYPE),), str(row.code))


def preflight(request: Request) -> Response | None:
    """The answer to a browser's OPTIONS; that there is one is observed, its headers are a guess."""
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


def stamp(request: Request, response: Response) -> Response:
    """`Server` as in an observed head, and leave for any browser to read the answer."""
    every = (("Server", "nginx"), ("Access-Control-Allow-Origin", "*"))
    return response.with_headers(*(pair for pair in every if not response.header(pair[0])))


def single(confidence: float) -> float:
    """0..1 as a 32-bit float printed in full, as the engine's own answers have it."""
    value: float = struct.unpack("<f", struct.pack("<f", confidence))[0]
    return value


def _read(readings: Sequence[ImageResult], failed: ErrorEntry) -> Recognition:
    """What was read; an engine that failed is answered by the operation's own row."""
    error = readings[0].error
    if error is not None and error.why is ErrorKind.ENGINE_FAILED:
        raise ApiError(failed, error.detail)
    return only(readings)[1]


def _success(
    request: Request,
    ask: OcrRequest,
    recognition: Recognition,
    items: Sequence[dict[str, Any]],
    members: Sequence[str],
) -> Response:
    data = {
        "items": items,
        "session_id": f"{ask.extra['appid']}{_signed_32(request)}",
        "angle": round(float(recognition.angle), 4),
        "class": [],
        "recognize_warn_msg": [],
        "recognize_warn_code": [],
    }
    chosen = {name: data[name] for name in members}
    return Response.of_json({"code": 0, "message": "OK", "data": chosen}, code=0)


def _field(name: str, value: Value) -> dict[str, Any]:
    box = value.quad.bounds if value.quad else Box(0, 0, 0, 0)
    return {
        "item": name,
        "itemcoord": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
        "itemconf": single(value.confidence),
        "itemstring": value.text,
        "coords": [],
        "words": [],
        "candword": [],
    }


def _item(line: Line, profile: str) -> dict[str, Any]:
    box = line.quad.bounds
    item = {
        "itemstring": line.text,
        "itemcoord": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
        "words": _words(line, profile),
    }
    return {name: item[name] for name in ITEM[profile]}


def _words(line: Line, profile: str) -> list[dict[str, Any]]:
    """One entry for every character; a blank is a certain one without text (observed)."""
    entries: list[tuple[str, float]] = []
    for index, word in enumerate(line.words):
        if word.spaced and index:
            entries.append(("", 1.0))
        # A scripted word may come without its characters.
        entries += [(c.text, c.confidence) for c in word.characters] or [
            (character, word.confidence) for character in word.text
        ]
    return [{"character": text, "confidence": _scale(c, profile)} for text, c in entries]


def _scale(confidence: float, profile: str) -> float:
    if profile == "documented":
        return round(confidence * 100, 1)  # one decimal, as in the page's sample
    return single(confidence)


def _signed_32(request: Request) -> int:
    return request.random().randrange(-(2**31), 2**31)
