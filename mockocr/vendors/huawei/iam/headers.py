"""The headers that IAM adds to its responses."""

from __future__ import annotations

from mockocr.core.http import Headers, Request

IDENTITY_HEADERS: Headers = (
    ("Cache-Control", "no-cache, no-store, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubdomains;"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Download-Options", "noopen"),
    ("X-XSS-Protection", "1; mode=block;"),
)
"""observed: screenshots of a token's response in Huawei's IAM and OCR documents."""


def trace_header(request: Request, project_name: str) -> tuple[str, str]:
    """observed: the trace id that a token's response carries, `token_<project>_null_<id>`."""
    return ("X-IAM-Trace-Id", f"token_{project_name}_null_{request.id}")
