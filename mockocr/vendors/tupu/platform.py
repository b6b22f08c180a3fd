"""Tupu's original platform: `/v3/recognition/<secretId>`, RSA-signed requests, and answers in an
envelope that is signed too.

The platform signs with a key of its own that its SDKs have built in. Here every user of mockocr has
one, and its public half is at `/_mockocr/tupu.pem`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.service import ResponseSigner
from mockocr.vendors.tupu import rsa
from mockocr.vendors.tupu.errors import ASYNC, NOT_SUBSCRIBED
from mockocr.vendors.tupu.parse import parse
from mockocr.vendors.tupu.render import CONTENT_TYPE, closing, files

PATH = "/v3/recognition/{secret_id}"
TASK = "5caeac72582e35c560667d21"
"""The task of text recognition. doc: OCR page of Tupu's platform."""

_PATH = re.compile(r"/v3/recognition/(?!general-ocr$)([^/]+)")
_PLATFORM_STATUSES = frozenset({401, 403, 429})


def secret_id(request: Request) -> str:
    """The secretId in the path; empty for any other path."""
    found = _PATH.fullmatch(request.path)
    return found[1] if found else ""


def given(request: Request) -> Mapping[str, Sequence[str]]:
    """Every field that is text, by name, as it was sent: a JSON number keeps its digits.

    `ApiError(BAD_BODY)` for a body that is not what it claims to be.
    """
    pairs: list[tuple[str, str]] = []
    match request.content_type:
        case "multipart/form-data":
            pairs = [(part.name, part.text) for part in request.parts() if part.filename is None]
        case "application/x-www-form-urlencoded":
            pairs = list(request.form_fields())
        case "application/json":
            request.json()
            for name, value in json.loads(request.body, parse_int=str, parse_float=str).items():
                items = value if isinstance(value, list) else [value]
                pairs += [(name, item) for item in items if isinstance(item, str)]
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        found.setdefault(name, []).append(text)
    return found


def parse_signed(request: Request) -> OcrRequest:
    """The pictures as everywhere; another task and answers to a callback are refused."""
    fields = given(request)
    if any(value.lower() == "async" for value in fields.get("resType", ())):
        raise ApiError(ASYNC, "resType is async, and answers are not called back from here")
    for task in fields.get("task", ()):
        if task and task != TASK:
            raise ApiError(NOT_SUBSCRIBED, f"task {task[:40]!r} is not {TASK}, text recognition")
    return parse(request)


def render_signed(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """What was read, under the task's id and without the envelope (`SEAL` puts it in)."""
    body = {
        TASK: {"fileList": files(request, readings)},
        "code": 0,
        "message": "success",
        **closing(request),
    }
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)


def refuse_signed(request: Request, row: ErrorEntry) -> Response:
    """HTTP 200 with the code: sdk: tupu-java-sdk reads a code at that status alone.

    What is not the platform's own (a wrong method, a failing server) keeps its status and comes
    with `error`, for which the Python SDK looks where there is no envelope.
    """
    status = 200 if row.status in _PLATFORM_STATUSES else row.status
    body: dict[str, Any] = {"code": row.code, "message": row.message, **closing(request)}
    if status != 200:
        body = {"error": row.message, **body}
    headers = (("Allow", "POST"),) if status == 405 else ()
    return Response.of_json(body, status, code=row.code, content_type=CONTENT_TYPE, headers=headers)


def sealed(request: Request, response: Response, key: bytes) -> Response:
    """`{"signature", "json"}`: the answer as text, and the signature over exactly that text."""
    if not secret_id(request) or response.status != 200 or not key:
        return response
    text = response.body.decode()
    body = dump_json({"signature": rsa.signature(key.decode(), text), "json": text})
    return response.replaced(body=body)


SEAL = ResponseSigner("tupu.pem", rsa.possible, rsa.make, rsa.good, rsa.public, sealed)
