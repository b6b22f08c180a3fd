"""What a request asks to analyse: the parameters of the query, and the file in the body."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.urls import is_http_url
from mockocr.vendors.azure.document_intelligence.errors import (
    INVALID_PARAMETER,
    MODEL_NOT_FOUND,
    NOT_ACCESSIBLE,
    OLD_VERSION,
    UNSUPPORTED_MEDIA_TYPE,
)
from mockocr.vendors.azure.document_intelligence.versions import (
    FEATURES,
    MODELS,
    V3,
    Model,
    api_version,
    surface,
)
from mockocr.vendors.azure.options import TIER
from mockocr.vendors.azure.pages import is_range
from mockocr.vendors.azure.query import query_values
from mockocr.vendors.azure.text_units import TEXT_ELEMENTS, UNITS

BODY_LIMIT = 40 * 1024 * 1024
"""This server's own; the service takes 500 MB in S0."""
MEGABYTES = {"S0": 500, "F0": 4}
FORMATS = frozenset({"JPEG", "PNG", "BMP", "TIFF"})
"""doc: input requirements. HEIF and Office files are not read here."""

_FILES = {
    "application/octet-stream",
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/bmp",
    "image/heif",
}
"""sdk: the content types of analyzeDocument."""
_NEEDS_FEATURES = "2023-07-31"
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Analysis(msgspec.Struct, frozen=True):
    """The parameters of one analysis. `unit` is what spans count, `pages` the requested ranges.
    `pdf`: a searchable PDF document is made too.
    """

    model: Model
    version: str
    surface: str
    unit: str = TEXT_ELEMENTS
    markdown: bool = False
    pages: str = ""
    features: frozenset[str] = frozenset()
    pdf: bool = False

    @property
    def is_v3(self) -> bool:
        return self.surface == V3


def parse_analysis(request: Request) -> Analysis:
    """The parameters; `ApiError` for an unknown version or model, or an invalid value."""
    version = api_version(request)
    values = query_values(request)
    prefix = surface(request)
    model = find_model(request)
    return Analysis(
        model=model,
        version=version,
        surface=prefix,
        unit=_one_of(values.get("stringindextype", ""), "stringIndexType", UNITS),
        markdown=prefix != V3
        and _one_of(values.get("outputcontentformat", ""), "outputContentFormat", _OUTPUTS)
        == "markdown",
        pages=_pages(values.get("pages", "")),
        features=_features(values.get("features", ""), version, _locale(values)),
        pdf=prefix != V3 and _pdf(values.get("output", ""), model),
    )


def find_model(request: Request) -> Model:
    """The model that the path names."""
    name = request.params["model"]
    model = MODELS.get(name)
    if model is None or (model.only_v3 and surface(request) != V3):
        known = ", ".join(MODELS)
        raise ApiError(MODEL_NOT_FOUND, f"there is no model {name[:80]!r} here; there are {known}")
    return model


def limits(request: Request, page: int = 1) -> Limits:
    """Which files are taken; `page` is read."""
    return Limits(
        max_bytes=MEGABYTES[request.options[TIER.name]] * 1024 * 1024,
        min_side=50,
        max_side=10000,
        formats=FORMATS,
        page=page,
        frames=True,
        download_seconds=10.0,
    )


def source(request: Request) -> Source:
    """The file: in the body, as base64 text in its JSON, or at a URL."""
    kind = request.content_type
    if kind in _FILES:
        if not request.body:
            raise ApiError(
                INVALID_PARAMETER, "the body is empty", name="body", details="It is empty."
            )
        return Inline(request.body, location="body")
    if kind != "application/json":
        raise ApiError(UNSUPPORTED_MEDIA_TYPE, f"the Content-Type is {kind[:80] or 'missing'}")
    body = request.json()
    url, text = body.get("urlSource"), body.get("base64Source")
    if url is None and text is None:
        detail = "the body has neither urlSource nor base64Source"
        raise ApiError(ErrorKind.NO_IMAGE, detail)
    if url is not None and text is not None:
        raise _invalid("urlSource", "it cannot be combined with base64Source")
    if url is not None:
        return Remote(_url(url), location="urlSource")
    if not isinstance(text, str):
        raise _invalid("base64Source", "it is not a string")
    return Inline(base64=text, location="base64Source")


def _url(value: Any) -> str:
    if not isinstance(value, str):
        raise _invalid("urlSource", "it is not a string")
    if not is_http_url(value):
        detail = f"urlSource {value[:80]!r} is not an http or https URL"
        raise ApiError(NOT_ACCESSIBLE, detail, cause=ErrorCause.URL)
    return value


def _one_of(value: str, name: str, valid: tuple[str, ...]) -> str:
    if not value:
        return valid[0]
    for known in valid:
        if value.lower() == known.lower():
            return known
    raise _invalid(name, f"it is not one of {', '.join(valid)}")


_OUTPUTS = ("text", "markdown")


def _pages(value: str) -> str:
    if value and not is_range(value):
        raise _invalid("pages", "The page range is invalid.")
    return value


def _pdf(value: str, model: Model) -> bool:
    """Whether `output` asks for a PDF document. doc: read model, searchable PDF."""
    names = {name.strip().lower() for name in value.split(",") if name.strip()}
    for name in sorted(names - {"pdf", "figures"}):
        raise _invalid("output", f"{name[:40]} is not an output")
    if "pdf" in names and model.name != "prebuilt-read":
        raise _invalid("output", "pdf is an output of prebuilt-read only")
    return "pdf" in names


def _features(value: str, version: str, locale: str) -> frozenset[str]:
    names = {name.strip() for name in value.split(",") if name.strip()}
    known = {name.lower(): name for name in FEATURES}
    for name in names:
        if name.lower() not in known:
            raise _invalid("features", f"{name[:40]} is not a feature")
    if names and version < _NEEDS_FEATURES:
        raise ApiError(OLD_VERSION, f"{version} has no features", version=_NEEDS_FEATURES)
    return frozenset(known[name.lower()] for name in names)


def _locale(values: Any) -> str:
    value = str(values.get("locale", ""))
    if value and not _LOCALE.fullmatch(value):
        raise _invalid("locale", "it is not the code of a language")
    return value


def _invalid(name: str, details: str) -> ApiError:
    detail = f"the parameter {name} is invalid: {details}"
    return ApiError(INVALID_PARAMETER, detail, name=name, details=details)
