"""Loads an `Image` from a `Source`: downloads it if it is remote, and decodes it in a thread or in
another process.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ssl import SSLContext
from typing import Any, TypeVar

import msgspec

from mockocr.core.errors import ApiError, ErrorCause
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.images.addresses import Resolver, resolve_by_system
from mockocr.images.base64_input import inline_bytes
from mockocr.images.cost import Cost, estimate
from mockocr.images.decode_cache import DecodeCache
from mockocr.images.decode_process import SECONDS, DecodeProcesses
from mockocr.images.decoding import decode
from mockocr.images.downloading import Downloader
from mockocr.images.memory_budget import MemoryBudget

T = TypeVar("T")

HAS_LIMITS = os.name == "posix"
"""Windows has no limits for processes, so all pictures are decoded in threads there."""
_QUICK = 1024 * 1024
"""Up to this many bytes, hashing takes less time than handing the picture to a worker and back."""


class Loader:
    """Loads pictures: `await loader(source, limits)`. Raises `ApiError`.

    An inline picture may cause NO_IMAGE, BAD_IMAGE, IMAGE_FORMAT, IMAGE_TOO_LARGE or IMAGE_SIZE. A
    remote one may cause DOWNLOAD_FAILED or IMAGE_TOO_LARGE, and after the download any error of an
    inline one. Every error of a remote picture has a `cause`.

    At most `workers` small pictures, large pictures and PDF documents are decoded at a time
    (default: one for each core). Small pictures are decoded in a thread, all others in a process
    with limits of time (`decode_seconds`) and memory. `block_private` also blocks downloads from
    loopback and private addresses. `trust` verifies https servers (True:
    by the system's CAs). `cache_bytes` limits the cache of decoded pictures. `memory_bytes` limits
    all decoded pictures in use: the next one waits, and is refused with BUSY after half a minute.
    0 means no cache, or no limit.
    """

    def __init__(
        self,
        *,
        block_private: bool = False,
        trust: SSLContext | bool = True,
        resolve: Resolver = resolve_by_system,
        workers: int | None = None,
        cache_bytes: int = 0,
        memory_bytes: int = 0,
        decode_seconds: float = SECONDS,
    ) -> None:
        self._download = Downloader(block_private=block_private, trust=trust, resolve=resolve)
        self._cache = DecodeCache(cache_bytes)
        self.memory_budget = MemoryBudget(memory_bytes + cache_bytes) if memory_bytes else None
        count = workers or os.cpu_count() or 1
        self._workers = ThreadPoolExecutor(count, "decoding")
        # documents have processes of their own, so that slow ones do not delay pictures
        self._pictures = DecodeProcesses(count, "large-pictures", decode_seconds)
        self._documents = DecodeProcesses(count, "documents", decode_seconds)

    async def __call__(self, source: Source, limits: Limits) -> Image:
        if isinstance(source, Inline):
            return await self._decoded(source, limits)
        fetched = await self._download(source, limits)
        try:
            return await self._decoded(Inline(fetched.data), limits)
        except ApiError as error:
            kind = fetched.content_type or "no content type"
            detail = f"{error.detail} (downloaded as {kind} from {_short(source)})"
            cause = error.cause or ErrorCause.CONTENT
            raise ApiError(
                error.reason, detail, cause=cause, content_type=kind, facts=error.facts
            ) from None

    async def fetch(self, source: Source, limits: Limits) -> Inline:
        """The file, downloaded if it is remote, not decoded yet. Raises as a call does, except for
        the errors of a picture.
        """
        if isinstance(source, Inline):
            return source
        fetched = await self._download(source, limits)
        return Inline(fetched.data, location=source.location)

    async def _decoded(self, source: Inline, limits: Limits) -> Image:
        if not self._cache.max_bytes:
            return await self._decode(source, limits)
        key = self._cache.key(source, limits)
        large = len(source.base64 or source.data) > _QUICK
        found = await self._in_worker(self._cache.get, key) if large else self._cache.get(key)
        if found is None:
            found = await self._decode(source, limits)
            self._cache.put(key, found)
        return found

    async def _decode(self, source: Inline, limits: Limits) -> Image:
        found = await self._in_worker(self._decode_light, source, limits)
        if isinstance(found, Image):
            return found
        processes = self._documents if found.cost.format == "PDF" else self._pictures
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            processes.executor, self._decode_heavy, processes, found, limits
        )

    def _decode_light(self, source: Inline, limits: Limits) -> Image | _Heavy:
        """The picture, or the file if it must be decoded in another process."""
        data = inline_bytes(source, limits)
        cost = estimate(data, limits)
        if not cost.light and HAS_LIMITS:
            return _Heavy(data, cost)
        return self._within_budget(cost, lambda: decode(Inline(data), limits))

    def _decode_heavy(self, processes: DecodeProcesses, heavy: _Heavy, limits: Limits) -> Image:
        return self._within_budget(
            heavy.cost, lambda: processes.decode(heavy.data, limits, heavy.cost)
        )

    def _within_budget(self, cost: Cost, work: Callable[[], Image]) -> Image:
        if self.memory_budget is None:
            return work()
        return self.memory_budget.load(cost.bytes, work)

    async def _in_worker(self, work: Callable[..., T], *arguments: Any) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, work, *arguments)

    async def aclose(self) -> None:
        """Close sockets and threads, after finishing the pictures that are being decoded."""
        await self._download.aclose()
        for close in (self._workers.shutdown, self._pictures.close, self._documents.close):
            await asyncio.to_thread(close)


class _Heavy(msgspec.Struct, frozen=True):
    """A file to be decoded in another process, and what that costs."""

    data: bytes
    cost: Cost


def _short(source: Remote) -> str:
    return source.url if len(source.url) <= 200 else f"{source.url[:200]}…"
