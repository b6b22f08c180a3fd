"""The control routes that serve the public keys with which clients verify signed responses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response

from mockocr.control.api.certificate import PEM
from mockocr.control.api.routing import ControlRoute, Method, route
from mockocr.control.validation import InvalidInputError
from mockocr.core.service import ResponseSigner, Vendor


def routes(vendors: Sequence[Vendor], key: Callable[[ResponseSigner], bytes]) -> list[ControlRoute]:
    """One route for each service that signs its responses, named after the key file."""
    return [
        _route(service.response_signer, key)
        for vendor in vendors
        for service in vendor.services
        if service.response_signer is not None
    ]


def _route(signer: ResponseSigner, key: Callable[[ResponseSigner], bytes]) -> ControlRoute:
    async def get_public_key(request: Request) -> Response:
        private = key(signer)
        if not private:
            raise InvalidInputError(
                "this server has no keys: they need the extra tls, pip install 'mockocr[tls]'", 404
            )
        return Response(signer.public_key(private), media_type=PEM)

    get = Method(
        get_public_key, "The key that verifies signed responses", media_type=PEM, errors=(404,)
    )
    return route(f"/{signer.name}", get=get)
