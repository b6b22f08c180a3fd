"""Parses a request: form fields with their allowed values, and the picture, URL or PDF page."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.baidu.ocr.errors import (
    EMPTY_IMAGE,
    IMAGE_FORMAT,
    MISSING,
    SERVICE_NOT_SUPPORTED,
    URL_FORMAT,
    URL_SIZE,
)

MEGABYTE = 1024 * 1024
_LANGUAGES = "CHN_ENG ENG JAP KOR FRE SPA POR GER ITA RUS"
BASIC_LANGUAGES = frozenset(_LANGUAGES.split())
_MORE = "auto_detect DAN DUT MAL SWE IND POL ROM TUR GRE HUN THA VIE ARA HIN"
MORE_LANGUAGES = BASIC_LANGUAGES | frozenset(_MORE.split())
GRANULARITIES = frozenset({"big", "small"})
WORD_OR_LETTER = frozenset({"word", "letter"})
BOOLEAN = frozenset({"true", "false"})
_MAX_URL = 1024
_MIN_SIDE = 15
_FORMATS = frozenset({"JPEG", "PNG", "BMP"})
_RESERVED = re.compile(r"[+/=]")


class Fields(msgspec.Struct, frozen=True):
    """The values of a request in force, by name; booleans are "true" or "false". `no_idcard` is the
    option of that name.
    """

    values: Mapping[str, str]
    page: int = 0
    no_idcard: str = "error"

    def flag(self, name: str) -> bool:
        return self.values.get(name) == "true"

    @property
    def small(self) -> bool:
        """True if characters are asked for."""
        return self.values.get("recognize_granularity") == "small"


class Rules(msgspec.Struct, frozen=True):
    """What an operation accepts: `allowed` values by field, the longest side in px, and megabytes
    of a picture after base64 and percent-encoding; `required` fields; `files`: PDF documents too.

    `handwriting` chooses the reader; `turned` finds text at any angle in every request, `rules`
    the drawn lines of tables, `colors` the colours around lines, and `pixels` keeps the picture
    for parts that are cut out of it.
    """

    allowed: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)
    max_side: int = 4096
    megabytes: int = 8
    handwriting: bool = False
    required: tuple[str, ...] = ()
    files: bool = True
    turned: bool = False
    rules: bool = False
    colors: bool = False
    pixels: bool = False

    def parse(self, request: Request) -> OcrRequest[Fields]:
        """Raises `ApiError` for a value that is not allowed, or a missing or too large picture."""
        form = form_fields(request)
        for name in self.required:
            if not form.get(name):
                raise ApiError(MISSING, f"the form has no {name}", name=name)
        values = {
            name: self._value(request, name, form[name], allowed)
            for name, allowed in self.allowed.items()
            if form.get(name)
        }
        source, page = self._source(request, form)
        limits = Limits(
            max_bytes=self.megabytes * MEGABYTE,
            min_side=_MIN_SIDE,
            max_side=self.max_side,
            formats=_FORMATS,
            page=page or None,
        )
        asked = (values.get("detect_direction"), values.get("multidirectional_recognize"))
        options = ReadOptions(
            turn=self.turned or "true" in asked,
            handwriting=self.handwriting,
            rules=self.rules,
            colors=self.colors,
        )
        extra = Fields(values, page, request.options["no_idcard"])
        return OcrRequest((source,), limits, extra, options, keep_pixels=self.pixels)

    def _value(self, request: Request, name: str, value: str, allowed: frozenset[str]) -> str:
        if allowed is BOOLEAN:
            lowered = value.strip().lower()
            if lowered not in BOOLEAN and request.options["booleans"] == "strict":
                raise ApiError(ErrorKind.BAD_PARAMETER, f"{name} is {value[:40]!r}")
            return "true" if lowered in ("true", "1") else "false"
        if value not in allowed:
            known = ", ".join(sorted(allowed))
            raise ApiError(ErrorKind.BAD_PARAMETER, f"{name} is {value[:40]!r}, not one of {known}")
        return value

    def _source(self, request: Request, form: Mapping[str, str]) -> tuple[Source, int]:
        """The picture and its page: `image` before `url`, `pdf_file` and `ofd_file`."""
        if "image" in form:
            return self._inline(request, form["image"], "image"), 0
        if "url" in form:
            return _remote(form["url"].strip()), 0
        if not self.files:
            raise ApiError(ErrorKind.NO_IMAGE, "the form has neither image nor url")
        if "pdf_file" in form:
            return self._inline(request, form["pdf_file"], "pdf_file"), _page(form)
        if "ofd_file" in form:
            raise ApiError(SERVICE_NOT_SUPPORTED, "this server does not read OFD documents")
        detail = "the form has neither image, url, pdf_file nor ofd_file"
        raise ApiError(ErrorKind.NO_IMAGE, detail)

    def _inline(self, request: Request, text: str, name: str) -> Inline:
        if not text:
            raise ApiError(EMPTY_IMAGE, f"{name} is empty")
        limit = (4 if request.options["limits"] == "legacy" else self.megabytes) * MEGABYTE
        encoded = len(text) + 2 * len(_RESERVED.findall(text))
        if encoded > limit:
            detail = (
                f"{name} has {encoded} bytes after base64 and percent-encoding; {limit} allowed"
            )
            raise ApiError(ErrorKind.IMAGE_TOO_LARGE, detail)
        if " " in text:
            detail = f"the base64 of {name} holds blanks: its + was not percent-encoded"
            raise ApiError(IMAGE_FORMAT, detail)
        return Inline(base64=text, location=name)


def form_fields(request: Request) -> Mapping[str, str]:
    """The first value of each field. observed: multipart with text fields works too.

    Raises `ApiError(BAD_BODY)` for a broken multipart body.
    """
    return request.cached(_form_fields)


def _form_fields(request: Request) -> Mapping[str, str]:
    if request.content_type == "multipart/form-data":
        pairs = [(part.name, part.text) for part in request.parts()]
    else:
        pairs = list(request.form_fields())
    return dict(reversed(pairs))


def _remote(url: str) -> Remote:
    if not url or len(url.encode()) > _MAX_URL:
        raise ApiError(URL_SIZE, f"url has {len(url.encode())} bytes; 1 to {_MAX_URL} are allowed")
    if not url.lower().startswith(("http://", "https://")):
        raise ApiError(URL_FORMAT, f"url begins with {url[:20]!r}")
    return Remote(url, location="url")


def _page(form: Mapping[str, str]) -> int:
    text = form.get("pdf_file_num", "").strip() or "1"
    if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0):
        raise ApiError(ErrorKind.BAD_PARAMETER, f"pdf_file_num is {text[:40]!r}")
    return int(text[:9])
