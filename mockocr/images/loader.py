"""One way from a `Source` to an `Image`: download where it is remote, decode beside the event
loop.
"""

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
"""Bytes that are hashed faster than a worker is asked (a fifth of a millisecond)."""


class Loader:
    """Loads pictures: `await loader(source, limits)`; `ApiError` when that cannot be done.

    Inline pictures are refused with NO_IMAGE, BAD_IMAGE, IMAGE_FORMAT, IMAGE_TOO_LARGE or
    IMAGE_SIZE. A remote one that cannot be fetched is DOWNLOAD_FAILED, or IMAGE_TOO_LARGE while it
    is fetched; what was fetched is then refused like an inline picture. Every refusal of a remote
    picture has `facts["cause"]`: url, dns, forbidden, connect, tls, timeout, redirects, status,
    encoding, empty, broken, too_large, or content (fetched, but not usable).

    At most `workers` pictures are decoded at a time (default: one per core), the rest wait.
    `block_private` also refuses to download from loopback and private addresses. `trust` verifies
    https servers: True by the system's authorities. `recent_bytes` of decoded pictures are kept
    for those who send the same again. Once `room_bytes` of them are held by anybody, the next one
    waits in its worker; after half a minute it is refused with BUSY. 0: there is no such bound.
    """

    def __init__(
        self,
        *,
        block_private: bool = False,
        trust: SSLContext | bool = True,
        resolve: Resolver = resolve_by_system,
        workers: int | None = None,
        recent_bytes: int = 0,
        room_bytes: int = 0,
    ) -> None:
        self._download = Downloader(block_private=block_private, trust=trust, resolve=resolve)
        self._recent = DecodeCache(recent_bytes)
        self.room = MemoryBudget(room_bytes + recent_bytes) if room_bytes else None
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
        if not self._recent.max_bytes:
            return await self._in_worker(self._decode, source, limits)
        if len(source.base64 or source.data) > _QUICK:
            return await self._in_worker(self._remembered, source, limits)
        key = self._recent.key(source, limits)
        found = self._recent.find(key)
        if found is None:
            found = await self._in_worker(self._decode, source, limits)
            self._recent.keep(key, found)
        return found

    def _remembered(self, source: Inline, limits: Limits) -> Image:
        key = self._recent.key(source, limits)
        found = self._recent.find(key)
        if found is None:
            found = self._decode(source, limits)
            self._recent.keep(key, found)
        return found

    def _decode(self, source: Inline, limits: Limits) -> Image:
        image = decode(source, limits)
        if self.room is not None:
            self.room.hold(image)
        return image

    async def _in_worker(
        self, work: Callable[[Inline, Limits], Image], source: Inline, limits: Limits
    ) -> Image:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, work, source, limits)

    async def aclose(self) -> None:
        """Give back sockets and threads; what is being decoded is finished first."""
        await self._download.aclose()
        await asyncio.to_thread(self._workers.shutdown)


def _short(source: Remote) -> str:
    return source.url if len(source.url) <= 200 else f"{source.url[:200]}…"
