"""Recognitions that several servers share: each picture is read by one of them only."""

from __future__ import annotations

import json
from typing import Protocol

from msgspec.structs import asdict

from mockocr.core.engine import ReadOptions
from mockocr.core.exchange import Recognize
from mockocr.core.http import dump_json
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.core.recognition_json import recognition_from_json, recognition_to_json


class SharedStore(Protocol):
    """Bytes by key, bounded in size; the oldest are evicted."""

    async def find(self, key: str) -> bytes | None: ...

    async def keep(self, key: str, value: bytes) -> None: ...


class SharedCache:
    """Recognitions in a shared store, by engine, decoded picture and options."""

    def __init__(self, store: SharedStore) -> None:
        self._store = store

    def wrap(self, read: Recognize, engine: str) -> Recognize:
        """`read` with the shared cache in front; `engine` is its name and version."""

        async def shared(image: Image, options: ReadOptions) -> Recognition:
            key = json.dumps([engine, image.digest, asdict(options)], sort_keys=True)
            found = await self._store.find(key)
            if found is not None:
                return load(found)
            recognition = await read(image, options)
            await self._store.keep(key, dump(recognition))
            return recognition

        return shared


def dump(recognition: Recognition) -> bytes:
    """The recognition as JSON, with all its digits."""
    return dump_json(recognition_to_json(recognition))


def load(raw: bytes) -> Recognition:
    """The recognition that `dump` took."""
    return recognition_from_json(json.loads(raw))
