"""Reads JSON requests and writes JSON responses; every error is a document with one sentence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control.journal.redact import cut
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ApiError
from mockocr.core.http import dump_json, parse_json_integer
from mockocr.core.validation import whole_floats

MAX_BODY = 8 * 1024 * 1024
BODY_SECONDS = 10.0
"""How long the body of a control request may take."""
MAX_SENTENCE = 8000
PREFIX = "/_mockocr"

ExceptionHandler = Callable[[Request, Exception], Awaitable[Response]]


async def read_body(request: Request) -> bytes:
    """The whole body; `InvalidInputError` 413 beyond `MAX_BODY`, 408 after `BODY_SECONDS`."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise InvalidInputError(f"the body has more than {MAX_BODY} bytes", 413)
    except TimeoutError:
        reason = f"the body stopped after {len(body)} bytes: it took more than {BODY_SECONDS:g} s"
        raise InvalidInputError(reason, 408) from None
    except ClientDisconnect:
        raise InvalidInputError("the connection closed before the end of the body") from None
    return bytes(body)


async def read_json(request: Request, *, empty: Any = None) -> Any:
    """The body as JSON; for an empty body `empty`, unless it is None."""
    body = await read_body(request)
    if not body.strip() and empty is not None:
        return empty
    return parse_json(body)


def parse_json(body: bytes, what: str = "the body") -> Any:
    """The decoded body; `InvalidInputError` gives the place of the first error, and says `what` it
    is in.
    """
    try:
        return json.loads(body, parse_float=whole_floats, parse_int=parse_json_integer)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(f"{what} is not JSON: {error}") from None


def json_response(document: Any, status: int = 200) -> Response:
    """A JSON response in unescaped UTF-8; a lone surrogate becomes `?`."""
    return Response(dump_json(document), status, media_type="application/json")


def error_response(sentence: str, status: int) -> Response:
    return json_response({"error": sentence}, status)


def exception_handlers(routes: Sequence[Route]) -> dict[Any, ExceptionHandler]:
    """What Starlette needs to answer every error under `PREFIX` with a document."""
    unknown = _unknown_route(routes)
    return {
        InvalidInputError: _invalid_input,
        ApiError: _api_error,
        404: unknown,
        405: unknown,
        500: _defect,
    }


async def _invalid_input(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidInputError)
    response = error_response(cut(str(error), MAX_SENTENCE), error.status)
    if error.status in (408, 413):  # the rest of the body may still come
        response.headers["Connection"] = "close"
    return response


async def _api_error(request: Request, error: Exception) -> Response:
    """The store is unavailable."""
    assert isinstance(error, ApiError)
    return error_response(error.detail or str(error), 503)


async def _defect(request: Request, error: Exception) -> Response:
    """A defect of mockocr; the server logs it with its traceback."""
    return error_response(f"a defect of mockocr: {type(error).__name__}; see the log", 500)


def _unknown_route(routes: Sequence[Route]) -> ExceptionHandler:
    """Answers an unknown path or method with what there is."""
    paths = ", ".join(dict.fromkeys(PREFIX + route.path for route in routes))

    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        path = request.url.path
        if error.status_code != 405:
            return error_response(f"there is no {path}; there are {paths}", error.status_code)
        allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
        response = error_response(f"{path} does not take {request.method}; it takes {allowed}", 405)
        response.headers["Allow"] = allowed
        return response

    return handle
