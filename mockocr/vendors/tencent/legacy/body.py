"""The fields of a request to the legacy API, in JSON or multipart, and the checks that all
operations share, in the vendor's order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Part, Request
from mockocr.core.image import Inline, Limits
from mockocr.vendors.tencent.legacy.errors import (
    ILLEGAL_APPID,
    INVALID_REQUEST,
    NO_APPID,
    NO_BUCKET,
    OTHER_TARGET,
)
from mockocr.vendors.tencent.legacy.signature import parse_authorization

BODY_LIMIT = 6 * 1024 * 1024
"""The whole request body, in bytes. doc: general page."""

MAX_URL = 2048
"""Characters. guess: the page documents a code for too long parameters, and no length."""

LIMITS = Limits(
    max_bytes=BODY_LIMIT,  # guess for downloads: as much as a body can hold
    max_pixels=50_000_000,  # guess: no limit is documented, but memory needs one
    # doc: no animated GIF; guess: no GIF at all, and every other common format.
    formats=frozenset({"JPEG", "PNG", "BMP", "WEBP", "TIFF"}),
)

_BOUNDARY = re.compile(r"""boundary=["']?[^"';\s]""", re.IGNORECASE)

Fields = Mapping[str, Any]


def body_fields(request: Request) -> Fields:
    """The fields of the body by name, the picture as an `Inline`; the first of two with one name.

    Raises `ApiError` BAD_BODY, or code 3 for a multipart body without a boundary.
    """
    kind = request.content_type
    if kind == "multipart/form-data":
        if not _BOUNDARY.search(request.header("content-type")):
            raise ApiError(INVALID_REQUEST, "the multipart Content-Type has no boundary")
        return {part.name: _part_value(part) for part in reversed(request.parts(unclosed=True))}
    # An official client posts JSON without any Content-Type.
    if kind not in ("application/json", ""):
        detail = f"the Content-Type {kind} is neither application/json nor multipart/form-data"
        raise ApiError(ErrorKind.BAD_BODY, detail)
    return {name: _json_value(name, value) for name, value in request.json().items()}


def check_target(request: Request, fields: Fields, *, accept_number: bool = False) -> str:
    """The appid of the body, after checking it and the bucket against the signature.

    `accept_number`: the appid may be a JSON number, whatever the option `appid_number` says.
    """
    accept_number = accept_number or request.options["appid_number"] == "accepted"
    appid = _appid(fields, accept_number)
    signed = request.cached(parse_authorization).fields
    if appid != signed["a"]:
        detail = f"the body has the appid {appid}, the signature {signed['a']}"
        raise ApiError(OTHER_TARGET, detail)
    _check_buckets(request, fields, signed.get("b", ""))
    return appid


def _part_value(part: Part) -> Inline | str:
    """Only the name says which part is the picture: clients send file names with plain fields, and
    pictures without one.
    """
    if part.name == "image":
        return Inline(data=part.data, name=part.filename or "", location="image")
    return part.text


def _json_value(name: str, value: Any) -> Any:
    if name == "image" and isinstance(value, str):
        return Inline(base64=value, location="image")
    return value


def _appid(fields: Fields, accept_number: bool) -> str:
    appid = fields.get("appid")
    if type(appid) is int and accept_number:
        appid = str(appid)
    if not isinstance(appid, str) or not appid:
        kind = type(appid).__name__
        problem = "is empty" if appid == "" else f"has the type {kind} and must be a string"
        detail = "the body has no appid" if appid is None else f"the appid of the body {problem}"
        raise ApiError(NO_APPID, detail)
    if not re.fullmatch(r"[0-9]{1,20}", appid):
        detail = f"the appid {appid[:40]!r} of the body is not a decimal number"
        raise ApiError(ILLEGAL_APPID, detail)
    return appid


def _check_buckets(request: Request, fields: Fields, signed: str) -> None:
    """Only where buckets are configured: real clients send any bucket name, and it works."""
    known = [name for name in request.options["buckets"].split(",") if name]
    if not known:
        return
    bucket = fields.get("bucket")
    sent = bucket if isinstance(bucket, str) else ""
    for name in (sent, signed):
        if name and name not in known:
            detail = f"the bucket {name[:80]!r} is not one of {', '.join(known)}"
            raise ApiError(NO_BUCKET, detail)
    if sent and signed and sent != signed:
        detail = f"the body has the bucket {sent}, the signature {signed}"
        raise ApiError(OTHER_TARGET, detail)
