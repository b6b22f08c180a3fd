"""What a Tencent OCR request asks for, in JSON or multipart, checked in the vendor's order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Part, Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.tencent import auth
from mockocr.vendors.tencent.errors import (
    BAD_URL,
    ILLEGAL_APPID,
    INVALID_REQUEST,
    NO_APPID,
    NO_BUCKET,
    NOTHING_SENT,
    OTHER_TARGET,
    TOO_LONG,
)

BODY_LIMIT = 6 * 1024 * 1024
"""The whole request body. doc: general page."""

MAX_URL = 2048
"""Characters. guess: the page documents a code for too long parameters, and no length."""

LIMITS = Limits(
    max_bytes=BODY_LIMIT,  # guess for downloads: what a body could have brought
    max_pixels=50_000_000,  # guess: no limit is documented, and memory has one
    # doc: no animated GIF; guess: no GIF at all, and every other common format.
    formats=frozenset({"JPEG", "PNG", "BMP", "WEBP", "TIFF"}),
)

_BOUNDARY = re.compile(r"""boundary=["']?[^"';\s]""", re.IGNORECASE)

Fields = Mapping[str, Any]


def general(request: Request) -> OcrRequest:
    """appid, signature's target, bucket, then url or image; `extra` holds the appid."""
    fields = fields_of(request)
    appid = checked(request, fields)
    return OcrRequest((_source(fields),), options_of(request), {"appid": appid})


def handwriting(request: Request) -> OcrRequest:
    """As `general`, for an engine that can tell handwriting."""
    ask = general(request)
    return replace(ask, options=replace(ask.options, handwriting=True))


def options_of(request: Request) -> ReadOptions:
    """How the pictures are to be read."""
    return ReadOptions(turn=request.choices.get("turn", "off") == "on")


def checked(request: Request, fields: Fields, *, number: bool = False) -> str:
    """The body's appid, right in form and for the signature, as is the bucket. `number`: a JSON
    number will do.
    """
    appid = _appid(request, fields, number)
    signed = auth.read(request).fields
    if appid != signed["a"]:
        detail = f"the body is for appid {appid}, the signature for {signed['a']}"
        raise ApiError(OTHER_TARGET, detail)
    _check_buckets(request, fields, signed.get("b", ""))
    return appid


def fields_of(request: Request) -> Fields:
    """The body's fields by name, the picture already an `Inline`; of two with one name the
    first.
    """
    kind = request.content_type
    if kind == "multipart/form-data":
        if not _BOUNDARY.search(request.header("content-type")):
            raise ApiError(INVALID_REQUEST, "the multipart Content-Type has no boundary")
        return {part.name: _part_value(part) for part in reversed(request.parts())}
    # An official client posts JSON without any Content-Type.
    if kind not in ("application/json", ""):
        detail = f"the Content-Type {kind} is neither application/json nor multipart/form-data"
        raise ApiError(ErrorKind.BAD_BODY, detail)
    return {name: _json_value(name, value) for name, value in request.json().items()}


def _part_value(part: Part) -> Inline | str:
    """Only the name says which part is the picture: clients send filenames with plain fields, and
    pictures without one.
    """
    if part.name == "image":
        return Inline(data=part.data, name=part.filename or "")
    return part.text


def _json_value(name: str, value: Any) -> Any:
    if name == "image" and isinstance(value, str):
        return Inline(base64=value)
    return value


def _appid(request: Request, fields: Fields, number: bool) -> str:
    appid = fields.get("appid")
    number = number or request.choices.get("appid_number", "refused") == "accepted"
    if type(appid) is int and number:
        appid = str(appid)
    if not isinstance(appid, str) or not appid:
        kind = type(appid).__name__
        why = "empty" if appid == "" else f"of type {kind}, and must be a string"
        detail = "the body has no appid" if appid is None else f"the body's appid is {why}"
        raise ApiError(NO_APPID, detail)
    if not re.fullmatch(r"[0-9]{1,20}", appid):
        raise ApiError(ILLEGAL_APPID, f"the body's appid {appid[:40]!r} is not a decimal number")
    return appid


def _check_buckets(request: Request, fields: Fields, signed: str) -> None:
    """Only where buckets are configured: clients put anything into a bucket, and it works."""
    known = [name for name in request.choices.get("buckets", "").split(",") if name]
    if not known:
        return
    sent = fields.get("bucket")
    named = sent if isinstance(sent, str) else ""
    for bucket in (named, signed):
        if bucket and bucket not in known:
            raise ApiError(
                NO_BUCKET, f"the bucket {bucket[:80]!r} is not one of {', '.join(known)}"
            )
    if named and signed and named != signed:
        detail = f"the body is for bucket {named}, the signature for {signed}"
        raise ApiError(OTHER_TARGET, detail)


def _source(fields: Fields) -> Source:
    url, image = fields.get("url"), fields.get("image")
    if url:
        return _remote(url)
    if image is None:
        raise ApiError(NOTHING_SENT, "the body has neither url nor image")
    if not isinstance(image, Inline):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"image is of type {type(image).__name__}")
    if not image.data and not image.base64:
        raise ApiError(ErrorKind.NO_IMAGE, "image is empty")
    return image


def _remote(url: Any) -> Remote:
    if not isinstance(url, str):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"url is of type {type(url).__name__}")
    if len(url) > MAX_URL:
        raise ApiError(TOO_LONG, f"url has {len(url)} characters, {MAX_URL} are allowed")
    if not _is_web_address(url):
        raise ApiError(BAD_URL, f"url {url[:120]!r} is not an http or https address")
    return Remote(url)


def _is_web_address(url: str) -> bool:
    try:
        url.encode()  # a lone surrogate cannot be sent
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    plain = all(c > " " and c != "\x7f" for c in url)
    return plain and parts.scheme in ("http", "https") and bool(host) and port != 0
