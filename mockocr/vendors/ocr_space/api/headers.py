"""The headers of every response. observed: of a refused request, in December 2020."""

from __future__ import annotations

from mockocr.core.http import Request, Response

CONTENT_TYPE = "application/json; charset=utf-8"

_HEADERS = (
    ("Cache-Control", "no-cache"),
    ("Pragma", "no-cache"),
    ("Expires", "-1"),
    ("Server", "Microsoft-IIS/10.0"),
    ("X-AspNet-Version", "4.0.30319"),
    ("X-Powered-By", "ASP.NET"),
)


def add_headers(request: Request, response: Response) -> Response:
    return response.with_headers(*_HEADERS)
