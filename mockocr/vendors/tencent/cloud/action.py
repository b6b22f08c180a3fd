"""What every action of API 3.0 has in common: how its request is selected, checked and turned into
an `OcrRequest`.

Source: the pages of the actions (product 866) as the official SDK carries them (3.1.193).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorCause, ErrorEntry, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest, Operation, Pages, Parse, Render
from mockocr.core.urls import is_http_url
from mockocr.vendors.tencent.cloud.errors import (
    BAD_MULTIPART,
    BAD_VALUE,
    MISSING,
    NO_REGION,
    NO_VERSION,
    UNKNOWN,
    WRONG_TYPE,
)
from mockocr.vendors.tencent.cloud.parameters import (
    COMMON,
    action_name,
    common_parameter,
    has_common_headers,
    url_parameters,
    with_lists,
)

VERSION = "2018-11-19"

BODY_LIMIT = 10 * 1024 * 1024
"""Bytes of a POST signed with TC3. doc: 请求结构 (1130/46710)."""

QUERY_LIMIT = 32 * 1024
"""Characters of the query of a GET. doc: the same page."""

DOWNLOAD_SECONDS = 3.0

JPEG_PNG = frozenset({"PNG", "JPEG"})
JPEG_PNG_BMP = frozenset({"PNG", "JPEG", "BMP"})

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_REGION = re.compile(r"[a-z]{2}(-[a-z0-9]+){1,3}")

Fields = Mapping[str, Any]
ExtraT = TypeVar("ExtraT")


class Parameter(msgspec.Struct, frozen=True):
    """The type of a parameter. If `values` is not empty, any other value gets `error`."""

    kind: Literal["string", "boolean", "integer", "integers"]
    values: frozenset[str] = frozenset()
    error: ErrorEntry = BAD_VALUE


STRING, BOOLEAN, INTEGER = Parameter("string"), Parameter("boolean"), Parameter("integer")
INTEGERS = Parameter("integers")
PDF: Mapping[str, Parameter] = {"IsPdf": BOOLEAN, "PdfPageNumber": INTEGER}


class Action(msgspec.Struct, frozen=True, eq=False):
    """One value of `X-TC-Action`.

    `page` is the number of its documentation page, `own` its parameters by name, without those of
    the picture. `megabytes` bounds the picture as base64 text (a page's 7M or 10M, taken as
    1024 * 1024 bytes each: guess). Sides are in pixels.
    """

    name: str
    title: str
    page: int
    formats: frozenset[str] = JPEG_PNG
    megabytes: int = 10
    own: Mapping[str, Parameter] = msgspec.field(default_factory=dict)
    min_side: int = 1
    max_side: int = 30000

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """All parameters by name."""
        return {"ImageBase64": STRING, "ImageUrl": STRING, **self.own}

    def operation(self, name: str, parse: Parse, render: Render) -> Operation:
        """The operation that answers this action."""
        return Operation(
            name=name,
            methods=("POST", "GET"),
            path="/",
            source=f"{self.title} {self.name}, cloud.tencent.com/document/product/866/{self.page}",
            parse=parse,
            render=render,
            selects=self.is_named_in,
        )

    def is_named_in(self, request: Request) -> bool:
        """True if the request names this action."""
        return action_name(request) == self.name

    def fields(self, request: Request) -> Fields:
        """The parameters of the action by name, in their types; a JSON null counts as absent.

        Raises `ApiError` for a wrong version or region, and for a parameter that is unknown, has
        another type, or an invalid value.
        """
        _check_common(request)
        typed = {name: self._typed(name, value) for name, value in _sent_fields(request).items()}
        fields = {name: value for name, value in typed.items() if value is not None}
        for name, value in fields.items():
            parameter = self.parameters[name]
            if parameter.values and value and value not in parameter.values:
                valid = ", ".join(sorted(parameter.values))
                raise ApiError(parameter.error, f"{name} is {value[:40]!r}, not one of {valid}")
        if fields.get("PdfPageNumber") == 0:
            raise ApiError(BAD_VALUE, "PdfPageNumber is 0, but pages count from 1")
        return fields

    def ocr_request(
        self,
        fields: Fields,
        extra: ExtraT,
        options: ReadOptions,
        *,
        pdf: bool | None = None,
        pages: Pages | None = None,
        keep_pixels: bool = False,
    ) -> OcrRequest[ExtraT]:
        """The request with the picture of `fields`. A PDF document is accepted with `pdf`, by
        default as `IsPdf` says; `pages` chooses several of its pages, else one is read.
        """
        accepts_pdf = bool(fields.get("IsPdf")) if pdf is None else pdf
        page = int(fields.get("PdfPageNumber") or 1) if accepts_pdf else None
        longest = self.megabytes * 1024 * 1024
        limits = Limits(
            max_bytes=longest * 3 // 4,
            max_base64=longest,
            min_side=self.min_side,
            max_side=self.max_side,
            formats=self.formats,
            download_seconds=DOWNLOAD_SECONDS,
            page=page,
        )
        return OcrRequest((_source(fields),), limits, extra, options, pages, keep_pixels)

    def _typed(self, name: str, value: Any) -> Any:
        parameter = self.parameters.get(name)
        if parameter is None:
            known = ", ".join(self.parameters)
            detail = f"{self.name} has no parameter {name[:80]!r}; it has {known}"
            raise ApiError(UNKNOWN, detail, name=name)
        if value is None:
            return None
        typed = _converted(parameter.kind, value)
        if typed is None:
            kind, shown = type(value).__name__, str(value)[:40]
            detail = f"{name} has the type {kind} ({shown!r}), not {parameter.kind}"
            raise ApiError(WRONG_TYPE, detail, name=name)
        return typed


def turn_option(request: Request) -> bool:
    """Whether text at any angle is to be found."""
    return request.options["turn"] == "on"


def requested_layout(fields: Fields) -> Literal["page", "line"]:
    """A page, or a single line if `EnableDetectText` is false."""
    return "line" if fields.get("EnableDetectText") is False else "page"


def _check_common(request: Request) -> None:
    if request.method == "GET" and len(request.query) > QUERY_LIMIT:
        detail = f"the query has {len(request.query)} characters, a GET may have {QUERY_LIMIT}"
        raise ApiError(ErrorKind.BODY_TOO_LARGE, detail)
    version = common_parameter(request, "Version")
    if not version:
        raise ApiError(MISSING, "the request has no version", name="Version")
    if version != VERSION:
        raise ApiError(NO_VERSION, f"the version is {version[:40]!r}, OCR has {VERSION}")
    region = common_parameter(request, "Region")
    if region and not _REGION.fullmatch(region):
        raise ApiError(NO_REGION, f"{region[:40]!r} is not the name of a region")


def _sent_fields(request: Request) -> Fields:
    if not has_common_headers(request):
        every = with_lists(request.cached(url_parameters))
        return {name: value for name, value in every.items() if name not in COMMON}
    if request.method == "GET":
        return with_lists(request.cached(url_parameters))
    kind = request.content_type
    if kind == "multipart/form-data":
        raise ApiError(BAD_MULTIPART, "the actions of OCR take JSON, not a multipart form")
    if kind not in ("application/json", ""):
        detail = f"TC3 needs the Content-Type application/json, not {kind}"
        raise ApiError(ErrorKind.BAD_BODY, detail)
    return request.json()


def _converted(kind: str, value: Any) -> Any:
    """The value in that type, also from the text that forms and queries hold (`True` comes from
    Python); None if it has another type.
    """
    if kind == "string":
        return value if isinstance(value, str) else None
    if kind == "integers":
        return _integers(value)
    if kind == "boolean":
        return value if isinstance(value, bool) else _BOOLEANS.get(str(value).lower())
    if isinstance(value, bool):
        return None
    text = str(value)
    return int(text) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else None


def _integers(value: Any) -> list[int] | None:
    if not isinstance(value, list):
        return None
    texts = [str(item) for item in value if not isinstance(item, bool)]
    if len(texts) < len(value) or not all(re.fullmatch(r"-?\d{1,18}", text) for text in texts):
        return None
    return [int(text) for text in texts]


def _source(fields: Fields) -> Source:
    url, image = fields.get("ImageUrl"), fields.get("ImageBase64")
    if url:
        if not is_http_url(url):
            detail = f"ImageUrl {url[:80]!r} is not an http or https URL"
            raise ApiError(ErrorKind.DOWNLOAD_FAILED, detail, cause=ErrorCause.URL)
        return Remote(url, location="ImageUrl")
    if not image:
        raise ApiError(ErrorKind.NO_IMAGE, "the request has neither ImageUrl nor ImageBase64")
    return Inline(base64=image, location="ImageBase64")
