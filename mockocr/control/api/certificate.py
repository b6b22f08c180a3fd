"""The control route that serves the certificate of the local CA, for clients to trust."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from mockocr.control.api.routing import ControlRoute, Method, route
from mockocr.control.validation import InvalidInputError

PEM = "application/x-pem-file"


def routes(pem: bytes) -> list[ControlRoute]:
    """`/ca.pem`; it answers 404 with the reason if the server has no TLS (`pem` is empty)."""

    async def get_certificate(request: Request) -> Response:
        if not pem:
            raise InvalidInputError(
                "this server has no TLS: start it with --tls-port or --proxy-port", 404
            )
        disposition = {"Content-Disposition": 'attachment; filename="mockocr-ca.pem"'}
        return Response(pem, media_type=PEM, headers=disposition)

    get = Method(get_certificate, "The certificate of the local CA", media_type=PEM, errors=(404,))
    return [route("/ca.pem", get=get)]
