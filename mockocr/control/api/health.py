"""Checks that recognition works by reading a built-in picture."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from mockocr import __version__
from mockocr.control.documents.reports import HealthDocument
from mockocr.control.journal.journal import Journal
from mockocr.control.state.store import Store
from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image

FRESH_SECONDS = 30.0
"""How long a good result is reused; after a bad one the next check reads again."""
WAIT_SECONDS = 20.0
TABLE, KEY = "health", "write"
"""The document that each check writes."""
WIDTH, HEIGHT = 176, 56
TEXT = "OCR 2026"
_PACKED = (
    b"c-rlfF>b>!3`G@q@TiX6bd&O8ftAf;ujD|3uVFz$R~cCZRM79IVLRyFp+h*)&nEfFZ{QVw7B^s$r2|Tj#n%qi0?i"
    b"0azZkx|U~){deqn4g-C{f@gPUcdb@`*OE~Fy(%CPoP{QW_SvH0&)g=K>qQDx+?h>(HQNb4Xons68r;`*dvrvWh@^"
    b"eTzeZFE(-^}YJUzDj4TiL`jqs&sgF2h}Z*m6qYHKj}r~D9zmI7Y#~d>+fe@YR0HEG#gJ1I?XB_n_Ex4RMuRjUJIq"
    b"q-KsPR&299!gG2F6X4WX(ZwAM#Ip)x5`+eDu57x4742Ks9pY+137czB+Z&ajIeUqg>JWkw(bn&Fcy?*@v6F&(5M!"
    b"W"
)
"""`TEXT` in black on white, one bit per pixel, deflated to keep this module small."""


def picture() -> Image:
    """The built-in grey picture, unpacked without an imaging library."""
    bits = zlib.decompress(base64.b85decode(_PACKED))
    pixels = b"".join(_OCTETS[octet] for octet in bits)
    digest = hashlib.sha256(pixels).hexdigest()
    return Image(pixels, WIDTH, HEIGHT, 1, "PNG", digest, digest, len(bits))


_OCTETS = [bytes(255 * (octet >> bit & 1) for bit in range(7, -1, -1)) for octet in range(256)]


class CacheStatus(Protocol):
    """The cache of recognitions, as the health page shows it."""

    def status(self) -> Mapping[str, Any]: ...


class Health:
    """Reads the built-in picture at most every `FRESH_SECONDS`, by the engine itself, without the
    cache and recordings. A busy engine counts as working. `reader` describes the engine.
    """

    def __init__(
        self,
        engine: Engine,
        store: Store,
        journal: Journal,
        cache: CacheStatus,
        goldens: Callable[[], dict[str, Any]] | None = None,
        reader: str = "",
    ) -> None:
        self._engine = engine
        self._store = store
        self._journal = journal
        self._cache = cache
        self._goldens = goldens
        self._reader = reader
        self._good_until = 0.0
        self._read = ""
        self._lock = asyncio.Lock()

    async def report(self) -> tuple[int, HealthDocument]:
        """HTTP status (200 or 503) and the document of `GET /health`."""
        async with self._lock:
            why = await self._problem()
        requests, size = self._journal.size
        document: HealthDocument = {
            "status": "failing" if why else "ok",
            "version": __version__,
            "engine": self._engine.name,
            "reader": self._reader,
            "languages": list(getattr(self._engine, "languages", ())),
            "store": self._store.name,
            "journal": {"requests": requests, "bytes": size, "evicted": self._journal.evicted},
            "cache": self._cache.status(),
        }
        if self._goldens is not None:
            document["goldens"] = self._goldens()
        if why:
            document["why"] = why
            return 503, document
        document["read"] = self._read
        return 200, document

    async def _problem(self) -> str:
        """Why recognition does not work; empty if it works."""
        try:
            await self._store.get(TABLE, KEY)
        except ApiError as error:
            return f"the store does not answer: {error.detail or error}"
        try:  # a replica, or a Redis without memory, answers reads and refuses writes
            await self._store.put(TABLE, KEY, {"version": __version__})
            await self._journal.stats()
        except ApiError as error:
            return f"the store takes no writes: {error.detail or error}"
        if time.monotonic() < self._good_until:
            return ""
        try:
            read = await asyncio.wait_for(
                self._engine.recognize(picture(), ReadOptions()), WAIT_SECONDS
            )
        except ApiError as error:
            if ErrorKind.BUSY in error.kinds:
                return ""
            return f"recognition does not work: {error.detail or error}"
        except TimeoutError:
            return f"recognition does not work: no answer within {WAIT_SECONDS:g} s"
        except Exception as error:  # a broken engine must not break the health page
            return f"recognition does not work: {type(error).__name__}: {error}"
        self._read = read.text
        self._good_until = time.monotonic() + FRESH_SECONDS
        return ""
