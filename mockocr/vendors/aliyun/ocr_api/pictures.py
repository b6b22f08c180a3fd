"""The picture of a request: its body, or a URL; and which pictures are accepted."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.core.operation import ImageResult, Pages, single_result
from mockocr.core.recognition import Recognition
from mockocr.core.urls import is_http_url
from mockocr.vendors.aliyun.ocr_api.errors import BAD_URL, URL_TOO_LONG
from mockocr.vendors.aliyun.ocr_api.parameters import FORM, fields_of

MAX_BYTES = 10 * 1024 * 1024
MAX_URL = 2048
MAX_RATIO = 50
"""doc: the longer side must be less than 50 times the shorter one."""
_FORMATS = frozenset({"PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP"})
_LONGEST_SIDE = 8191


def limits(request: Request, *, pdf: bool = False) -> Limits:
    """doc: a side is longer than 15 px and shorter than 8192 px, the file has at most 10 MB."""
    return Limits(
        max_bytes=MAX_BYTES,
        min_side=int(request.options["smallest_side"]) + 1,
        max_side=_LONGEST_SIDE,
        formats=_FORMATS,
        page=1 if pdf else None,
    )


def source(request: Request) -> Source:
    """The picture; `ApiError` if there is none, or if the URL is too long or malformed.

    A form is no picture. The body is judged by its bytes and not by its type.
    """
    url = request.cached(fields_of).get("Url", "").strip()
    body = b"" if request.content_type == FORM else request.body
    if url and body and request.options["url_and_body"] == "refuse":
        detail = "the request has both Url and a body; one is allowed"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail, name="Url")
    if body:
        if request.content_type == "multipart/form-data":
            detail = "the body is a multipart form; the picture must be the whole body"
            raise ApiError(ErrorKind.IMAGE_FORMAT, detail)
        return Inline(data=body, location="body")
    if not url:
        raise ApiError(ErrorKind.NO_IMAGE, "the request has neither Url nor a body")
    if len(url) > MAX_URL:
        detail = f"Url has {len(url)} characters; {MAX_URL} are allowed"
        raise ApiError(URL_TOO_LONG, detail)
    if not is_http_url(url):
        raise ApiError(BAD_URL, f"Url {url[:80]!r} is not an http or https URL")
    return Remote(url, location="Url")


def chosen_page(number: int) -> Pages:
    """That page of a document. doc: the first one if the document has fewer pages."""
    return lambda count: (number if number <= count else 1,)


def read_picture(results: Sequence[ImageResult]) -> tuple[Image, Recognition]:
    """The picture and its text; raises its error, and `ApiError(IMAGE_SIZE)` for a narrow one."""
    image, recognition = single_result(results)
    if max(image.width, image.height) >= MAX_RATIO * min(image.width, image.height):
        detail = f"{image.width}x{image.height} px: one side is {MAX_RATIO} times the other"
        raise ApiError(ErrorKind.IMAGE_SIZE, detail)
    return image, recognition
