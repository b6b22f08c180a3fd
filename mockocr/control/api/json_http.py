"""How the control routes take JSON and answer it; every mistake becomes one sentence."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control.journal.redact import cut
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ApiError
from mockocr.core.http import dump_json

MAX_BODY = 8 * 1024 * 1024
MAX_SENTENCE = 8000
PREFIX = "/_mockocr"

Answer = Callable[[Request], Awaitable[Response]]


async def body(request: Request) -> bytes:
    """The whole body; Mistake (413) beyond `MAX_BODY`."""
    kept = bytearray()
    try:
        async for chunk in request.stream():
            kept += chunk
            if len(kept) > MAX_BODY:
                raise InvalidInputError(f"the body has more than {MAX_BODY} bytes", 413)
    except ClientDisconnect:
        raise InvalidInputError("the body stopped before its end") from None
    return bytes(kept)


async def document(request: Request, *, empty: Any = None) -> Any:
    """The body as JSON, or `empty` when there is none and that is allowed."""
    raw = await body(request)
    if not raw.strip() and empty is not None:
        return empty
    return parsed(raw)


def parsed(raw: bytes) -> Any:
    """JSON; Mistake with the place of the first error."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(f"the body is not JSON: {error}") from None


def response(value: Any, status: int = 200) -> Response:
    """JSON for people: UTF-8 as it is; what a caller sent may hold text that is no valid UTF-8."""
    return Response(dump_json(value), status, media_type="application/json")


def route(path: str, **methods: Answer) -> Route:
    """A route with one function per method, named `get`, `post`, `put`, `delete`."""

    async def endpoint(request: Request) -> Response:
        answer = methods.get(request.method.lower()) or methods["get"]  # HEAD is a GET
        return await answer(request)

    return Route(path, endpoint, methods=[name.upper() for name in methods])


async def invalid_input(request: Request, error: Exception) -> Response:
    """A Mistake as JSON."""
    assert isinstance(error, InvalidInputError)
    return response({"error": cut(str(error), MAX_SENTENCE)}, error.status)


async def api_error(request: Request, error: Exception) -> Response:
    """The store does not answer."""
    assert isinstance(error, ApiError)
    return response({"error": error.detail or str(error)}, 503)


def missing(routes: list[Route]) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The answer for an unknown path or method: what there is instead."""
    paths = ", ".join(dict.fromkeys(PREFIX + r.path for r in routes))

    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        path = request.url.path
        if error.status_code == 405:
            allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
            sentence = f"{path} does not take {request.method}; it takes {allowed}"
            told = response({"error": sentence}, 405)
            told.headers["Allow"] = allowed
            return told
        return response({"error": f"nothing at {path}; there are {paths}"}, error.status_code)

    return answer


async def broken(request: Request, error: Exception) -> Response:
    """A defect of ours; the server logs it with its trace."""
    return response({"error": f"a defect of mockocr: {type(error).__name__}; see the log"}, 500)
