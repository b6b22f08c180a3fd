"""The text fields of a request to the platform, exactly as the client sent and signed them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from mockocr.core.http import Request

Fields = Mapping[str, Sequence[str]]


def text_fields(request: Request) -> Fields:
    """Every text field by name, decoded once; a JSON number keeps its digits.

    `ApiError(BAD_BODY)` if the body is not what its type claims.
    """
    return request.cached(_text_fields)


def _text_fields(request: Request) -> Fields:
    pairs: list[tuple[str, str]] = []
    match request.content_type:
        case "multipart/form-data":
            pairs = [(part.name, part.text) for part in request.parts() if part.filename is None]
        case "application/x-www-form-urlencoded":
            pairs = list(request.form_fields())
        case "application/json":
            request.json()  # raises for a body that is not a JSON object
            for name, value in json.loads(request.body, parse_int=str, parse_float=str).items():
                items = value if isinstance(value, list) else [value]
                pairs += [(name, item) for item in items if isinstance(item, str)]
    fields: dict[str, list[str]] = {}
    for name, text in pairs:
        fields.setdefault(name, []).append(text)
    return fields
