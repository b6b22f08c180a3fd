"""What the responses of the OCR operations share: the envelope, blocks, corners, confidences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, single_result
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.vendors.huawei.ocr.errors import mark_in_obs
from mockocr.vendors.huawei.ocr.headers import CONTENT_TYPE, platform_headers


def picture_of(results: Sequence[ImageResult], *, in_obs: bool) -> tuple[Image, Recognition]:
    """The one picture of a request and its text; raises the picture's error."""
    error = results[0].error
    if error is not None and in_obs:
        mark_in_obs(error)
    return single_result(results)


def success(request: Request, result: Mapping[str, Any]) -> Response:
    """200 with the result in its envelope."""
    return _enveloped(request, result)


def success_list(request: Request, result: Sequence[Mapping[str, Any]]) -> Response:
    """200 with a list of results in the envelope."""
    return _enveloped(request, result)


def _enveloped(request: Request, result: object) -> Response:
    headers = platform_headers(request)
    return Response.of_json({"result": result}, content_type=CONTENT_TYPE, headers=headers)


def block(line: Line) -> dict[str, Any]:
    """A line as every operation writes it; an operation may append keys."""
    return {
        "words": line.text,
        "confidence": rounded(line.confidence),
        "location": corners(line.quad),
    }


def rounded(confidence: float) -> float:
    """Within 0..1 with at most four decimals (observed: the outputs in the user guide)."""
    return round(min(max(confidence, 0.0), 1.0), 4)


def corners(quad: Quad) -> list[list[int]]:
    """TL, TR, BR, BL in the text's own frame, in whole pixels of the picture as sent."""
    return [list(corner) for corner in quad.rounded]
