"""The control routes that hand out the public keys that sealed answers are checked with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control.api import json_http
from mockocr.control.api.certificate import CONTENT_TYPE
from mockocr.control.validation import InvalidInputError
from mockocr.core.service import ResponseSigner, Vendor


def routes(vendors: Sequence[Vendor], key: Callable[[ResponseSigner], bytes]) -> list[Route]:
    """One route for each vendor that seals, named after its file."""
    return [_route(vendor.seal, key) for vendor in vendors if vendor.seal is not None]


def _route(seal: ResponseSigner, key: Callable[[ResponseSigner], bytes]) -> Route:
    async def get_public(request: Request) -> Response:
        private = key(seal)
        if not private:
            raise InvalidInputError(
                "no keys here: they need the extra tls, pip install 'mockocr[tls]'", 404
            )
        return Response(seal.public(private), media_type=CONTENT_TYPE)

    return json_http.route(f"/{seal.name}", get=get_public)
