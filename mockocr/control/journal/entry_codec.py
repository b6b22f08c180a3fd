"""An entry of the journal as bytes and back, so that any server can show what another one noted."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from operator import attrgetter

from mockocr.control.journal.entry import Entry, Picture, Read
from mockocr.core.errors import Evidence
from mockocr.core.http import Headers, Request


def packed(entry: Entry) -> bytes:
    """JSON in ASCII; the bodies are not in it."""
    request = entry.request
    value = {
        **dict(zip(_ENTRY, _of_entry(entry), strict=True)),
        "at": entry.at.isoformat(),
        "pictures": [_of_picture(picture) for picture in entry.pictures],
        "lines": [_of_line(line) for line in entry.lines],
        "evidence": None if entry.evidence is None else _of_evidence(entry.evidence),
        "request": {
            **dict(zip(_REQUEST, _of_request(request), strict=True)),
            "params": dict(request.params),
            "choices": dict(request.choices),
        },
    }
    return _encode(value).encode("ascii")


def unpacked(raw: bytes) -> Entry:
    """The entry that `packed` took; its call has no body."""
    value = json.loads(raw)
    at, headers = datetime.fromisoformat(value["at"]), _headers(value["headers"])
    value |= {
        "at": at,
        "headers": headers,
        "answer_headers": _headers(value["answer_headers"]),
        "pictures": tuple(Picture(*picture) for picture in value["pictures"]),
        "read": tuple(value["read"]),
        "lines": tuple(
            Read(digest, text, tuple((x, y) for x, y in corners), confidence)
            for digest, text, corners, confidence in value["lines"]
        ),
        "evidence": value["evidence"] and Evidence(*value["evidence"]),
        "request": Request(**value["request"], id=value["id"], at=at, headers=headers),
    }
    return Entry(**value)


_encode = json.JSONEncoder(separators=(",", ":")).encode
_ENTRY = tuple(field.name for field in fields(Entry))
_ELSEWHERE = {"body", "headers", "id", "at"}
"""Of a call: an entry has these itself, but for the body."""
_REQUEST = tuple(field.name for field in fields(Request) if field.name not in _ELSEWHERE)
_of_entry, _of_request = attrgetter(*_ENTRY), attrgetter(*_REQUEST)
_of_picture, _of_line, _of_evidence = (
    attrgetter(*(field.name for field in fields(kind))) for kind in (Picture, Read, Evidence)
)


def _headers(pairs: list[list[str]]) -> Headers:
    return tuple((name, value) for name, value in pairs)
