"""Where goldens stand in the way of a reading: before the engine, instead of it, or after it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal, cast

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition.recordings.document import (
    Golden,
    InvalidGoldenError,
    Variant,
    options_label,
    rounded,
)
from mockocr.recognition.recordings.folder import Folder
from mockocr.recognition.recordings.perceptual_hash import BITS, perceptual_hash

log = logging.getLogger("mockocr")

Read = Callable[[Image, ReadOptions], Awaitable[Recognition]]
Mode = Literal["auto", "record", "replay", "off"]
MODES = ("auto", "record", "replay", "off")


class Goldens:
    """One folder in one mode.

    `auto` gives what is there, and reads and keeps what is not; `record` reads and keeps always;
    `replay` gives what is there and refuses the rest with ENGINE_FAILED, naming the nearest golden.
    `pictures`: keep the pictures too. A reading that cannot be written is given all the same, with
    a warning in the log.
    """

    def __init__(self, folder: Folder, mode: Mode = "auto", *, pictures: bool = False) -> None:
        self.folder = folder
        self.mode = mode
        self.replayed = 0
        self.recorded = 0
        self._pictures = pictures

    @property
    def replays_only(self) -> bool:
        """Whether no engine is ever asked."""
        return self.mode == "replay"

    def wrap(self, read: Read) -> Read:
        """`read` with the goldens before it."""

        async def golden(image: Image, options: ReadOptions) -> Recognition:
            if self.mode == "off":
                return await read(image, options)
            if self.mode != "record":
                known = await asyncio.to_thread(self._known, image, options)
                if known is not None:
                    self.replayed += 1
                    return known
            recognition = rounded(await read(image, options))
            await asyncio.to_thread(self._keep, image, options, recognition)
            return recognition

        return golden

    def status(self) -> dict[str, Any]:
        """For the health page."""
        return {
            "folder": str(self.folder.path),
            "mode": self.mode,
            "replayed": self.replayed,
            "recorded": self.recorded,
        }

    def _known(self, image: Image, options: ReadOptions) -> Recognition | None:
        try:
            golden = self.folder.find(image.digest)
        except (InvalidGoldenError, OSError) as error:
            raise ApiError(ErrorKind.ENGINE_FAILED, f"a golden cannot be used: {error}") from None
        recognition = golden.find(options) if golden else None
        if recognition is None and self.replays_only:
            raise ApiError(ErrorKind.ENGINE_FAILED, self._unknown(image, options, golden))
        return recognition

    def _unknown(self, image: Image, options: ReadOptions, golden: Golden | None) -> str:
        if golden is not None:
            asked = (
                " and ".join(f"({options_label(variant.options)})" for variant in golden.variants)
                or "no options"
            )
            return (
                f"the golden of picture {image.digest} was recorded for {asked},"
                f" not for ({options_label(options)}); record it, or remove its options so that it"
                " answers all"
            )
        said = f"no golden for picture {image.digest}, {image.width}x{image.height} px"
        nearest = self.folder.nearest(perceptual_hash(image))
        if nearest is None:
            return f"{said}; {self.folder.path} holds none at all"
        other, bits = nearest
        name = f" ({other.name})" if other.name else ""
        return f"{said}; the nearest is {other.digest}{name}, {bits} of {BITS} bits away"

    def _keep(self, image: Image, options: ReadOptions, recognition: Recognition) -> None:
        try:
            record(self.folder, image, Variant(recognition, options), pictures=self._pictures)
        except (InvalidGoldenError, OSError) as error:
            log.warning("the golden of picture %s was not kept: %s", image.digest, error)
        else:
            self.recorded += 1


class GoldenReader:
    """An engine that reads nothing but goldens; ENGINE_FAILED for a picture without one."""

    name = "goldens"

    def __init__(self, goldens: Goldens) -> None:
        self._read = goldens.wrap(_unread)

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self._read(image, options)

    def close(self) -> None:
        """Nothing to free; there so that every engine is closed alike."""


async def _unread(image: Image, options: ReadOptions) -> Recognition:
    raise ApiError(ErrorKind.ENGINE_FAILED, f"no golden for picture {image.digest}")


def record(
    folder: Folder, image: Image, variant: Variant, *, name: str = "", pictures: bool = False
) -> Golden:
    """Record a variant of the picture; other variants and the name stay."""

    def change(old: Golden | None) -> Golden:
        likeness_hash = perceptual_hash(image) if old is None else old.perceptual_hash
        variants = old.variants if old else ()
        called = (old.name if old else "") or name
        new = Golden(image.digest, image.width, image.height, likeness_hash, called, variants)
        return new.with_variant(Variant(rounded(variant.recognition), variant.options))

    golden = folder.update(image.digest, change)
    if pictures:
        folder.keep_picture(image)
    return golden


def open_goldens(path: str, mode: str = "auto", *, pictures: bool = False) -> Goldens | None:
    """The goldens of that folder, None without one or when `mode` is off; OSError with a sentence
    when `replay` finds no folder or the others cannot make it.
    """
    if mode not in MODES:
        raise ValueError(f"a golden mode is one of {', '.join(MODES)}, not {mode!r}")
    if not path or mode == "off":
        return None
    folder = Path(path)
    if mode == "replay" and not folder.is_dir():
        raise NotADirectoryError(f"{path} is no folder, so there is nothing to replay")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = (
            "is a file and no folder" if folder.is_file() else f"cannot be made: {error.strerror}"
        )
        raise NotADirectoryError(f"{path} {said}") from None
    return Goldens(Folder(folder), cast("Mode", mode), pictures=pictures)
