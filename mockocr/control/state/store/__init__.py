"""Where test state lives: one protocol, implemented in memory for one process and on Redis for
several.

Accounts, faults, quotas, answers, nonces, tokens, jobs, usage, the journal, the clock and shared
recognitions keep all their state in the store, so processes that share a store share them.
"""

from __future__ import annotations

from mockocr.control.state.store.memory import Memory
from mockocr.control.state.store.protocol import MAX_NONCES, Document, LogItem, LogStats, Store

__all__ = ["MAX_NONCES", "Document", "LogItem", "LogStats", "Memory", "Store", "connect"]


def connect(address: str) -> Store:
    """The store at an address: `memory`, `redis://…`, `rediss://…` or `unix://…`.

    Sends nothing yet. Raises ValueError with one sentence when the address is wrong or the redis
    library is not installed.
    """
    if address == "memory":
        return Memory()
    from mockocr.control.state.store.redis import Redis  # the library is optional

    return Redis(address)
