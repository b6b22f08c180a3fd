"""Makes an ASGI app that runs in one thread's event loop callable from any other loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

App = Callable[[Any, Any, Any], Awaitable[None]]


class Bridge:
    """The app for clients in other loops: `httpx.ASGITransport(app=bridge)`.

    A broken connection (the faults reset, empty and truncated) raises ConnectionResetError, as
    there is no socket to break.
    """

    def __init__(self, app: App, loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
        self._app = app
        self._loop = loop

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            kind = scope["type"]
            raise RuntimeError(f"the server runs already and takes only http here, not {kind}")
        caller_loop, app_loop = asyncio.get_running_loop(), self._loop()

        async def receive_from_caller() -> Any:
            return await _run_in(caller_loop, receive())

        async def send_to_caller(message: Any) -> None:
            await _run_in(caller_loop, send(message))

        async def run() -> None:
            await self._app(scope, receive_from_caller, send_to_caller)

        await _run_in(app_loop, run())


async def _run_in(loop: asyncio.AbstractEventLoop, step: Coroutine[Any, Any, Any]) -> Any:
    """Run the step in that loop, and return its result."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(step, loop))
