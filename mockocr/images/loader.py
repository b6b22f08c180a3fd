"""Loads an `Image` from a `Source`: downloads it if it is remote and decodes it in a thread."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ssl import SSLContext

from mockocr.core.errors import ApiError, ErrorCause
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.images.addresses import Resolver, resolve_by_system
from mockocr.images.decode_cache import DecodeCache
from mockocr.images.decoding import decode
from mockocr.images.downloading import Downloader
from mockocr.images.memory_budget import MemoryBudget

_QUICK = 256 * 1024
"""Up to this many bytes, hashing takes less time than using a worker (0.2 ms)."""


class Loader:
    """Loads pictures: `await loader(source, limits)`. Raises `ApiError`.

    An inline picture may cause NO_IMAGE, BAD_IMAGE, IMAGE_FORMAT, IMAGE_TOO_LARGE or IMAGE_SIZE. A
    remote one may cause DOWNLOAD_FAILED or IMAGE_TOO_LARGE, and after the download any error of an
    inline one. Every error of a remote picture has a `cause`.

    At most `workers` pictures are decoded at a time (default: one for each core). `block_private`
    also blocks downloads from loopback and private addresses. `trust` verifies https servers (True:
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
    ) -> None:
        self._download = Downloader(block_private=block_private, trust=trust, resolve=resolve)
        self._cache = DecodeCache(cache_bytes)
        self.memory_budget = MemoryBudget(memory_bytes + cache_bytes) if memory_bytes else None
        self._workers = ThreadPoolExecutor(workers or os.cpu_count() or 1, "decoding")

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

    async def _decoded(self, source: Inline, limits: Limits) -> Image:
        if not self._cache.max_bytes:
            return await self._in_worker(self._decode, source, limits)
        if len(source.base64 or source.data) > _QUICK:
            return await self._in_worker(self._cached, source, limits)
        key = self._cache.key(source, limits)
        found = self._cache.get(key)
        if found is None:
            found = await self._in_worker(self._decode, source, limits)
            self._cache.put(key, found)
        return found

    def _cached(self, source: Inline, limits: Limits) -> Image:
        key = self._cache.key(source, limits)
        found = self._cache.get(key)
        if found is None:
            found = self._decode(source, limits)
            self._cache.put(key, found)
        return found

    def _decode(self, source: Inline, limits: Limits) -> Image:
        image = decode(source, limits)
        if self.memory_budget is not None:
            self.memory_budget.reserve(image)
        return image

    async def _in_worker(
        self, work: Callable[[Inline, Limits], Image], source: Inline, limits: Limits
    ) -> Image:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, work, source, limits)

    async def aclose(self) -> None:
        """Close sockets and threads, after finishing the pictures that are being decoded."""
        await self._download.aclose()
        await asyncio.to_thread(self._workers.shutdown)


def _short(source: Remote) -> str:
    return source.url if len(source.url) <= 200 else f"{source.url[:200]}…"
