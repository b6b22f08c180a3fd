"""Runs steps on an empty store; the fixture `run` does so with each kind of store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mockocr.control.state.store import Store

Steps = Callable[[Store], Awaitable[Any]]
Run = Callable[[Steps], Any]


async def with_store(store: Store, steps: Steps) -> Any:
    """The result of the steps on the emptied store, which is then closed."""
    try:
        await store.clear()
        return await steps(store)
    finally:
        if hasattr(store, "aclose"):
            await store.aclose()
