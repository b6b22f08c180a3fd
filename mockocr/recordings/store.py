"""The folder of recordings: `<namespace>/<operation>-<key>.http`, and `pictures/` if kept."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from mockocr.core.file_replacement import replace_file
from mockocr.recordings import exchange_file
from mockocr.recordings.exchange_file import ExchangeText, InvalidExchangeError
from mockocr.recordings.pictures import Picture
from mockocr.recordings.recording import Recording, load

_PICTURES = "pictures"
_MOST = 10_000
"""Recordings of one key."""


class StoreFullError(Exception):
    """A recording could not be written; the text says why in one sentence."""


class Damaged(msgspec.Struct, frozen=True):
    """A file that is no recording, and why."""

    path: Path
    why: str

    def __str__(self) -> str:
        return f"{self.path} is damaged and not used: {self.why}"


class Recordings:
    """The recordings below `path`. Writes each file whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Make the folder; `StoreFullError` if that is not possible."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFullError(f"cannot make {self.path}: {error.strerror or error}") from None

    def add(self, exchange: ExchangeText, files: Mapping[str, bytes]) -> Path:
        """Write a recording after those of the same key, and the pictures by SHA-256.

        `StoreFullError` if that is not possible: then no part of it remains.
        """
        namespace, _, operation = exchange.notes["operation"].partition(".")
        stem = f"{operation}-{exchange.notes['key']}"
        try:
            folder = self.path / namespace
            folder.mkdir(parents=True, exist_ok=True)
            for sha256, data in files.items():
                self._keep_picture(sha256, data)
            name = next(
                name
                for number in range(1, _MOST)
                if not (
                    folder / (name := f"{stem}.http" if number == 1 else f"{stem}-{number}.http")
                ).exists()
            )
            replace_file(folder / name, exchange_file.dump(exchange).encode())
        except OSError as error:
            reason = error.strerror or error
            raise StoreFullError(f"cannot write to {self.path}: {reason}") from None
        return folder / name

    def replace(self, recording: Recording, exchange: ExchangeText) -> None:
        """Write another text in place of a recording."""
        replace_file(self.path / recording.name, exchange_file.dump(exchange).encode())

    def all(self) -> tuple[list[Recording], list[Damaged]]:
        """Every recording in the order in which they were made, and the damaged files."""
        good: list[tuple[tuple[object, ...], Recording]] = []
        damaged: list[Damaged] = []
        for path in sorted(self.path.glob("*/*.http")):
            name = path.relative_to(self.path).as_posix()
            try:
                recording = load(path.read_text("utf-8"), name)
            except UnicodeDecodeError:
                damaged.append(Damaged(path, "it is not UTF-8"))
            except InvalidExchangeError as error:
                damaged.append(Damaged(path, str(error)))
            except OSError as error:
                damaged.append(Damaged(path, str(error.strerror)))
            else:
                good.append(((recording.operation, recording.key, _number(path)), recording))
        good.sort(key=lambda pair: pair[0])
        return [recording for _, recording in good], damaged

    def picture(self, picture: Picture) -> bytes | None:
        """The file of a picture, None if it was not kept."""
        with contextlib.suppress(OSError):
            return (self.path / _PICTURES / picture.sha256).read_bytes()
        return None

    def _keep_picture(self, sha256: str, data: bytes) -> None:
        path = self.path / _PICTURES / sha256
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, data)


def _number(path: Path) -> int:
    last = path.stem.rsplit("-", 1)[-1]
    return int(last) if last.isdigit() and path.stem.count("-") > 1 else 1
