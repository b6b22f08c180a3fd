"""Tencent's answers: the reading, the refusal, and what every answer carries.

The documented profile gives confidence from 0 to 100, as the general page says. The observed one
gives what answers of 2018 held: 0 to 1 as a 32-bit float printed in full, other key order, and two
lists of warnings.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from mockocr.core.problem import Problem, Refused, Row
from mockocr.core.text import Line
from mockocr.core.vendor import Ask, Reading, only
from mockocr.core.wire import Call, Reply, dump_json
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
ERROR_TYPE = "application/json; charset=utf-8"


def general(call: Call, ask: Ask, readings: Sequence[Reading]) -> Reply:
    """200 and code 0; `Refused(NOTHING_FOUND)` when the picture holds no text."""
    _, recognition = only(readings)
    profile = call.choices.get("confidence", "documented")
    items = [_item(line, profile) for line in recognition.lines if line.words]
    if not items:
        raise Refused(Problem.NOTHING_FOUND, "the picture holds no text that could be read")
    data = {
        "items": items,
        "session_id": f"{ask.extra['appid']}{_signed_32(call)}",
        "angle": round(float(recognition.angle), 4),
        "class": [],
        "recognize_warn_msg": [],
        "recognize_warn_code": [],
    }
    chosen = {name: data[name] for name in DATA[profile]}
    return Reply.of_json({"code": 0, "message": "OK", "data": chosen}, code=0)


def refuse(call: Call, row: Row) -> Reply:
    """The row in the vendor's envelope, with the `data` that some rows were seen with."""
    body = dump_json({"code": row.code, "message": row.message})
    tail = TAILS.get((row.code, row.message))
    if tail == "session":
        # The blanks inside come from the vendor's own template.
        body = body[:-1] + b',"data":{ "session_id":"%d" }}' % call.random().getrandbits(64)
    elif tail == "empty":
        body = body[:-1] + b',"data":{}}'
    return Reply(row.status, body, (("Content-Type", ERROR_TYPE),), str(row.code))


def preflight(call: Call) -> Reply | None:
    """The answer to a browser's OPTIONS; that there is one is observed, its headers are a guess."""
    if call.method != "OPTIONS":
        return None
    asked = call.header("access-control-request-headers", "Authorization, Content-Type")
    headers = (
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "POST, OPTIONS"),
        ("Access-Control-Allow-Headers", asked),
        ("Access-Control-Max-Age", "600"),
    )
    return Reply(204, b"", headers)


def stamp(call: Call, reply: Reply) -> Reply:
    """`Server` as in an observed head, and leave for any browser to read the answer."""
    every = (("Server", "nginx"), ("Access-Control-Allow-Origin", "*"))
    return reply.with_headers(*(pair for pair in every if not reply.header(pair[0])))


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
    single: float = struct.unpack("<f", struct.pack("<f", confidence))[0]
    return single


def _signed_32(call: Call) -> int:
    return call.random().randrange(-(2**31), 2**31)
