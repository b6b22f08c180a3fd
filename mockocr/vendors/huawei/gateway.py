"""What the API gateway does for both services: the body of its own errors, and the headers that it
adds to every response.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry
from mockocr.core.http import Request, Response

BODY_LIMIT = 12 * 1024 * 1024
"""doc: API Gateway, a body has at most 12 MB."""


def render_gateway_error(request: Request, entry: ErrorEntry) -> Response:
    """A flat body with the request id in it, which no other error of Huawei has."""
    body = {"error_msg": entry.message, "error_code": entry.code, "request_id": request.id}
    return Response.of_json(body, entry.status, code=entry.code)


def add_headers(request: Request, response: Response) -> Response:
    """The response with the request id and the gateway's name."""
    return response.with_headers(("X-Request-Id", request.id), ("Server", "api-gateway"))


def billed(response: Response) -> bool:
    """True for a successful call; 201, the status of a new token, is free."""
    return response.status == 200
