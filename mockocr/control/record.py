"""An entry of the journal as bytes and back, so that any server can show what another one noted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from mockocr.control.entry import Entry, Picture
from mockocr.core.problem import Evidence
from mockocr.core.wire import Call, Headers


def packed(entry: Entry) -> bytes:
    """JSON in ASCII; the bodies are not in it."""
    value = _values(entry)
    value["at"] = entry.at.isoformat()
    value["pictures"] = [_values(picture) for picture in entry.pictures]
    value["evidence"] = None if entry.evidence is None else _values(entry.evidence)
    value["call"] = _values(entry.call) | {"at": entry.call.at.isoformat(), "body": ""}
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def unpacked(raw: bytes) -> Entry:
    """The entry that `packed` took; its call has no body."""
    value = json.loads(raw)
    call = value["call"]
    call |= {"at": _time(call), "headers": _headers(call["headers"]), "body": b""}
    value |= {
        "at": _time(value),
        "headers": _headers(value["headers"]),
        "answer_headers": _headers(value["answer_headers"]),
        "pictures": tuple(Picture(**picture) for picture in value["pictures"]),
        "read": tuple(value["read"]),
        "evidence": value["evidence"] and Evidence(**value["evidence"]),
        "call": Call(**call),
    }
    return Entry(**value)


def _values(of: Any) -> dict[str, Any]:
    found = {field.name: getattr(of, field.name) for field in fields(of)}
    return {k: dict(v) if isinstance(v, Mapping) else v for k, v in found.items()}


def _headers(pairs: list[list[str]]) -> Headers:
    return tuple((name, value) for name, value in pairs)


def _time(value: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(value["at"])
