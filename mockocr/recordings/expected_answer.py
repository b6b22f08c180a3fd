"""Compares a response with that of an exchange file, in which values may be left open.

`{{string}}`, `{{number}}` and `{{any}}` accept a value of that kind; `{{number 12.5}}` does too,
and keeps what the vendor sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from mockocr.recordings.exchange_file import EMPTY

_OPEN = re.compile(r"\{\{(\w+)(?: (.*))?\}\}", re.DOTALL)
_CHECKS: dict[str, Callable[[Any], bool]] = {
    "any": lambda v: True,
    "string": lambda v: isinstance(v, str),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
}


def open_value(kind: str, value: str = "") -> str:
    """The text that accepts any value of a kind, and keeps the one that the vendor sent."""
    return f"{{{{{kind} {value}}}}}" if value else f"{{{{{kind}}}}}"


def said(value: Any) -> Any:
    """What the vendor sent: the JSON value with what its open values keep. One that keeps nothing
    stays.
    """
    if isinstance(value, dict):
        return {name: said(item) for name, item in value.items()}
    if isinstance(value, list):
        return [said(item) for item in value]
    if not isinstance(value, str):
        return value
    if (found := _OPEN.fullmatch(value)) is not None:
        if found[2] is None:
            return value
        return json.loads(found[2]) if found[1] == "number" else found[2]
    if _holds_open_values(value):
        return json.dumps(said(json.loads(value)), ensure_ascii=False)
    return value


def difference(expected: Any, got: Any, where: str = "$") -> str:
    """The first place where two JSON values differ, key order included; empty when they agree."""
    if isinstance(expected, str) and (found := _OPEN.fullmatch(expected)) is not None:
        kind = found[1]
        return "" if _CHECKS[kind](got) else f"{where}: expected a {kind}, got {got!r}"
    if isinstance(expected, str) and _holds_open_values(expected) and isinstance(got, str):
        return difference(json.loads(expected), json.loads(got), f"{where} (JSON in a string)")
    if isinstance(expected, dict) and isinstance(got, dict):
        if list(expected) != list(got):
            return f"{where}: expected keys {list(expected)}, got {list(got)}"
        each = (difference(expected[k], got[k], f"{where}.{k}") for k in expected)
        return next(filter(None, each), "")
    if isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            return f"{where}: expected {len(expected)} items, got {len(got)}"
        each = (
            difference(e, g, f"{where}[{i}]")
            for i, (e, g) in enumerate(zip(expected, got, strict=True))
        )
        return next(filter(None, each), "")
    same_type = type(expected) is type(got)
    return "" if same_type and expected == got else f"{where}: expected {expected!r}, got {got!r}"


def answer_difference(answer: str | None, body: bytes) -> str:
    """How a body differs from that of an exchange; empty when it agrees or none is given."""
    if answer is None:
        return ""
    if answer == EMPTY:
        return "" if body == b"" else f"expected no bytes, got {body[:200]!r}"
    try:
        expected = json.loads(answer)
    except ValueError:
        text = body.decode("utf-8", "replace").strip()
        return "" if text == answer else f"expected {answer!r}, got {text!r}"
    try:
        return difference(expected, json.loads(body))
    except ValueError:
        return f"expected JSON, got {body[:200]!r}"


def _holds_open_values(text: str) -> bool:
    return text.startswith(("{", "[")) and "{{" in text
