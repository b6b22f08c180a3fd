"""A server stops when it is told to, and not at its next tick."""

from __future__ import annotations

import asyncio
from typing import Any

from mockocr.serving.server import Server, config
from tests.asgi import run
from tests.sockets import served


async def nothing(scope: Any, receive: Any, send: Any) -> None:
    """Answer nothing."""


def test_stopping_does_not_wait_for_the_next_tick() -> None:
    async def seconds() -> float:
        server = Server(config(nothing))
        server.loop = asyncio.get_running_loop()
        ticking = asyncio.create_task(server.main_loop())
        await asyncio.sleep(0.01)
        begun = server.loop.time()
        server.stop()
        await ticking
        return server.loop.time() - begun

    # a tick lasts 0.1 s; a busy machine may disturb some rounds
    assert min(run(seconds()) for _ in range(5)) < 0.05


def test_a_server_that_never_started_or_has_ended_can_be_stopped() -> None:
    server = Server(config(nothing))
    server.stop()
    assert server.should_exit
    with served(nothing, lifespan="off") as (_, port):
        assert port
