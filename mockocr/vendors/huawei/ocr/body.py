"""The JSON body that the OCR operations share: the picture in it, and fields of a known type.

The documents give no order of checks; the one here (length, JSON, presence, both, types, picture,
URL) is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.urls import is_http_url
from mockocr.vendors.huawei.ocr.errors import BAD_PARAMETER
from mockocr.vendors.huawei.ocr.platform_errors import (
    BODY_LENGTH,
    DOWNLOAD_FAILED,
    EMPTY_BODY,
    URL_NOT_ALLOWED,
)

_MAX_BASE64 = 10 * 1024 * 1024
_CONTENT_TYPES = ("image/*", "application/octet-stream", "application/pdf")
"""doc: FAQ on ModelArts.4603, which lists picture types; the two others are a guess."""

_OBS_URL = re.compile(
    r"https?://(?:[^/?#]*[.@])?obs\.(?:[^/?#@:]+\.)?myhuaweicloud\.com(?::\d*)?(?:[/?#]|$)",
    re.IGNORECASE,
)
_NOT_ENCODED = re.compile(r"[^!-~]")
"""Blanks, control characters and everything beyond ASCII."""


class JsonBody(msgspec.Struct, frozen=True):
    """The fields of a body. `image` is base64 text, `url` where the picture can be downloaded; one
    of the two is empty.

    Every method raises `ApiError` with AIS.0101 for a value of the wrong type.
    """

    fields: Mapping[str, Any]
    image: str
    url: str

    @property
    def in_obs(self) -> bool:
        """True if the picture is stored in OBS, Huawei's object storage."""
        return _OBS_URL.match(self.url) is not None

    def source(self) -> Source:
        """The picture. `ApiError` with ModelArts.4601 for a URL that is none, and with 4603 for one
        that is not percent-encoded.

        Read the other fields first: a wrong field is reported before a wrong URL.
        """
        if self.image:
            return Inline(base64=self.image, location="image")
        if not is_http_url(_NOT_ENCODED.sub("_", self.url.strip())):
            detail = f"{self.url[:80]!r} is not an http or https URL"
            raise ApiError(URL_NOT_ALLOWED, detail)
        if _NOT_ENCODED.search(self.url):
            detail = "the URL contains characters that must be percent-encoded"
            raise ApiError(DOWNLOAD_FAILED, detail)
        return Remote(self.url, location="url")

    def switch(self, name: str, default: bool = False) -> bool:
        """A boolean field; null counts as absent."""
        value = self.fields.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise wrong_field(name, "true or false", value)
        return value

    def one_of(self, name: str, allowed: Collection[str], default: str) -> str:
        """A string field with one of the allowed values; null counts as absent."""
        value = self.fields.get(name)
        if value is None:
            return default
        if not isinstance(value, str) or value not in allowed:
            raise wrong_field(name, f"one of {', '.join(sorted(allowed))}", value)
        return value

    def page_number(self, name: str) -> int:
        """A page counted from 1, which is also the default."""
        value = self.fields.get(name)
        if value is None:
            return 1
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise wrong_field(name, "an integer of at least 1", value)
        return value


def parse_body(request: Request) -> JsonBody:
    """The body, once its length, its JSON and the presence of one picture have been checked."""
    if not request.body:
        raise ApiError(EMPTY_BODY, "the body is empty")
    fields = request.json()
    image, url = _text(fields, "image"), _text(fields, "url")
    if len(image) > _MAX_BASE64:
        detail = f"the base64 text has {len(image)} characters; {_MAX_BASE64} are allowed"
        raise ApiError(BODY_LENGTH, detail)
    if not image and not url:
        raise ApiError(ErrorKind.NO_IMAGE, "the body has neither image nor url")
    if image and url:
        raise ApiError(BAD_PARAMETER, "the body has both image and url; one of them is allowed")
    return JsonBody(fields, image, url)


def picture_limits(
    min_side: int,
    max_side: int,
    formats: frozenset[str],
    *,
    max_pixels: int = Limits().max_pixels,
    page: int | None = None,
) -> Limits:
    """Limits with sides in pixels; every operation accepts 10 MB of base64, or a file of that size
    in base64.
    """
    return Limits(
        max_bytes=_MAX_BASE64 // 4 * 3,
        max_base64=_MAX_BASE64,
        min_side=min_side,
        max_side=max_side,
        max_pixels=max_pixels,
        formats=formats,
        page=page,
        content_types=_CONTENT_TYPES,
    )


def wrong_field(name: str, wanted: str, value: object) -> ApiError:
    return ApiError(BAD_PARAMETER, f"{name} must be {wanted}, but is {str(value)[:60]!r}")


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong_field(name, "a string", value)
    return value
