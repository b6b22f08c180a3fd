"""The request's fields as text, in any of the encodings that clients use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from mockocr.core.http import Request


def body_fields(request: Request) -> Mapping[str, str]:
    """The parameters by name, the first of each name; JSON null counts as absent.

    A GET has them in the query, any other method in the body. Without a telling Content-Type the
    body is JSON if it starts with `{` and a form otherwise (official Node `SimpleClient` sends
    none). JSON values that are not text become JSON text. `ApiError(BAD_BODY)` if the body is not
    what it claims to be.
    """
    return request.cached(_body_fields)


def all_fields(request: Request) -> Mapping[str, str]:
    """Like `body_fields`; the query fills in what the body lacks (the guide names no place)."""
    return {**_first(request.query_fields()), **body_fields(request)}


def names(fields: Mapping[str, str]) -> str:
    """The names of the fields, for the journal."""
    return ", ".join(sorted(fields)[:8])[:120] or "none"


def _body_fields(request: Request) -> Mapping[str, str]:
    if request.method == "GET":
        return _first(request.query_fields())
    kind = request.content_type
    if kind == "multipart/form-data":
        return _first((part.name, part.text) for part in request.parts())
    is_form = kind.startswith("application/x-www-form-urlencoded")
    if kind == "application/json" or (not is_form and _looks_like_json(request.body)):
        return {k: _text(v) for k, v in request.json().items() if v is not None}
    return _first(request.form_fields())


def _looks_like_json(body: bytes) -> bool:
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
