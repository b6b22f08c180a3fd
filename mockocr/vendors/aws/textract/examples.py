"""The ways to call Textract: JSON 1.1 with the picture inside, and CBOR."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request, dump_json
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.vendors.aws.protocol import JSON
from mockocr.vendors.aws.textract.names import NAMES

Build = Callable[[SampleImage, Mapping[str, str]], Request]


def call(title: str, value: Mapping[str, Any]) -> Request:
    """A request of AWS JSON 1.1, not signed yet."""
    headers = (("Content-Type", JSON), ("X-Amz-Target", f"{NAMES.target}.{title}"))
    body = dump_json(value)
    return Request("POST", "/", "/", headers, body=body, size=len(body))


def _encoded(image: SampleImage) -> Mapping[str, str]:
    return {"Bytes": base64.b64encode(image.data).decode()}


def _document(title: str, **more: Any) -> Build:
    return lambda image, credentials: call(title, {"Document": _encoded(image), **more})


def _lines(response: Any) -> Sequence[str]:
    return [block["Text"] for block in response["Blocks"] if block["BlockType"] == "LINE"]


EXAMPLES = (
    RequestExample("detect_document_text", "JSON, bytes", _document("DetectDocumentText"), _lines),
)
