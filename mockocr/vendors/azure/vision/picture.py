"""Where the picture of a request is: the body itself, or the URL in its JSON."""

from __future__ import annotations

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Remote, Source
from mockocr.core.urls import is_http_url

BODY_LIMIT = 40 * 1024 * 1024
"""This server's own; Read takes 500 MB in S1."""
_FILES = {
    "application/octet-stream",
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/bmp",
    "image/tiff",
}


def require_media_type(request: Request, error: ErrorEntry) -> None:
    """`ApiError` with `error` unless the body says that it is a file, or JSON."""
    kind = request.content_type
    if kind not in _FILES and kind != "application/json":
        raise ApiError(error, f"the Content-Type is {kind[:80] or 'missing'}")


def source(request: Request, bad_url: ErrorEntry) -> Source:
    """The picture; `ApiError` with `bad_url` for a URL that is none."""
    if request.content_type in _FILES:
        if not request.body:
            raise ApiError(ErrorKind.NO_IMAGE, "the body is empty")
        return Inline(request.body, location="body")
    url = request.json().get("url")
    if not isinstance(url, str) or not is_http_url(url):
        shown = str(url)[:80].encode("utf-8", "replace").decode()
        raise ApiError(bad_url, f"url is {shown!r}, not an http or https URL")
    return Remote(url, location="url")
