"""Requests for one picture, by URL or inside the body; those for cards may have several."""

from __future__ import annotations

from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.core.urls import is_http_url
from mockocr.vendors.tencent.legacy.body import (
    LIMITS,
    MAX_URL,
    Fields,
    body_fields,
    check_target,
)
from mockocr.vendors.tencent.legacy.errors import BAD_URL, NOTHING_SENT, TOO_LONG


class SingleImage(msgspec.Struct, frozen=True):
    """What the response needs from the request: its session id begins with the appid."""

    appid: str


def parse_single_image(
    request: Request, *, handwriting: bool = False, limits: Limits = LIMITS
) -> OcrRequest[SingleImage]:
    """Checks appid, signed target and bucket, then finds the picture: `url` wins over `image`."""
    fields = body_fields(request)
    appid = check_target(request, fields)
    options = ReadOptions(turn=request.options["turn"] == "on", handwriting=handwriting)
    return OcrRequest((_source(fields),), limits, SingleImage(appid), options)


def _source(fields: Fields) -> Source:
    url, image = fields.get("url"), fields.get("image")
    if url:
        return _remote(url)
    if image is None:
        raise ApiError(NOTHING_SENT, "the body has neither url nor image")
    if not isinstance(image, Inline):
        detail = f"image has the type {type(image).__name__} and must be a string"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail)
    if not image.data and not image.base64:
        raise ApiError(ErrorKind.NO_IMAGE, "image is empty")
    return image


def _remote(url: Any) -> Remote:
    if not isinstance(url, str):
        detail = f"url has the type {type(url).__name__} and must be a string"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail)
    if len(url) > MAX_URL:
        raise ApiError(TOO_LONG, f"url has {len(url)} characters, {MAX_URL} are allowed")
    if not is_http_url(url):
        raise ApiError(BAD_URL, f"url {url[:120]!r} is not an http or https URL")
    return Remote(url, location="url")
