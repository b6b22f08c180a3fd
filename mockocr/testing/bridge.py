"""Lets an ASGI app that runs in one thread's event loop be asked from any other loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

App = Callable[[Any, Any, Any], Awaitable[None]]


class Bridge:
    """The app, for clients of other loops: `httpx.ASGITransport(app=bridge)`.

    A broken connection (the faults reset, empty and truncated) comes as ConnectionResetError, as
    there is no socket to break.
    """

    def __init__(self, app: App, home: Callable[[], asyncio.AbstractEventLoop]) -> None:
        self._app = app
        self._home = home

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"the server runs already; in process it answers http, not {scope}")
        here, home = asyncio.get_running_loop(), self._home()

        async def receive_here() -> Any:
            return await _in(here, receive())

        async def send_here(message: Any) -> None:
            await _in(here, send(message))

        async def run() -> None:
            await self._app(scope, receive_here, send_here)

        await _in(home, run())


async def _in(loop: asyncio.AbstractEventLoop, step: Coroutine[Any, Any, Any]) -> Any:
    """The step's result, from the loop that it runs in."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(step, loop))
