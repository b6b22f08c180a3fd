"""What a request for cards asks for: several pictures at once, as files or by their URLs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.tencent import parse
from mockocr.vendors.tencent.card_errors import EMPTY_URL, NO_PICTURE, TOO_HEAVY, TOO_MANY
from mockocr.vendors.tencent.errors import TOO_LONG

MOST = 20
"""Pictures in a request. doc: identity card page."""

FILE_LIMIT = 1024 * 1024
"""Bytes of one file. doc: the same page, in its table of codes."""


def id_card(request: Request) -> OcrRequest:
    """`extra["back"]`: the side with the emblem is meant. The page's sample has an appid that is a
    number, and so may the request.
    """
    ask, fields = _cards(request)
    side = str(fields.get("card_type", "0")).strip()
    if side not in ("0", "1"):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"card_type is {side[:40]!r}, not 0 or 1")
    return replace(ask, extra={**ask.extra, "back": side == "1"})


def name_card(request: Request) -> OcrRequest:
    """`extra["image"]`: the pictures are to be given back."""
    ask, fields = _cards(request)
    return replace(ask, extra={**ask.extra, "image": str(fields.get("ret_image", "0")) == "1"})


def business_card(request: Request) -> OcrRequest:
    """Nothing but the pictures."""
    return _cards(request)[0]


def _cards(request: Request) -> tuple[OcrRequest, parse.Fields]:
    fields = parse.fields_of(request)
    appid = parse.checked(request, fields, number=True)
    sources = _sources(request, fields)
    if not sources:
        raise ApiError(NO_PICTURE, "the body has neither url_list nor a part called image…")
    if len(sources) > MOST:
        raise ApiError(TOO_MANY, f"there are {len(sources)} pictures, {MOST} are allowed")
    return OcrRequest(sources, parse.options_of(request), {"appid": appid}), fields


def _sources(request: Request, fields: parse.Fields) -> tuple[Source, ...]:
    """URLs win over files; files come in the order of their parts' names."""
    urls = fields.get("url_list")
    if urls:
        return tuple(_remote(url) for url in (urls if isinstance(urls, list) else [urls]))
    if request.content_type != "multipart/form-data":
        return ()
    parts = [part for part in request.parts() if part.name.startswith("image")]
    for part in parts:
        if len(part.data) > FILE_LIMIT:
            detail = f"{part.name[:40]!r} has {len(part.data)} bytes, {FILE_LIMIT} are allowed"
            raise ApiError(TOO_HEAVY, detail)
    ordered = sorted(parts, key=lambda part: part.name)
    return tuple(Inline(data=part.data, name=part.filename or "") for part in ordered)


def _remote(url: Any) -> Remote:
    if not isinstance(url, str):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"url_list holds a {type(url).__name__}")
    if not url:
        raise ApiError(EMPTY_URL, "url_list holds an empty text")
    if len(url) > parse.MAX_URL:
        raise ApiError(TOO_LONG, f"a URL has {len(url)} characters, {parse.MAX_URL} are allowed")
    return Remote(url)
