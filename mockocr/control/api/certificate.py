"""The control route that hands out the local CA's certificate, for clients to trust."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control.api import json_http
from mockocr.control.validation import InvalidInputError

CONTENT_TYPE = "application/x-pem-file"


def routes(pem: bytes) -> list[Route]:
    """`/ca.pem`; a 404 that says why where the server has no https."""

    async def get_certificate(request: Request) -> Response:
        if not pem:
            raise InvalidInputError(
                "no https here: start the server with --tls-port or --proxy-port", 404
            )
        disposition = {"Content-Disposition": 'attachment; filename="mockocr-ca.pem"'}
        return Response(pem, media_type=CONTENT_TYPE, headers=disposition)

    return [json_http.route("/ca.pem", get=get_certificate)]
