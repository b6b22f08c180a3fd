"""What a request gets when the store cannot record it."""

from __future__ import annotations

from mockocr.core.errors import ApiError
from mockocr.core.exchange import Exchange, refuse
from mockocr.core.http import Response


def refuse_once(exchange: Exchange, response: Response, error: ApiError) -> Response:
    """The vendor's own refusal for `error`, or `response` if that already says `unavailable`."""
    return response if exchange.audit.unavailable else refuse(exchange, error)
