"""Writes of one step of the event loop leave together, and none is lost or sent late."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from mockocr.serving.joined_writes import JoinedWrites


class Recorder:
    """The inner transport: it records the calls that reach it."""

    def __init__(self) -> None:
        self.calls: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.calls.append(data)

    def close(self) -> None:
        self.calls.append("close")

    def abort(self) -> None:
        self.calls.append("abort")

    def is_closing(self) -> bool:
        return not {"close", "abort"}.isdisjoint(self.calls)

    def get_extra_info(self, name: str) -> str:
        return f"the {name}"


def calls_after(use: Callable[[JoinedWrites], Any]) -> list[bytes | str]:
    """The calls that reach the inner transport until the event loop has run once more."""

    async def run() -> list[bytes | str]:
        inner = Recorder()
        use(JoinedWrites(inner))
        await asyncio.sleep(0)
        return inner.calls

    return asyncio.run(run())


def test_two_writes_of_one_step_become_one() -> None:
    def use(transport: JoinedWrites) -> None:
        transport.write(b"head ")
        transport.write(b"body")

    assert calls_after(use) == [b"head body"]


def test_writes_of_two_steps_stay_two_in_order() -> None:
    async def run() -> list[bytes | str]:
        inner = Recorder()
        transport = JoinedWrites(inner)
        for data in (b"first", b"second"):
            transport.write(data)
            await asyncio.sleep(0)
        return inner.calls

    assert asyncio.run(run()) == [b"first", b"second"]


def test_close_sends_what_is_waiting_first() -> None:
    def use(transport: JoinedWrites) -> None:
        transport.write(b"half")
        transport.close()

    assert calls_after(use) == [b"half", "close"]


def test_abort_drops_what_is_waiting() -> None:
    def use(transport: JoinedWrites) -> None:
        transport.write(b"half")
        transport.abort()

    assert calls_after(use) == ["abort"]


def test_everything_else_is_the_inner_transports() -> None:
    async def run() -> str:
        return str(JoinedWrites(Recorder()).get_extra_info("socket"))

    assert asyncio.run(run()) == "the socket"
