"""The control routes and the console as one application."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from mockocr.control.api import json_http
from mockocr.control.api.routing import ControlRoute


def control_app(
    routes: list[ControlRoute], start: Callable[[], Awaitable[None]], resources: Sequence[object]
) -> Starlette:
    """The control routes and the console. At the start it calls `start`, at the end it closes the
    resources.
    """

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await start()
        yield
        for resource in resources:
            await _close(resource)

    async def slash(request: Request) -> Response:
        return RedirectResponse(json_http.PREFIX + "/")

    return Starlette(
        routes=[Route(json_http.PREFIX, slash), Mount(json_http.PREFIX, routes=routes)],
        exception_handlers=json_http.exception_handlers(routes),
        lifespan=lifespan,
    )


async def _close(resource: object) -> None:
    """Call the resource's `aclose` or `close`, if it has one."""
    close = getattr(resource, "aclose", None) or getattr(resource, "close", None)
    if close is not None:
        done = close()
        if inspect.isawaitable(done):
            await done
