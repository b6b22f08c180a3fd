"""Where the tester's state lives: one protocol, in memory for one process, in Redis for several.

Accounts, faults, quotas, answers, nonces, the bill, the journal, the clock and readings keep
nothing of their own; whoever shares the store between machines shares all of them.
"""

from __future__ import annotations

from mockocr.control.state.store.memory import MAX_TOKENS, Memory
from mockocr.control.state.store.protocol import Document, LogItem, LogStats, Store

__all__ = ["MAX_TOKENS", "Document", "LogItem", "LogStats", "Memory", "Store", "connect"]


def connect(address: str) -> Store:
    """The store of that address: `memory`, `redis://…`, `rediss://…` or `unix://…`.

    Nothing is sent yet. ValueError with one sentence when the address is wrong or the library for
    it is not installed.
    """
    if address == "memory":
        return Memory()
    from mockocr.control.state.store.redis import Redis  # only where it is asked for

    return Redis(address)
