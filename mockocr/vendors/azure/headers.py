"""The headers of every answer: those of the gateway, and those of the services behind it."""

from __future__ import annotations

from mockocr.core.http import Headers, Request, Response

JSON = "application/json; charset=utf-8"
SECURITY: Headers = (
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"),
    ("x-content-type-options", "nosniff"),
)
"""observed: every recorded answer of the services."""
REQUEST_ID = "apim-request-id"
CLIENT_ID = "x-ms-client-request-id"


def request_uuid(request: Request) -> str:
    """The request's id as a UUID. It is also the id of the operation that the request starts."""
    return as_uuid(request.id)


def as_uuid(id: str) -> str:
    """32 hex digits with the hyphens of a UUID."""
    return "-".join((id[:8], id[8:12], id[12:16], id[16:20], id[20:]))


def service_headers(request: Request) -> Headers:
    """The headers of an answer from behind the gateway; the time is a constant (guess)."""
    return (
        ("x-envoy-upstream-service-time", "42"),
        (REQUEST_ID, request_uuid(request)),
        *SECURITY,
        ("x-ms-region", "West Europe"),
    )


def add_headers(request: Request, response: Response) -> Response:
    """The gateway's id on every answer, and the id that the client gave its request, if any.

    guess for the client's id: documented by the guidelines of Azure's REST APIs.
    """
    if not response.header(REQUEST_ID):
        response = response.with_headers((REQUEST_ID, request_uuid(request)))
    given = request.header(CLIENT_ID)
    if given and given.isascii() and given.isprintable():
        response = response.with_headers((CLIENT_ID, given))
    return response


def own_url(request: Request, path: str) -> str:
    """The absolute URL of a path here, as the client reaches it: behind a reverse proxy too."""
    scheme = request.header("x-forwarded-proto") or request.scheme
    host = request.header("x-forwarded-host") or request.host
    return f"{scheme}://{host}{request.prefix}{path}"
