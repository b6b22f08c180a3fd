"""JSON as a person reads it, from which the vendor's own bytes come back: number forms, the order
of keys, blanks and escapes stay.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


class Number(str):
    """A number of JSON in the digits in which it was written."""

    __slots__ = ()


Change = Callable[[str, str, Any], Any]
"""Name and path of a scalar, and the scalar; returns the one to put there."""

FORMS = ("compact", "spaced", "compact escaped", "spaced escaped", "indented")
"""Forms in which vendors write JSON: blanks after `,` and `:` or not; beyond ASCII as escapes; over
several lines, each level two blanks further in, and a line feed at the end.
"""
_INDENT = "  "


def load(text: str) -> Any:
    """The value, its numbers as `Number`; ValueError or RecursionError if it is no JSON."""
    return json.loads(text, parse_float=Number, parse_int=Number)


def form_of(text: str, value: Any) -> str:
    """The form in which `dump` writes exactly this text; empty if it is another one."""
    return next((form for form in FORMS if dump(value, form) == text), "")


def dump(value: Any, form: str) -> str:
    """The JSON in one of `FORMS`."""
    if form == "indented":
        return _indented(value, "") + "\n"
    comma, colon = (", ", ": ") if form.startswith("spaced") else (",", ":")
    escaped = form.endswith("escaped")

    def write(item: Any) -> str:
        if isinstance(item, dict):
            pairs = (f"{_text(key, escaped)}{colon}{write(below)}" for key, below in item.items())
            return "{" + comma.join(pairs) + "}"
        if isinstance(item, list):
            return "[" + comma.join(map(write, item)) + "]"
        return _scalar(item, escaped)

    return write(value)


def pretty(value: Any, margin: str = "") -> str:
    """The JSON over several lines; lists and objects of short scalars stay on one."""
    if not isinstance(value, dict | list) or not value:
        return _line(value)
    items = value.values() if isinstance(value, dict) else value
    line = _line(value)
    if len(line) + len(margin) <= 96 and not any(isinstance(i, dict | list) and i for i in items):
        return line
    inner = margin + _INDENT
    if isinstance(value, dict):
        rows = [f"{_text(key, False)}: {pretty(item, inner)}" for key, item in value.items()]
        start, end = "{}"
    else:
        rows = [pretty(item, inner) for item in value]
        start, end = "[]"
    return f"{start}\n" + ",\n".join(inner + row for row in rows) + f"\n{margin}{end}"


def changed(value: Any, change: Change, name: str = "", path: str = "$") -> Any:
    """The value with its scalars changed."""
    if isinstance(value, dict):
        return {key: changed(item, change, key, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [changed(item, change, name, f"{path}[{n}]") for n, item in enumerate(value)]
    return change(name, path, value)


def changed_body(body: bytes, change: Change) -> bytes:
    """The JSON of a body with its scalars changed, in its own form. A body that is no JSON, or has
    none of `FORMS`, stays as it is.
    """
    try:
        text = body.decode()
        value = load(text)
    except (ValueError, RecursionError):
        return body
    form = form_of(text, value)
    return dump(changed(value, change), form).encode() if form else body


def _indented(value: Any, margin: str) -> str:
    if not isinstance(value, dict | list) or not value:
        return dump(value, "compact")
    inner = margin + _INDENT
    if isinstance(value, dict):
        rows = [f"{_text(key, False)}: {_indented(item, inner)}" for key, item in value.items()]
    else:
        rows = [_indented(item, inner) for item in value]
    start, end = "{}" if isinstance(value, dict) else "[]"
    return f"{start}\n" + ",\n".join(inner + row for row in rows) + f"\n{margin}{end}"


def _line(value: Any) -> str:
    return dump(value, "spaced")


def _scalar(value: Any, escaped: bool) -> str:
    return str(value) if isinstance(value, Number) else _text(value, escaped)


def _text(value: Any, escaped: bool) -> str:
    return json.dumps(value, ensure_ascii=escaped)
