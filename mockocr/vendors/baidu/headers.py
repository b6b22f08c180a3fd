"""The headers of every response. doc: the sample of the OCR page of 2017."""

from __future__ import annotations

from uuid import UUID

from mockocr.core.http import Request, Response

CONTENT_TYPE = "application/json;charset=UTF-8"


def add_headers(request: Request, response: Response) -> Response:
    return response.with_headers(
        ("x-bce-request-id", str(UUID(request.id))),
        ("Cache-Control", "no-cache"),
        ("Server", "BWS"),
    )
