"""What a request gets when the store cannot record it."""

from __future__ import annotations

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Response
from mockocr.serving.pipeline import Exchange, refusing


def refuse_once(exchange: Exchange, response: Response, error: ApiError) -> Response:
    """The vendor's own refusal for `error`, or `response` if that already says `unavailable`."""
    if exchange.audit.problem == ErrorKind.UNAVAILABLE:
        return response
    return refusing(exchange, error)
