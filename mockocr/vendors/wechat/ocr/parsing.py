"""Parses a request: the picture at `img_url` in the query, or in the part `img` of the body."""

from __future__ import annotations

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.core.urls import is_http_url
from mockocr.vendors.wechat.errors import BAD_IMAGE_URL

LIMITS = Limits(
    max_bytes=2 * 1024 * 1024 - 1,
    formats=frozenset({"JPEG", "PNG", "BMP", "GIF"}),
)
"""doc: openpoc/ocr pages, less than 2 MB. guess: the formats."""


def parse(request: Request) -> OcrRequest[None]:
    """Raises `ApiError` if there is no picture, or a URL that is none."""
    return OcrRequest((_source(request),), LIMITS, None, ReadOptions(turn=True))


def _source(request: Request) -> Source:
    """doc: with `img_url`, `img` is not needed; that the URL wins over both is a guess."""
    url = request.query_value("img_url")
    if url:
        if not is_http_url(url):
            encoded = " (it is percent-encoded twice)" if "%3a" in url.lower() else ""
            raise ApiError(BAD_IMAGE_URL, f"img_url is {url[:40]!r} and no URL{encoded}")
        return Remote(url, location="img_url")
    if request.content_type == "multipart/form-data":
        sent = {part.name: part for part in reversed(request.parts()) if part.data}
        # observed: WxJava 4.7 calls the part `file`, and `media` is refused
        part = sent.get("img") or sent.get("file")
        if part is not None:
            return Inline(data=part.data, name=part.filename or "", location=part.name)
        raise ApiError(ErrorKind.NO_IMAGE, "the multipart body has no part img with a picture")
    if b"img_url" in request.body[:4096]:
        detail = "img_url is in the body; it is read from the query alone"
        raise ApiError(ErrorKind.NO_IMAGE, detail)
    raise ApiError(
        ErrorKind.NO_IMAGE, "the query has no img_url, and the body is not multipart with an img"
    )
