"""How clients call Document Intelligence."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, get, post_json
from mockocr.vendors.azure.request_bodies import (
    UNKNOWN_ID,
    at_operation,
    operation_target,
    post_file,
)

_V4 = "/documentintelligence/documentModels"
_VERSION = "api-version=2024-11-30"
_READ = f"{_V4}/prebuilt-read:analyze?{_VERSION}"
_UNKNOWN = f"{_V4}/prebuilt-read/analyzeResults/{UNKNOWN_ID}?{_VERSION}"
_LOCATION = "analyze_result"
Fields = Mapping[str, str]
Build = Callable[[SampleImage, Fields], Request]


def _file(target: str) -> Build:
    return lambda sample, fields: post_file(target, sample)


def _base64(sample: SampleImage, fields: Fields) -> Request:
    return post_json(
        f"{_READ}&output=pdf", {"base64Source": base64.b64encode(sample.data).decode()}
    )


def _url(sample: SampleImage, fields: Fields) -> Request:
    return post_json(_READ, {"urlSource": sample.url})


def _at_result(method: str) -> Build:
    return lambda sample, fields: at_operation(method, fields, _LOCATION, _UNKNOWN)


def _pdf(sample: SampleImage, fields: Fields) -> Request:
    path, _, query = fields.get(_LOCATION, _UNKNOWN).partition("?")
    return at_operation("GET", {}, "", f"{path}/pdf?{query}")


def _get(path: str) -> Build:
    return lambda sample, fields: get(path, [("api-version", "2024-11-30")])


def _lines(body: Any) -> Sequence[str]:
    return [line["content"] for page in body["analyzeResult"]["pages"] for line in page["lines"]]


def _deleted(body: Any) -> str:
    return "deleted"


def _models(body: Any) -> str:
    return f"{len(body['value'])} models"


def _model(body: Any) -> str:
    return str(body["description"])


def _limit(body: Any) -> str:
    return f"{body['customDocumentModels']['limit']} custom models at most"


def _analysis(name: str, build: Build, *, by_url: bool = False) -> RequestExample:
    return RequestExample(
        "analyze_document",
        name,
        build,
        by_url=by_url,
        extract_credentials=operation_target(_LOCATION),
    )


EXAMPLES = (
    _analysis("octet-stream", _file(_READ)),
    _analysis(
        "octet-stream, Markdown",
        _file(f"{_V4}/prebuilt-layout:analyze?{_VERSION}&outputContentFormat=markdown"),
    ),
    _analysis(
        "octet-stream, v3.1",
        _file("/formrecognizer/documentModels/prebuilt-layout:analyze?api-version=2023-07-31"),
    ),
    _analysis("JSON, url", _url, by_url=True),
    _analysis("JSON, base64, PDF", _base64),
    RequestExample("analyze_document_result", "address of the result", _at_result("GET"), _lines),
    RequestExample("analyze_document_pdf", "address of the result", _pdf),
    RequestExample(
        "delete_analyze_result", "address of the result", _at_result("DELETE"), summary=_deleted
    ),
    RequestExample("document_models", "query", _get(_V4), summary=_models),
    RequestExample("document_model", "query", _get(f"{_V4}/prebuilt-read"), summary=_model),
    RequestExample("resource_info", "query", _get("/documentintelligence/info"), summary=_limit),
)
