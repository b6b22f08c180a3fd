"""The store of several processes: one Redis, 6.2 or newer."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from mockocr.control.state.store import lua
from mockocr.control.state.store.memory import MAX_TOKENS
from mockocr.control.state.store.protocol import WINDOWS, Document, LogItem, LogStats
from mockocr.core.errors import ApiError, ErrorKind

try:
    from redis.asyncio import BlockingConnectionPool
    from redis.asyncio import Redis as Client
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff
    from redis.exceptions import ConnectionError as Disconnected
    from redis.exceptions import RedisError
    from redis.exceptions import TimeoutError as TooLate
except ImportError as error:
    raise ValueError("needs the library redis; type: pip install 'mockocr[redis]'") from error

PREFIX = "{mockocr}:"
"""In braces, so that a cluster keeps all keys together and the scripts work there too."""
CONNECT_SECONDS, ANSWER_SECONDS = 2.0, 5.0
CONNECTIONS = 32
PAUSE_SECONDS = 0.25
"""After a failed connection nobody tries again for so long: a call asks the store several times,
and would wait for each.
"""
PAGE = 200


class Redis:
    """Every step is one script, which Redis runs whole or not at all and nobody sends twice: a step
    whose answer was lost is refused, never repeated.
    """

    shared = True

    def __init__(self, address: str, max_tokens: int = MAX_TOKENS) -> None:
        self.name = _checked(address)
        self._max_tokens = max_tokens
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
            raise ValueError(f"{self.name} is no address of a store: {error}") from None
        self._client = Client.from_pool(pool)
        self._scripts: dict[str, Any] = {}

    async def put(self, table: str, key: str, document: Document) -> None:
        await self._run(lua.PUT, _table(table, "sequence"), key, _text(document))

    async def swap(self, table: str, key: str, old: Document | None, new: Document) -> bool:
        before = "" if old is None else _text(old)
        keys = _table(table, "sequence")
        return bool(await self._run(lua.SWAP, keys, key, before, _text(new)))

    async def get(self, table: str, key: str) -> Document | None:
        raw = await self._run(lua.BLOB, _table(table)[:1], key)
        return None if raw is None else _document(raw)

    async def drop(self, table: str, key: str) -> bool:
        return bool(await self._run(lua.DROP, _table(table), key))

    async def rows(self, table: str) -> tuple[Document, ...]:
        return tuple(map(_document, await self._run(lua.ROWS, _table(table))))

    async def count(
        self,
        counter: str,
        by: int = 1,
        *,
        least: int | None = None,
        most: int | None = None,
        window: str = "",
    ) -> int | None:
        bounds = ["" if bound is None else bound for bound in (least, most)]
        value = await self._run(lua.COUNT, _COUNTERS, counter, by, *bounds, window, WINDOWS)
        return None if value is None else int(value)

    async def counts(self, prefix: str) -> Mapping[str, int]:
        flat = await self._run(lua.COUNTS, _COUNTERS, prefix)
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return {name.decode(): int(value.partition(b"\n")[0]) for name, value in pairs}

    async def forget(self, prefix: str) -> None:
        await self._run(lua.FORGET, _COUNTERS, prefix)

    async def claim(self, token: str, until: float, now: float) -> bool:
        times = repr(until), repr(now)
        return bool(await self._run(lua.CLAIM, _TOKENS, token, *times, self._max_tokens))

    async def shelve(self, shelf: str, item: LogItem, most: int, lost: int = 0) -> LogStats:
        blobs = [part for pair in item.blobs.items() for part in pair]
        row = _text(item.row)
        keys = _shelf(shelf, "sequence")
        facts = item.key, row, item.rest, item.cost, most, lost
        return LogStats(*await self._run(lua.SHELVE, keys, *facts, *blobs))

    async def newest(self, shelf: str) -> AsyncIterator[Document]:
        rows, _, _, order, *_ = _shelf(shelf)
        before = "+inf"
        while before:
            page = await self._run(lua.NEWEST, (rows, order), before, PAGE)
            for raw in page[1::2]:
                yield _document(raw)
            before = f"({page[-2].decode()}" if len(page) == 2 * PAGE else ""

    async def find(self, shelf: str, key: str) -> LogItem | None:
        found = await self._run(lua.FIND, _shelf(shelf)[:3], key)
        if not found:
            return None
        row, rest, costs = found
        return LogItem(key, _document(row), rest, cost=int(costs.split()[0]))

    async def blob(self, shelf: str, digest: str) -> bytes:
        return await self._run(lua.BLOB, _shelf(shelf)[4:5], digest) or b""

    async def tally(self, shelf: str) -> LogStats:
        return LogStats(*await self._run(lua.TALLY, _shelf(shelf)))

    async def wipe(self, shelf: str) -> None:
        await self._run(lua.WIPE, _shelf(shelf))

    async def clear(self) -> None:
        await self._run(lua.CLEAR, ())

    async def aclose(self) -> None:
        """End all connections; the store can be used again."""
        await self._client.aclose()
        await self._client.connection_pool.disconnect()

    async def _run(self, script: str, keys: Sequence[str], *arguments: Any) -> Any:
        """What the script returns; strings as bytes. `ApiError(UNAVAILABLE)` for any trouble."""
        until, why = self._failed
        if time.monotonic() < until:
            raise ApiError(ErrorKind.UNAVAILABLE, why)
        if script not in self._scripts:
            self._scripts[script] = self._client.register_script(script)
        named = [PREFIX + key for key in (*keys, "known")]
        try:
            return await self._scripts[script](keys=named, args=arguments)
        except (Disconnected, TooLate, OSError) as error:
            why = f"no connection to the store at {self.name}: {_sentence(error)}"
            self._failed = time.monotonic() + PAUSE_SECONDS, why
        except RedisError as error:
            why = f"the store at {self.name} refuses: {_sentence(error)}"
        raise ApiError(ErrorKind.UNAVAILABLE, why)


def _checked(address: str) -> str:
    """The address without what is secret in it; ValueError when it is none of a store."""
    parts = urlsplit(address)
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    wanted = _ADDRESSES.get(parts.scheme)
    if wanted is None or not wanted.fullmatch(shown.partition("://")[2]):
        raise ValueError(
            "a store is memory, redis://host:6379/0, rediss://… or unix:///path/of/socket, not"
            f" {shown if parts.scheme else address!r}"
        )
    return shown


_HOST = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(/\d{0,4})?")
_ADDRESSES = {"redis": _HOST, "rediss": _HOST, "unix": re.compile(r"/.+")}


def _table(name: str, *more: str) -> tuple[str, ...]:
    return f"table:{name}", f"table:{name}:order", *more


def _shelf(name: str, *more: str) -> tuple[str, ...]:
    parts = ("rows", "rests", "costs", "order", "blobs", "state")
    return (*(f"shelf:{name}:{part}" for part in parts), *more)


_COUNTERS = ("counters", "counters:names")
_TOKENS = ("tokens", "tokens:order", "sequence")


def _text(document: Document) -> str:
    return json.dumps(document, separators=(",", ":"))


def _document(raw: bytes) -> Document:
    document: Document = json.loads(raw)
    return document


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
