"""Stops what a request waits for when its client disconnects.

Only readings of pictures are stopped: what the request does to the store (quota, journal) goes on,
and the journal says that the client disconnected.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

from starlette.types import Receive

from mockocr.core.errors import ApiError, ErrorKind

T = TypeVar("T")

DISCONNECTED = "the client disconnected while its picture was read"
_READINGS = "mockocr_readings"
"""The attribute of uvicorn's request cycle with the tasks that `on_disconnect` stops."""

_cycle: ContextVar[Any] = ContextVar("mockocr_cycle", default=None)


def watch(receive: Receive) -> None:
    """Remember the connection of the request that this task answers.

    uvicorn's request cycle is the object behind `receive`.
    """
    _cycle.set(getattr(receive, "__self__", None))


@contextlib.contextmanager
def detached() -> Iterator[None]:
    """Tasks that are created inside outlive the connection of the request."""
    token = _cycle.set(None)
    try:
        yield
    finally:
        _cycle.reset(token)


async def while_connected(work: Callable[[], Awaitable[T]]) -> T:
    """The result of `work`; `ApiError(UNAVAILABLE)` as soon as the client disconnects."""
    cycle, task = _cycle.get(), asyncio.current_task()
    if cycle is None or task is None:
        return await work()
    if getattr(cycle, "disconnected", False):
        raise ApiError(ErrorKind.UNAVAILABLE, DISCONNECTED)
    readings: set[asyncio.Task[Any]] = vars(cycle).setdefault(_READINGS, set())
    readings.add(task)
    try:
        return await work()
    except asyncio.CancelledError as error:
        if DISCONNECTED not in error.args:
            raise
        task.uncancel()
        raise ApiError(ErrorKind.UNAVAILABLE, DISCONNECTED) from None
    finally:
        readings.discard(task)


def on_disconnect(cycle: Any) -> None:
    """Stop what the request of this cycle waits for; called when its connection is lost."""
    for task in tuple(getattr(cycle, _READINGS, ())):
        task.cancel(DISCONNECTED)
