"""Joins two ASGI apps: the control routes under their prefix, the vendors everywhere else."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mockocr.serving.asgi import UNPARSABLE


def mount(
    control: ASGIApp, prefix: str, vendors: ASGIApp, owner: Callable[[str], object]
) -> ASGIApp:
    """One app. `control` also gets the lifespan events; websockets are closed.

    A browser that opens `/` is led to the console, unless `owner` says that the host belongs to a
    service: vendors have operations at `/` too.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "lifespan":
            await control(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})
        elif scope["type"] == UNPARSABLE:
            await vendors(scope, receive, send)
        elif path == prefix or path.startswith(prefix + "/"):
            await control(scope, receive, send)
        elif path == "/" and _is_browser(scope, owner):
            await RedirectResponse(f"{prefix}/")(scope, receive, send)
        else:
            await vendors(scope, receive, send)

    return app


def _is_browser(scope: Scope, owner: Callable[[str], object]) -> bool:
    """True for a GET without a query that asks for a page."""
    if scope["method"] not in ("GET", "HEAD") or scope.get("query_string"):
        return False
    headers = Headers(scope=scope)
    return "text/html" in headers.get("accept", "") and not owner(headers.get("host", ""))
