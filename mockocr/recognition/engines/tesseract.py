"""Tesseract as a child process, by way of pytesseract: slower, but there on every machine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition import conversion, passes
from mockocr.recognition.installation import (
    INSTALL,
    LANGUAGES,
    EngineUnavailableError,
    command_version,
    find_tessdata,
)
from mockocr.recognition.worker_pool import Pool


class Tesseract:
    """The engine `tesseract`; `EngineUnavailableError` when the command or its language data is missing."""

    languages = LANGUAGES

    def __init__(self, pool: Pool | None = None, seconds: float = 30.0) -> None:
        version = command_version()
        if not version:
            raise EngineUnavailableError(f"the tesseract command is not installed; type: {INSTALL}")
        tessdata = find_tessdata()
        if tessdata is None:
            raise EngineUnavailableError(f"Tesseract has no language data; type: {INSTALL}")
        self.name = f"tesseract {version}"
        self._tessdata = tessdata
        self._seconds = seconds
        self._pool = pool or Pool(seconds=seconds)
        # Tesseract's own threads fight each other: one each, and one process per core, is 2 to 7
        # times as fast. pytesseract hands our environment on and has no other way to say it.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self._pool.run(lambda: passes.read(image, options, self._rows, self.name))

    def close(self) -> None:
        """Wait for what is being read."""
        self._pool.close()

    def _rows(self, picture: Pillow.Image, mode: int, languages: str) -> list[conversion.Row]:
        # takes 50 ms, and `mockocr --help` has no use for it
        from pytesseract import pytesseract

        settings = [f"--psm {mode}", "--oem 1", f"--dpi {passes.RESOLUTION}"]
        settings += [f"-c {name}={value}" for name, value in conversion.VARIABLES.items()]
        with tempfile.TemporaryDirectory(prefix="mockocr-") as folder:
            source, answer = Path(folder, "page.pgm"), Path(folder, "page")
            picture.save(source)
            try:
                pytesseract.run_tesseract(
                    str(source),
                    str(answer),
                    extension="hocr txt",
                    lang=languages,
                    config=f'--tessdata-dir "{self._tessdata}" {" ".join(settings)}',
                    timeout=self._seconds,
                )
                hocr, text = answer.with_suffix(".hocr"), answer.with_suffix(".txt")
                return conversion.rows(_text(hocr), _text(text))
            except (pytesseract.TesseractError, RuntimeError, OSError) as error:
                detail = f"the tesseract command failed: {str(error).strip() or type(error)}"
                raise ApiError(ErrorKind.ENGINE_FAILED, detail) from error


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
