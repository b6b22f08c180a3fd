"""The parameters of a token request: the JSON body of `stable_token`, the query of `token`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.vendors.wechat.errors import DATA_FORMAT

STABLE_PATH = "/cgi-bin/stable_token"


def token_fields(request: Request) -> Mapping[str, Any]:
    """`ApiError(BAD_BODY)` if the body is not a JSON object."""
    return request.cached(_fields)


def text_field(request: Request, name: str) -> str:
    """A parameter that must be text; empty if there is none."""
    value = token_fields(request).get(name)
    if value is not None and not isinstance(value, str):
        raise ApiError(DATA_FORMAT, f"{name} is a {type(value).__name__} and not text")
    return value or ""


def _fields(request: Request) -> Mapping[str, Any]:
    if request.path == STABLE_PATH:
        return request.json()
    return dict(reversed(request.query_fields()))
