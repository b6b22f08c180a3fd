"""The headers of the platform (ModelArts) that runs OCR behind the gateway."""

from __future__ import annotations

from mockocr.core.http import Headers, Request

CONTENT_TYPE = "application/json;charset=UTF-8"
"""observed: responses of Huawei's NLP behind the same gateway and platform (2023)."""


def platform_headers(request: Request) -> Headers:
    """The trace id and the latency; the milliseconds are drawn from the request's seed."""
    latency = request.random().randint(90, 600)
    return (("X-ModelArts-Trace-ID", request.id), ("X-ModelArts-Latency", str(latency)))
