"""JSON as text of bytes: what clients send is read leniently, and what is sent is always valid."""

from __future__ import annotations

import json
from typing import Any

import msgspec

_MAX_DIGITS = 30
"""Digits of an integer: what a vendor does with more is not known, and floats end at 309."""

_TOO_LONG = 10**_MAX_DIGITS


def load_json(raw: bytes) -> Any:
    """Any JSON value; ValueError or RecursionError when it is not JSON.

    msgspec reads what is strictly JSON; what it refuses (NaN, lone surrogates, a byte order mark)
    is parsed by the more lenient standard library. A lone surrogate becomes U+FFFD: no response,
    log or store can hold one.
    """
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return without_surrogates(json.loads(raw, parse_int=parse_json_integer))
    _refuse_long_integers(value)
    return value


def _refuse_long_integers(value: Any) -> None:
    """ValueError for an integer that `parse_json_integer` refuses: msgspec takes any."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, int) and abs(item) >= _TOO_LONG:
            parse_json_integer(str(abs(item)))


def without_surrogates(value: Any) -> Any:
    """A JSON value with U+FFFD in place of each lone surrogate."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    return value


def parse_json_integer(digits: str) -> int:
    """An integer of JSON; ValueError beyond 30 digits, which no field of any vendor has."""
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"an integer has {len(digits)} digits; the limit is {_MAX_DIGITS}")
    return int(digits)


def dump_json(value: Any) -> bytes:
    """Compact JSON, UTF-8 unescaped; a lone surrogate becomes `?`."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")
