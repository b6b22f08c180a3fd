"""The text fields of a request to the platform, exactly as the client sent and signed them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request

Fields = Mapping[str, Sequence[str]]


def text_fields(request: Request) -> Fields:
    """Every text field by name; a JSON number keeps its digits.

    `ApiError(BAD_BODY)` if the body is not what its type claims.
    """
    return request.cached(_text_fields)


def _text_fields(request: Request) -> Fields:
    pairs: Iterable[tuple[str, str]] = ()
    match request.content_type:
        case "multipart/form-data":
            pairs = [(part.name, part.text) for part in request.parts() if part.filename is None]
        case "application/x-www-form-urlencoded":
            pairs = request.form_fields()
        case "application/json":
            pairs = _json_pairs(request)
    fields: dict[str, list[str]] = {}
    for name, text in pairs:
        fields.setdefault(name, []).append(text)
    return fields


def _json_pairs(request: Request) -> Iterator[tuple[str, str]]:
    items = tuple(_items(request.json()))
    if any(type(item) in (int, float) for _, item in items):
        # the usual decoding rounds numbers, and the client signed their digits
        items = tuple(_items(json.loads(request.body, parse_int=str, parse_float=str)))
    return ((name, item) for name, item in items if isinstance(item, str))


def _items(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name and value; a list repeats the name."""
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            yield name, item
