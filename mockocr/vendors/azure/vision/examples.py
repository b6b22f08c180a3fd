"""How clients call Azure AI Vision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request, Response
from mockocr.core.request_example import RequestExample, SampleImage, post_json
from mockocr.vendors.azure.request_bodies import (
    UNKNOWN_ID,
    at_operation,
    operation_target,
    post_file,
)

ANALYZE = "/computervision/imageanalysis:analyze?api-version=2023-10-01&features=read"
READ = "/vision/v3.2/read/analyze"
OCR = "/vision/v3.2/ocr"
_LOCATION = "read_result"
Fields = Mapping[str, str]


def _analyze(sample: SampleImage, fields: Fields) -> Request:
    return post_file(ANALYZE, sample)


def _analyze_url(sample: SampleImage, fields: Fields) -> Request:
    return post_json(ANALYZE, {"url": sample.url})


def _analyzed(body: Any) -> Sequence[str]:
    return [line["text"] for block in body["readResult"]["blocks"] for line in block["lines"]]


def _read(sample: SampleImage, fields: Fields) -> Request:
    return post_file(f"{READ}?model-version=latest&readingOrder=basic", sample)


def _read_url(sample: SampleImage, fields: Fields) -> Request:
    return post_json(READ, {"url": sample.url})


def _result(sample: SampleImage, fields: Fields) -> Request:
    return at_operation("GET", fields, _LOCATION, f"{READ}Results/{UNKNOWN_ID}")


def _lines(body: Any) -> Sequence[str]:
    pages = body["analyzeResult"]["readResults"]
    return [line["text"] for page in pages for line in page["lines"]]


def _ocr(sample: SampleImage, fields: Fields) -> Request:
    return post_file(OCR, sample)


def _words(body: Any) -> Sequence[str]:
    return [
        " ".join(word["text"] for word in line["words"])
        for region in body["regions"]
        for line in region["lines"]
    ]


def _token(sample: SampleImage, fields: Fields) -> Request:
    return Request("POST", "/sts/v1.0/issueToken", "/sts/v1.0/issueToken")


def _issued(response: Response) -> Fields:
    return {"token": response.body.decode("ascii", "replace")} if response.status == 200 else {}


EXAMPLES = (
    RequestExample("image_analysis", "octet-stream", _analyze, _analyzed),
    RequestExample("image_analysis", "JSON, url", _analyze_url, _analyzed, by_url=True),
    RequestExample("read", "octet-stream", _read, extract_credentials=operation_target(_LOCATION)),
    RequestExample(
        "read", "JSON, url", _read_url, by_url=True, extract_credentials=operation_target(_LOCATION)
    ),
    RequestExample("read_result", "address of the result", _result, _lines),
    RequestExample("ocr", "octet-stream", _ocr, _words),
    RequestExample("issue_token", "subscription key", _token, extract_credentials=_issued),
)
