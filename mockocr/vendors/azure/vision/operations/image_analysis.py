"""image_analysis: Image Analysis 4.0, of which the feature `read` is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Limits
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Price, single_result
from mockocr.core.recognition import Quad
from mockocr.vendors.azure.headers import JSON, request_uuid, service_headers
from mockocr.vendors.azure.paths import doubled
from mockocr.vendors.azure.query import query_values
from mockocr.vendors.azure.vision.image_analysis_errors import (
    INVALID_IMAGE_URL,
    INVALID_MODEL,
    MAX_BYTES,
    NOT_SUPPORTED_FEATURE,
    NOT_SUPPORTED_LANGUAGE,
    UNSUPPORTED_MEDIA_TYPE,
)
from mockocr.vendors.azure.vision.picture import require_media_type, source
from mockocr.vendors.azure.words import TextLine, confidence, text_lines

VERSIONS = ("2023-10-01", "2024-02-01", "2023-04-01-preview", "2023-02-01-preview")
FEATURES = ("tags", "caption", "denseCaptions", "objects", "read", "smartCrops", "people")
LIMITS = Limits(
    max_bytes=MAX_BYTES,
    min_side=50,
    max_side=16000,
    formats=frozenset({"JPEG", "PNG", "GIF", "BMP", "WEBP", "ICO", "TIFF"}),
)
"""doc: README of azure-ai-vision-imageanalysis."""
_MODEL = re.compile(r"latest|\d{4}-\d{2}-\d{2}(-preview)?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})*")


class Extra(msgspec.Struct, frozen=True):
    """`reads`: the feature `read` was asked for. `unanswered` are the other features."""

    reads: bool
    unanswered: tuple[str, ...]


def parse(request: Request) -> OcrRequest[Extra]:
    """The picture and the features; `ApiError` for an unknown version or an invalid value."""
    values = query_values(request)
    version = values.get("api-version", "")
    if version not in VERSIONS:
        detail = f"the api-version is {version[:40]!r}; there are {', '.join(VERSIONS)}"
        raise ApiError(ErrorKind.NO_SUCH_OPERATION, detail)
    require_media_type(request, UNSUPPORTED_MEDIA_TYPE)
    features = _features(values.get("features", ""))
    if not _LANGUAGE.fullmatch(values.get("language") or "en"):
        raise ApiError(NOT_SUPPORTED_LANGUAGE, "language is not the code of a language")
    if not _MODEL.fullmatch(values.get("model-version") or "latest"):
        raise ApiError(INVALID_MODEL, "model-version is neither latest nor a date")
    picture = source(request, INVALID_IMAGE_URL)
    others = tuple(name for name in features if name != "read")
    return OcrRequest((picture,), LIMITS, Extra("read" in features, others), ReadOptions(turn=True))


def render(request: Request, parsed: OcrRequest[Extra], results: Sequence[ImageResult]) -> Response:
    """One block with all lines. Other features than `read` are left out, and the journal says so.

    guess: a picture without text has no block.
    """
    image, recognition = single_result(results)
    body: dict[str, Any] = {
        "modelVersion": "2023-10-01",
        "metadata": {"width": image.width, "height": image.height},
    }
    if parsed.extra.reads:
        lines = [_line(line) for line in text_lines(recognition.lines)]
        body["readResult"] = {"blocks": [{"lines": lines}] if lines else []}
    response = Response.of_json(body, content_type=JSON, headers=_headers(request))
    missing = ", ".join(parsed.extra.unanswered)
    return response.replaced(why=f"these features are not answered: {missing}" if missing else "")


def _features(value: str) -> tuple[str, ...]:
    known = {name.lower(): name for name in FEATURES}
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names:
        raise ApiError(NOT_SUPPORTED_FEATURE, "the query has no features")
    for name in names:
        if name.lower() not in known:
            raise ApiError(NOT_SUPPORTED_FEATURE, f"{name[:40]!r} is not a feature")
    return tuple(dict.fromkeys(known[name.lower()] for name in names))


def _line(line: TextLine) -> dict[str, Any]:
    return {
        "text": line.text,
        "boundingPolygon": _polygon(line.quad),
        "words": [
            {
                "text": word.text,
                "boundingPolygon": _polygon(word.quad),
                "confidence": confidence(word.confidence),
            }
            for word in line.words
        ],
    }


def _polygon(quad: Quad) -> list[dict[str, int]]:
    return [{"x": max(x, 0), "y": max(y, 0)} for x, y in quad.rounded]


def _headers(request: Request) -> tuple[tuple[str, str], ...]:
    """observed: a recorded answer of version 2023-10-01."""
    return (
        (
            "api-supported-versions",
            "4.0-pre1,2022-07-31-preview,2022-10-12-preview,2023-02-01-preview,"
            "2023-04-01-preview,2023-06-01-preview,2023-07-01-preview,2023-10-01",
        ),
        ("request-id", request_uuid(request)),
        ("CSP-Billing-Usage", "CognitiveServices.ComputerVision.Transaction=1"),
        *service_headers(request),
    )


OPERATION = Operation(
    name="image_analysis",
    methods=("POST",),
    path="/computervision/imageanalysis:analyze",
    aliases=doubled("/computervision/imageanalysis:analyze"),
    source="Image Analysis - Analyze, REST reference 2023-10-01",
    parse=parse,
    render=render,
    price=Price(
        "doc: azure.microsoft.com/pricing/details/cognitive-services/computer-vision, S1 group 2: "
        "1.50 USD for 1,000 transactions",
        0.0015,
        currency="USD",
    ),
)
