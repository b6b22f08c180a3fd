"""The store of several processes: one Redis server, version 6.2 or newer."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from mockocr.control.state.store import lua
from mockocr.control.state.store.protocol import (
    MAX_NONCES,
    WINDOWS,
    Document,
    LogItem,
    LogStats,
)
from mockocr.core.errors import ApiError, ErrorKind

try:
    from redis.asyncio import BlockingConnectionPool
    from redis.asyncio import Redis as Client
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff
    from redis.exceptions import ConnectionError as RedisConnectionError
    from redis.exceptions import RedisError
    from redis.exceptions import TimeoutError as RedisTimeoutError
except ImportError as error:
    raise ValueError("the redis library is missing; type: pip install 'mockocr[redis]'") from error

PREFIX = "{mockocr}:"
"""The braces make a cluster keep all keys on one node, so that the scripts work there too."""
CONNECT_SECONDS, ANSWER_SECONDS = 2.0, 5.0
CONNECTIONS = 32
PAUSE_SECONDS = 0.25
"""How long to wait after a failed connection before the next try: one request uses the store
several times, and would wait each time.
"""
PAGE = 200


class Redis:
    """Every method is one script, which Redis runs as a whole or not at all. A script whose answer
    was lost is reported as a failure and never sent again.
    """

    shared = True

    def __init__(self, address: str, max_nonces: int = MAX_NONCES) -> None:
        self.name = _check_address(address)
        self._max_nonces = max_nonces
        self._failed: tuple[float, str] = (0.0, "")
        try:
            pool = BlockingConnectionPool.from_url(
                address,
                max_connections=CONNECTIONS,
                timeout=ANSWER_SECONDS,
                socket_connect_timeout=CONNECT_SECONDS,
                socket_timeout=ANSWER_SECONDS,
                retry=Retry(NoBackoff(), 0),
            )
        except (ValueError, TypeError) as error:
            raise ValueError(f"{self.name} is not a store address: {error}") from None
        self._client = Client.from_pool(pool)
        self._scripts: dict[str, Any] = {}

    async def put(self, table: str, key: str, document: Document) -> None:
        await self._run(lua.PUT, _table(table, "sequence"), key, _encode(document))

    async def compare_and_set(
        self, table: str, key: str, old: Document | None, new: Document
    ) -> bool:
        before = "" if old is None else _encode(old)
        keys = _table(table, "sequence")
        return bool(await self._run(lua.COMPARE_AND_SET, keys, key, before, _encode(new)))

    async def get(self, table: str, key: str) -> Document | None:
        raw = await self._run(lua.HASH_GET, _table(table)[:1], key)
        return None if raw is None else _decode(raw)

    async def delete(self, table: str, key: str) -> bool:
        return bool(await self._run(lua.DELETE, _table(table), key))

    async def documents(self, table: str) -> tuple[Document, ...]:
        return tuple(map(_decode, await self._run(lua.DOCUMENTS, _table(table))))

    async def increment(
        self,
        counter: str,
        by: int = 1,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        window: str = "",
    ) -> int | None:
        bounds = ["" if bound is None else bound for bound in (minimum, maximum)]
        value = await self._run(lua.INCREMENT, _COUNTERS, counter, by, *bounds, window, WINDOWS)
        return None if value is None else int(value)

    async def counters(self, prefix: str) -> Mapping[str, int]:
        flat = await self._run(lua.COUNTERS, _COUNTERS, prefix)
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return {name.decode(): int(value.partition(b"\n")[0]) for name, value in pairs}

    async def delete_counters(self, prefix: str) -> None:
        await self._run(lua.DELETE_COUNTERS, _COUNTERS, prefix)

    async def claim_nonce(self, nonce: str, until: float, now: float) -> bool:
        times = repr(until), repr(now)
        return bool(await self._run(lua.CLAIM_NONCE, _NONCES, nonce, *times, self._max_nonces))

    async def append_log(self, log: str, item: LogItem, max_bytes: int, lost: int = 0) -> LogStats:
        blobs = [part for pair in item.blobs.items() for part in pair]
        summary = _encode(item.summary)
        facts = item.key, summary, item.detail, item.size, max_bytes, lost
        return LogStats(*await self._run(lua.APPEND_LOG, _log(log, "sequence"), *facts, *blobs))

    async def newest_log(self, log: str) -> AsyncIterator[Document]:
        summaries, _, _, order, *_ = _log(log)
        before = "+inf"
        while before:
            page = await self._run(lua.NEWEST_LOG, (summaries, order), before, PAGE)
            for raw in page[1::2]:
                yield _decode(raw)
            before = f"({page[-2].decode()}" if len(page) == 2 * PAGE else ""

    async def find_log(self, log: str, key: str) -> LogItem | None:
        found = await self._run(lua.FIND_LOG, _log(log)[:3], key)
        if not found:
            return None
        summary, detail, sizes = found
        return LogItem(key, _decode(summary), detail, size=int(sizes.split()[0]))

    async def delete_log(self, log: str, key: str) -> bool:
        return bool(await self._run(lua.DELETE_LOG, _log(log), key))

    async def log_blob(self, log: str, digest: str) -> bytes:
        return await self._run(lua.HASH_GET, _log(log)[4:5], digest) or b""

    async def log_stats(self, log: str) -> LogStats:
        return LogStats(*await self._run(lua.LOG_STATS, _log(log)))

    async def clear_log(self, log: str) -> None:
        await self._run(lua.CLEAR_LOG, _log(log))

    async def clear(self) -> None:
        await self._run(lua.CLEAR, ())

    async def aclose(self) -> None:
        """Close all connections; the store opens new ones when it is used again."""
        await self._client.aclose()
        await self._client.connection_pool.disconnect()

    async def _run(self, script: str, keys: Sequence[str], *arguments: Any) -> Any:
        """The result of a script, strings as bytes; `ApiError(UNAVAILABLE)` on any failure."""
        until, why = self._failed
        if time.monotonic() < until:
            raise ApiError(ErrorKind.UNAVAILABLE, why)
        if script not in self._scripts:
            self._scripts[script] = self._client.register_script(script)
        named = [PREFIX + key for key in (*keys, "known")]
        try:
            return await self._scripts[script](keys=named, args=arguments)
        except (RedisConnectionError, RedisTimeoutError, OSError) as error:
            why = f"no connection to the store at {self.name}: {_sentence(error)}"
            self._failed = time.monotonic() + PAUSE_SECONDS, why
        except RedisError as error:
            why = f"the store at {self.name} refuses: {_sentence(error)}"
        raise ApiError(ErrorKind.UNAVAILABLE, why)


def _check_address(address: str) -> str:
    """The address without its password; ValueError if it is not a store address."""
    parts = urlsplit(address)
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    wanted = _ADDRESSES.get(parts.scheme)
    if wanted is None or not wanted.fullmatch(shown.partition("://")[2]):
        raise ValueError(
            "the store must be memory, redis://host:6379/0, rediss://… or"
            f" unix:///path/of/socket, not {shown if parts.scheme else address!r}"
        )
    return shown


_HOST = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(/\d{0,4})?")
_ADDRESSES = {"redis": _HOST, "rediss": _HOST, "unix": re.compile(r"/.+")}


def _table(name: str, *more: str) -> tuple[str, ...]:
    return f"table:{name}", f"table:{name}:order", *more


def _log(name: str, *more: str) -> tuple[str, ...]:
    parts = ("summaries", "details", "sizes", "order", "blobs", "state")
    return (*(f"log:{name}:{part}" for part in parts), *more)


_COUNTERS = ("counters", "counters:names")
_NONCES = ("nonces", "nonces:order", "sequence")


def _encode(document: Document) -> str:
    return json.dumps(document, separators=(",", ":"))


def _decode(raw: bytes) -> Document:
    document: Document = json.loads(raw)
    return document


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
