"""Recognition by the secretId in the path, with the text under the id of the task."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.vendors.tupu.parsing import parse_pictures
from mockocr.vendors.tupu.platform.errors import ASYNC, NOT_SUBSCRIBED
from mockocr.vendors.tupu.platform.fields import text_fields
from mockocr.vendors.tupu.rendering import render_files, render_success

TASK = "5caeac72582e35c560667d21"
"""The task of text recognition. doc: OCR page of Tupu's platform."""
_HOSTED_PATH = "/v3/recognition/general-ocr"
"""The hosted API has this path where the platform has a secretId."""


def selects(request: Request) -> bool:
    return request.path != _HOSTED_PATH


def parse(request: Request) -> OcrRequest[None]:
    """The pictures; `ApiError` for another task, and for a response to a callback."""
    fields = text_fields(request)
    if any(value.lower() == "async" for value in fields.get("resType", ())):
        raise ApiError(ASYNC, "resType is async, and this server sends no callbacks")
    for task in fields.get("task", ()):
        if task and task != TASK:
            raise ApiError(NOT_SUBSCRIBED, f"task {task[:40]!r} is not {TASK}, text recognition")
    return parse_pictures(request)


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """The response without the envelope, which the response signer adds."""
    return render_success(request, TASK, {"fileList": render_files(request, results)})


OPERATION = Operation(
    name="recognition",
    methods=("POST",),
    path="/v3/recognition/{secret_id}",
    source="doc: Tupu's own platform, OCR page (cloud.doc.tuputech.com)",
    parse=parse,
    render=render,
    selects=selects,
)
