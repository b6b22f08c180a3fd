"""Parses a request: where the picture is, and how it is read and rendered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Part, Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.ocr_space.api.errors import (
    BASE64,
    FILE_EXTENSION,
    FILE_TYPE,
    PARAMETER_NAME,
    PARAMETER_VALUE,
)
from mockocr.vendors.ocr_space.api.fields import NAMES, Fields, fields_of
from mockocr.vendors.ocr_space.api.options import plan_of

_CODES = (
    "ara bul chs cht hrv cze dan dut eng fin fre ger gre hun kor ita jpn pol por rus slv spa swe"
    " tur"
)
_LANGUAGES = frozenset(_CODES.split())
LANGUAGES = {
    "1": _LANGUAGES,
    "2": _LANGUAGES | {"auto"},
    "3": _LANGUAGES | {"auto", "hin", "kan", "per", "tel", "tam", "tai", "vie", "heb"},
}
"""doc: ocr.space/ocrapi, the languages of each engine."""
FILE_TYPES = {
    "pdf": "PDF",
    "gif": "GIF",
    "png": "PNG",
    "jpg": "JPG",
    "jpeg": "JPG",
    "jpe": "JPG",
    "tif": "TIF",
    "tiff": "TIF",
    "bmp": "BMP",
    "webp": "WEBP",
}
"""Extension → value of `filetype`. doc: the values on the right."""
MAX_SIDE = 10_000
_SHOWN = 100
"""Characters of an unknown name that the refusal repeats."""
_EXTENSION = re.compile(r"\.(\w{1,5})$")
_MEDIA_TYPE = re.compile(r"(?:image|application)/(?:x-)?(?:ms-)?([\w-]+)")
_DATA_URL = re.compile(r"data:(image|application)/([\w.+-]+);base64,", re.IGNORECASE)


class Wanted(msgspec.Struct, frozen=True):
    """What the response shall hold, and the engine whose form it has."""

    engine: str
    overlay: bool
    table: bool
    pdf: bool


def parse(request: Request) -> OcrRequest[Wanted]:
    """The picture and the options of a request. Raises `ApiError` for a wrong parameter."""
    fields = fields_of(request)
    engine = _engine(fields)
    language = fields.values.get("language", "").strip() or "eng"
    if language.lower() not in LANGUAGES[engine]:
        raise _invalid("language", f"engine {engine} has no language {language!r}")
    plan = plan_of(request)
    limits = Limits(
        max_bytes=plan.kilobytes * 1024,
        max_side=MAX_SIDE,
        max_pixels=MAX_SIDE * MAX_SIDE,
        data_url=True,
        frames=True,
    )

    def pages(count: int) -> Sequence[int]:
        return range(1, min(count, plan.pages) + 1)

    wanted = Wanted(
        engine,
        fields.flag("isoverlayrequired"),
        fields.flag("istable"),
        fields.flag("iscreatesearchablepdf"),
    )
    return OcrRequest(
        (_source(fields),),
        limits,
        wanted,
        ReadOptions(turn=fields.flag("detectorientation"), rules=wanted.table),
        pages,
        keep_pixels=wanted.pdf,
    )


def _engine(fields: Fields) -> str:
    engine = fields.values.get("ocrengine", "").strip() or "1"
    if engine not in LANGUAGES:
        raise _invalid("OCREngine", f"there is no engine {engine!r}")
    return engine


def _invalid(name: str, detail: str) -> ApiError:
    return ApiError(PARAMETER_VALUE, detail, name=name)


def _source(fields: Fields) -> Source:
    """The picture: `base64Image` before `url`, because a client keeps the URL of its last request.

    sdk: `ocrspace` for Python.
    """
    values = fields.values
    text, url = values.get("base64image", ""), values.get("url", "").strip()
    if fields.file is not None and (text or url):
        _refuse_name("file", "a file and another picture came in one request")
    for name in values:
        if name not in NAMES:
            shown = fields.sent[name][:_SHOWN]
            _refuse_name(shown, f"there is no parameter {shown!r}")
    kind = _declared(values.get("filetype", ""))
    if fields.file is not None:
        _require_type(kind or _of_file(fields.file), f"the file {fields.file.filename!r}")
        return Inline(fields.file.data, name=fields.file.filename or "", location=fields.file.name)
    if text:
        if _DATA_URL.match(text) is None:
            raise ApiError(BASE64, "base64Image does not start with data:<mime>;base64,")
        return Inline(base64=text, location=fields.sent["base64image"])
    if url:
        path = unquote(urlsplit(url).path) if "://" in url else ""
        _require_type(kind or _of_name(path), f"the URL {url[:200]!r}")
        return Remote(url, location=fields.sent["url"])
    raise ApiError(ErrorKind.NO_IMAGE, "there is no file, url or base64Image")


def _refuse_name(name: str, detail: str) -> None:
    raise ApiError(PARAMETER_NAME, detail, name=name)


def _declared(value: str) -> str:
    """The declared type; empty without one."""
    kind = value.strip().lower().removeprefix(".")
    if kind and kind not in FILE_TYPES:
        raise _invalid("filetype", f"there is no file type {value!r}")
    return kind


def _of_file(part: Part) -> str:
    name = _of_name(part.filename or "")
    match = _MEDIA_TYPE.match(part.content_type.lower())
    return name or (match[1] if match and match[1] != "octet-stream" else "")


def _of_name(name: str) -> str:
    match = _EXTENSION.search(name)
    return match[1].lower() if match else ""


def _require_type(kind: str, what: str) -> None:
    if not kind:
        raise ApiError(FILE_EXTENSION, f"{what} has no extension, and no filetype came with it")
    if kind not in FILE_TYPES:
        raise ApiError(FILE_TYPE, f"{what} is of the type {kind!r}")
