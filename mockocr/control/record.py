"""An entry of the journal as bytes and back, so that any server can show what another one noted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from mockocr.control.entry import Entry, Picture, Read
from mockocr.core.problem import Evidence
from mockocr.core.wire import Call, Headers


def packed(entry: Entry) -> bytes:
    """JSON in ASCII; the bodies are not in it."""
    value = {name: getattr(entry, name) for name in _ENTRY}
    value["at"] = entry.at.isoformat()
    value["pictures"] = [_values(picture) for picture in entry.pictures]
    value["lines"] = [(x.digest, x.text, x.corners, x.confidence) for x in entry.lines]
    value["evidence"] = None if entry.evidence is None else _values(entry.evidence)
    call = entry.call
    value["call"] = {name: getattr(call, name) for name in _CALL}
    value["call"] |= {"at": call.at.isoformat(), **{k: dict(getattr(call, k)) for k in _MAPPINGS}}
    return _encode(value).encode("ascii")


def unpacked(raw: bytes) -> Entry:
    """The entry that `packed` took; its call has no body."""
    value = json.loads(raw)
    call, headers = value["call"], _headers(value["headers"])
    value |= {
        "at": _time(value),
        "headers": headers,
        "answer_headers": _headers(value["answer_headers"]),
        "pictures": tuple(Picture(**picture) for picture in value["pictures"]),
        "read": tuple(value["read"]),
        "lines": tuple(
            Read(digest, text, tuple((x, y) for x, y in corners), confidence)
            for digest, text, corners, confidence in value["lines"]
        ),
        "evidence": value["evidence"] and Evidence(**value["evidence"]),
        "call": Call(**call | {"at": _time(call), "headers": headers}),
    }
    return Entry(**value)


_encode = json.JSONEncoder(separators=(",", ":")).encode
_ENTRY = tuple(field.name for field in fields(Entry))
_CALL = tuple(field.name for field in fields(Call) if field.name not in ("body", "headers"))
"""An entry's headers are those of its call, and bodies are kept elsewhere."""
_MAPPINGS = ("params", "choices")


def _values(of: Picture | Evidence) -> dict[str, Any]:
    return {field.name: getattr(of, field.name) for field in fields(of)}


def _headers(pairs: list[list[str]]) -> Headers:
    return tuple((name, value) for name, value in pairs)


def _time(value: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(value["at"])
