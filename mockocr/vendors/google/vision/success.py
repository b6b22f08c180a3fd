"""Renders a successful response: partial if `fields` asks, enums as the client wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.grpc import Field
from mockocr.core.http import Request, Response
from mockocr.vendors.google.vision.field_mask import masked
from mockocr.vendors.google.vision.message_types import message_types, snake_case
from mockocr.vendors.google.vision.rendering import render_json


def render_message(
    request: Request, document: Mapping[str, Any], message: str, **response: Any
) -> Response:
    """HTTP 200 with a message of that type; `ApiError(BAD_MASK)` for a wrong `fields`.

    `code`, `why` and `units` of the response may be given.
    """
    shown = masked(request, document, message)
    if _wants_numbers(request):
        shown = _numbered(shown, message)
    return render_json(request, shown, **{"code": "OK", **response})


def _wants_numbers(request: Request) -> bool:
    """sdk: the clients for REST send `$alt=json;enum-encoding=int`."""
    forms = (request.query_value(name) for name in ("$alt", "alt"))
    return any("enum-encoding=int" in form for form in forms)


def _numbered(value: Any, message: str) -> Any:
    """The message with its enums as numbers."""
    fields = message_types().messages.get(message)
    if fields is None or not isinstance(value, Mapping):
        return value
    return {name: _value(item, fields.get(snake_case(name))) for name, item in value.items()}


def _value(value: Any, field: Field | None) -> Any:
    if field is None:
        return value
    if isinstance(value, list):
        return [_value(item, field) for item in value]
    names = message_types().enums.get(field.type)
    if names is not None:
        return names.get(value, value)
    return _numbered(value, field.type)
