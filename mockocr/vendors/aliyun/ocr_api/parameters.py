"""Where a request has its action, version, credentials and parameters.

A request signed with ACS3 has the common parameters in `x-acs-` headers, an RPC request has them
in its query or urlencoded form. The action's own parameters are always in the query (or form).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.urlencoded import Pairs

VERSION = "2021-07-07"
FORM = "application/x-www-form-urlencoded"
ACS3_HEADERS = ("x-acs-action", "x-acs-version", "x-acs-signature-nonce", "x-acs-content-sha256")

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
"""sdk: Python writes True and False, Node true and false. guess: 1 and 0."""


def is_aliyun_request(request: Request) -> bool:
    """True for a request in the vendor's style. Other vendors have an `Action` at `/` too, but
    none with an `AccessKeyId` or this version.
    """
    if is_acs3(request) or any(request.has_header(name) for name in ACS3_HEADERS):
        return True
    fields = request.cached(_lenient_fields)
    named = "Action" in fields or "Signature" in fields
    return named and ("AccessKeyId" in fields or fields.get("Version") == VERSION)


def is_acs3(request: Request) -> bool:
    """True if the Authorization header decides who calls."""
    return request.header("authorization").lstrip().startswith("ACS3-")


def action_name(request: Request) -> str:
    """The action that the request names, empty if none. sdk: RPC requests of the SDKs have the
    headers too.
    """
    named = request.header("x-acs-action").strip()
    return named or request.cached(_lenient_fields).get("Action", "").strip()


def version(request: Request) -> str:
    """The version that the request names, empty if none."""
    named = request.header("x-acs-version").strip()
    return named or request.cached(_lenient_fields).get("Version", "").strip()


def access_key_id(request: Request) -> str:
    """The AccessKeyId of an RPC request, empty if it has none."""
    return request.cached(_lenient_fields).get("AccessKeyId", "").strip()


def pairs_of(request: Request) -> Pairs:
    """The decoded pairs of the query and of a urlencoded form.

    Raises `ApiError(BAD_BODY)` for more than a thousand of them.
    """
    form = request.form_fields() if request.content_type == FORM else ()
    return (*request.query_fields(), *form)


def fields_of(request: Request) -> Mapping[str, str]:
    """The first value of each parameter; use it through `request.cached`."""
    return dict(reversed(pairs_of(request)))


def flag(request: Request, name: str, default: bool = False) -> bool:
    """A boolean parameter; `ApiError(BAD_PARAMETER)` for another value."""
    text = request.cached(fields_of).get(name, "").strip()
    return _boolean(name, text, default) if text else default


def integer(request: Request, name: str, default: int) -> int:
    """A whole number from 1; `ApiError(BAD_PARAMETER)` for another value."""
    text = request.cached(fields_of).get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text)):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"{name} is {text[:40]!r}", name=name)
    return int(text)


def config(request: Request, name: str) -> Mapping[str, Any]:
    """A parameter that holds a JSON object; empty without it; `ApiError(BAD_PARAMETER)`."""
    text = request.cached(fields_of).get(name, "").strip()
    if not text:
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"{name} is not a JSON object", name=name)
    return value


def config_flag(name: str, values: Mapping[str, Any], key: str) -> bool:
    """A boolean of such an object, false without it; `ApiError(BAD_PARAMETER)`."""
    value = values.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    return _boolean(f"{name}.{key}", str(value), False)


def _boolean(name: str, text: str, default: bool) -> bool:
    value = _BOOLEANS.get(text.lower())
    if value is None:
        detail = f"{name} is {text[:40]!r}, not true or false"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail, name=name)
    return value


def _lenient_fields(request: Request) -> Mapping[str, str]:
    """As `fields_of`, but empty if they cannot be decoded, which is said when they are used."""
    try:
        return request.cached(fields_of)
    except ApiError:
        return {}
