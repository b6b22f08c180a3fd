"""Readings that several servers share: a picture that one of them read, the others need not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mockocr.control.state.store import LogItem, Store
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Character, Line, Point, Quad, Recognition, Word
from mockocr.serving.pipeline import Recognize

SHELF = "readings"


class SharedCache:
    """Readings in the store, by engine, decoded picture and options, of `max_bytes` as stored; the
    oldest go first.
    """

    def __init__(self, store: Store, max_bytes: int) -> None:
        self._store = store
        self._max_bytes = max_bytes

    def around(self, read: Recognize, engine: str) -> Recognize:
        """`read`, asked only for what nobody has read yet; `engine` names it with its version."""

        async def shared(image: Image, options: ReadOptions) -> Recognition:
            key = json.dumps([engine, image.digest, asdict(options)], sort_keys=True)
            found = await self._store.find_log(SHELF, key)
            if found is not None:
                return loaded(found.detail)
            recognition = await read(image, options)
            raw = dumped(recognition)
            item = LogItem(key, {"picture": image.digest}, raw, size=len(raw) + len(key))
            await self._store.append_log(SHELF, item, self._max_bytes)
            return recognition

        return shared if self._max_bytes else read


def dumped(recognition: Recognition) -> bytes:
    """The recognition as JSON, to the last digit."""
    lines = [
        [_corners(line.quad), line.confidence, line.block, [_word(word) for word in line.words]]
        for line in recognition.lines
    ]
    value = [recognition.angle, recognition.engine, lines]
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def loaded(raw: bytes) -> Recognition:
    """The recognition that `dumped` took."""
    angle, engine, lines = json.loads(raw)
    return Recognition(
        tuple(
            Line(tuple(_read_word(word) for word in words), _quad(corners), confidence, block)
            for corners, confidence, block, words in lines
        ),
        angle,
        engine,
    )


def _word(word: Word) -> list[Any]:
    characters = [[c.text, _corners(c.quad), c.confidence] for c in word.characters]
    return [word.text, _corners(word.quad), word.confidence, word.spaced, characters]


def _read_word(value: Sequence[Any]) -> Word:
    text, corners, confidence, spaced, characters = value
    made = tuple(Character(c, _quad(at), sure) for c, at, sure in characters)
    return Word(text, _quad(corners), confidence, made, spaced)


def _corners(quad: Quad) -> list[float]:
    return [value for point in quad for value in point]


def _quad(values: Sequence[float]) -> Quad:
    return Quad(*(Point(x, y) for x, y in zip(values[::2], values[1::2], strict=True)))
