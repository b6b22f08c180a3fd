"""Tesseract as a child process, by way of pytesseract: slower, but there on every machine."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition import conversion, page_reader, passes
from mockocr.recognition.fingerprint import fingerprint
from mockocr.recognition.installation import (
    INSTALL,
    LANGUAGES,
    EngineUnavailableError,
    command_version,
    find_tessdata,
)
from mockocr.recognition.worker_pool import (
    Pool,
    count_child,
    is_spent,
    seconds_left,
    stop_if_abandoned,
)

_AT_ONCE = 40
"""Pictures that one process reads: a reading stops only between two processes."""


class Tesseract:
    """The engine `tesseract`.

    `EngineUnavailableError` when the command or its language data is missing.
    """

    languages = LANGUAGES
    tesseract, models = "tesseract", False

    def __init__(self, pool: Pool | None = None, seconds: float = 30.0) -> None:
        version = command_version()
        if not version:
            raise EngineUnavailableError(f"the tesseract command is not installed; type: {INSTALL}")
        tessdata = find_tessdata()
        if tessdata is None:
            raise EngineUnavailableError(f"Tesseract has no language data; type: {INSTALL}")
        self.version = f"tesseract {version}"
        self.name = fingerprint(self.version)
        self._tessdata = tessdata
        self._seconds = seconds
        self.queue = self._pool = pool or Pool(seconds=seconds)
        # Tesseract's own threads fight each other: one each, and one process per core, is 2 to 7
        # times as fast. pytesseract hands our environment on and has no other way to say it.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self._pool.run(lambda: page_reader.read(image, options, self))

    def close(self) -> None:
        """Wait for the readings that run."""
        self._pool.close()

    def rows(
        self, pictures: Sequence[Pillow.Image], mode: int, languages: str
    ) -> list[list[conversion.Row]]:
        """The lines of every picture; see `passes.Tesseract`."""
        found: list[list[conversion.Row]] = []
        for start in range(0, len(pictures), _AT_ONCE):
            stop_if_abandoned()
            some = pictures[start : start + _AT_ONCE]
            found += (
                [[] for _ in some]
                if is_spent(passes.SECONDS)
                else self._counted(some, mode, languages)
            )
        return found

    def _counted(
        self, pictures: Sequence[Pillow.Image], mode: int, languages: str
    ) -> list[list[conversion.Row]]:
        """The lines, the processor time of the command counted as that of this reading."""
        began, before = time.perf_counter(), _of_children()
        try:
            return self._rows(pictures, mode, languages)
        finally:
            # both are too much when other readings run: the one for waiting, the other for theirs
            count_child(min(time.perf_counter() - began, _of_children() - before))

    def _rows(
        self, pictures: Sequence[Pillow.Image], mode: int, languages: str
    ) -> list[list[conversion.Row]]:
        # takes 50 ms, and `mockocr --help` has no use for it
        from pytesseract import pytesseract

        settings = [f"--psm {mode}", "--oem 1", f"--dpi {passes.RESOLUTION}"]
        settings += [f"-c {name}={value}" for name, value in conversion.VARIABLES.items()]
        with tempfile.TemporaryDirectory(prefix="mockocr-") as folder:
            files = [Path(folder, f"{number}.pgm") for number in range(len(pictures))]
            for file, picture in zip(files, pictures, strict=True):
                picture.save(file)
            # the command reads every picture that a text file names, and writes one page for each
            names, answer = Path(folder, "pictures.txt"), Path(folder, "answer")
            names.write_text("".join(f"{file}\n" for file in files))
            try:
                pytesseract.run_tesseract(
                    str(names),
                    str(answer),
                    extension="hocr txt",
                    lang=languages,
                    config=f'--tessdata-dir "{self._tessdata}" {" ".join(settings)}',
                    timeout=max(0.1, min(self._seconds, seconds_left())),
                )
                hocr, text = answer.with_suffix(".hocr"), answer.with_suffix(".txt")
                return conversion.pages(_text(hocr), _text(text), len(pictures))
            except (pytesseract.TesseractError, RuntimeError, OSError) as error:
                detail = f"the tesseract command failed: {str(error).strip() or type(error)}"
                raise ApiError(ErrorKind.ENGINE_FAILED, detail) from error


def _of_children() -> float:
    """Seconds of processor of all child processes that have ended; 0 on Windows."""
    times = os.times()
    return times.children_user + times.children_system


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
