"""The folder of goldens: `<digest>.json` for each picture, and `<digest>.png` where it is kept."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image as Pillow

from mockocr.core.file_replacement import replace_file
from mockocr.core.image import Image
from mockocr.recognition.recordings.document import DIGEST, Golden, InvalidGoldenError, dump, load
from mockocr.recognition.recordings.perceptual_hash import distance

_REMEMBERED = 64 * 1024 * 1024
"""Bytes of files whose goldens stay parsed."""

_Stamp = tuple[int, int]


class Folder:
    """The goldens below `path`, read anew when a file changes. Blocks; safe in threads.

    The folder is made when the first golden is kept. OSError where it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._parsed: OrderedDict[str, tuple[_Stamp, Golden]] = OrderedDict()
        self._bytes = 0

    def find(self, digest: str) -> Golden | None:
        """The golden of that picture, None without one; `InvalidGoldenError` for a damaged file."""
        path = self.file(digest)
        try:
            found = path.stat()
            stamp = found.st_mtime_ns, found.st_size
            with self._lock:
                kept = self._parsed.get(digest)
                if kept is not None and kept[0] == stamp:
                    self._parsed.move_to_end(digest)
                    return kept[1]
            text = path.read_text("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise InvalidGoldenError(f"{path} is not UTF-8: {error.reason}") from None
        golden = load(text, str(path))
        if golden.digest != digest:
            raise InvalidGoldenError(f"{path} holds the golden of another picture, {golden.digest}")
        self._remember(digest, stamp, golden)
        return golden

    def update(self, digest: str, change: Callable[[Golden | None], Golden]) -> Golden:
        """Write what `change` makes of the golden that is there, whole or not at all."""
        with _writing:
            golden = change(self.find(digest))
            self.path.mkdir(parents=True, exist_ok=True)
            replace_file(self.file(digest), dump(golden).encode())
        return golden

    def keep_picture(self, image: Image) -> None:
        """Write the picture beside its golden, as PNG, upright and flat as it was read."""
        path = self.picture(image.digest)
        if path.is_file():
            return
        mode = "L" if image.channels == 1 else "RGB"
        picture = Pillow.frombytes(mode, (image.width, image.height), image.pixels)
        self.path.mkdir(parents=True, exist_ok=True)
        with tempfile.SpooledTemporaryFile(max_size=32 * 1024 * 1024) as drawn:
            picture.save(drawn, "PNG")
            drawn.seek(0)
            replace_file(path, drawn.read())

    def remove(self, digest: str) -> None:
        """Take away a golden and its picture, as far as they are there."""
        for path in (self.file(digest), self.picture(digest)):
            path.unlink(missing_ok=True)

    def file(self, digest: str) -> Path:
        return self.path / f"{digest}.json"

    def picture(self, digest: str) -> Path:
        return self.path / f"{digest}.png"

    def digests(self) -> list[str]:
        """Of every picture that has a golden, damaged ones too; in order."""
        found = self.path.glob("*.json")
        return sorted(path.stem for path in found if DIGEST.fullmatch(path.stem))

    def goldens(self) -> Iterator[Golden]:
        """Every golden that is not damaged, by digest."""
        for digest in self.digests():
            with contextlib.suppress(InvalidGoldenError):
                golden = self.find(digest)
                if golden is not None:
                    yield golden

    def nearest(self, perceptual_hash: str) -> tuple[Golden, int] | None:
        """The golden whose picture looks most like that, and in how many of 64 bits it differs."""
        ranked = (
            (distance(g.perceptual_hash, perceptual_hash), g.digest, g) for g in self.goldens()
        )
        best = min(ranked, default=None)
        return (best[2], best[0]) if best else None

    def _remember(self, digest: str, stamp: _Stamp, golden: Golden) -> None:
        with self._lock:
            old = self._parsed.pop(digest, None)
            self._bytes += stamp[1] - (old[0][1] if old else 0)
            self._parsed[digest] = stamp, golden
            while self._bytes > _REMEMBERED and self._parsed:
                _, ((_, size), _) = self._parsed.popitem(last=False)
                self._bytes -= size


_writing = threading.Lock()
