"""The ways to call Textract: JSON 1.1 with the picture inside, CBOR, and jobs for an S3 object.

A job reads the picture from the bucket `images`; `--aws-s3` must name the folder that holds it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request, Response, dump_json
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.vendors.aws.protocol import CBOR, CBOR_PROTOCOL, JSON
from mockocr.vendors.aws.textract.names import NAMES

Build = Callable[[SampleImage, Mapping[str, str]], Request]

BUCKET = "images"
"""The bucket of the sample pictures."""
UNKNOWN_JOB = "0" * 64
_JOBS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("document_text_detection", "DocumentTextDetection", {}),
    ("document_analysis", "DocumentAnalysis", {"FeatureTypes": ["TABLES", "FORMS"]}),
    ("expense_analysis", "ExpenseAnalysis", {}),
    ("lending_analysis", "LendingAnalysis", {}),
)
"""The operation's name here without its verb, in requests, and what else starting it takes."""


def call(title: str, value: Mapping[str, Any]) -> Request:
    """A request of AWS JSON 1.1, not signed yet."""
    headers = (("Content-Type", JSON), ("X-Amz-Target", f"{NAMES.target}.{title}"))
    body = dump_json(value)
    return Request("POST", "/", "/", headers, body=body, size=len(body))


def _document(title: str, **more: Any) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        return call(title, {"Document": _encoded(image), **more})

    return build


def _identity(image: SampleImage, credentials: Mapping[str, str]) -> Request:
    return call("AnalyzeID", {"DocumentPages": [_encoded(image)]})


def _cbor(image: SampleImage, credentials: Mapping[str, str]) -> Request:
    import cbor2  # here, because the extra may be missing

    headers = (("Content-Type", CBOR), ("Accept", CBOR), ("smithy-protocol", CBOR_PROTOCOL))
    body = cbor2.dumps({"Document": {"Bytes": image.data}})
    (path,) = NAMES.paths("DetectDocumentText")
    return Request("POST", path, path, headers, body=body, size=len(body))


def _encoded(image: SampleImage) -> Mapping[str, str]:
    return {"Bytes": base64.b64encode(image.data).decode()}


def _start(title: str, more: Mapping[str, Any]) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        location = {"S3Object": {"Bucket": BUCKET, "Name": image.name}}
        return call(f"Start{title}", {"DocumentLocation": location, **more})

    return build


def _get(title: str, job: str) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        return call(f"Get{title}", {"JobId": credentials.get(job, UNKNOWN_JOB)})

    return build


def _job_id(job: str) -> Callable[[Response], Mapping[str, str]]:
    def extract(response: Response) -> Mapping[str, str]:
        return {job: json.loads(response.body)["JobId"]} if response.status == 200 else {}

    return extract


def _lines(response: Any) -> Sequence[str]:
    return [block["Text"] for block in response["Blocks"] if block["BlockType"] == "LINE"]


def _expense_lines(response: Any) -> Sequence[str]:
    return _lines(response["ExpenseDocuments"][0])


def _identity_lines(response: Any) -> Sequence[str]:
    return _lines(response["IdentityDocuments"][0])


def _status(response: Any) -> str:
    return str(response["JobStatus"])


EXAMPLES = (
    RequestExample("detect_document_text", "JSON, bytes", _document("DetectDocumentText"), _lines),
    RequestExample("detect_document_text", "CBOR, bytes", _cbor, needs="cbor2"),
    RequestExample(
        "analyze_document",
        "JSON, bytes",
        _document("AnalyzeDocument", FeatureTypes=["TABLES", "FORMS", "LAYOUT"]),
        _lines,
    ),
    RequestExample("analyze_expense", "JSON, bytes", _document("AnalyzeExpense"), _expense_lines),
    RequestExample("analyze_id", "JSON, bytes", _identity, _identity_lines),
    *(
        RequestExample(
            f"start_{name}", "JSON, S3", _start(title, more), extract_credentials=_job_id(name)
        )
        for name, title, more in _JOBS
    ),
    *(
        RequestExample(f"get_{name}", "JSON", _get(title, name), summary=_status)
        for name, title, _ in _JOBS
    ),
    RequestExample(
        "get_lending_analysis_summary",
        "JSON",
        _get("LendingAnalysisSummary", "lending_analysis"),
        summary=_status,
    ),
)
