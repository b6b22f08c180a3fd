"""PP-OCR alone: its detector finds lines at any angle, its recogniser reads them."""

from __future__ import annotations

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition.fingerprint import fingerprint
from mockocr.recognition.installation import EngineUnavailableError
from mockocr.recognition.models import INSTALL, models_version
from mockocr.recognition.worker_pool import Pool


class RapidOcr:
    """The engine `rapidocr`; `EngineUnavailableError` when its packages are missing.

    The models are loaded when the first picture comes.
    """

    tesseract, models = "", True
    languages = ("chi_sim", "eng")
    """The languages that are tested; the models know more."""

    def __init__(self, pool: Pool | None = None, seconds: float = 30.0) -> None:
        found = models_version()
        if not found:
            raise EngineUnavailableError(f"rapidocr is not installed; type: {INSTALL}")
        self.name = fingerprint(f"rapidocr {found}")
        self.queue = self._pool = pool or Pool(seconds=seconds)

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self._pool.run(lambda: self._read(image, options))

    def close(self) -> None:
        """Wait for the readings that run."""
        self._pool.close()

    def _read(self, image: Image, options: ReadOptions) -> Recognition:
        # NumPy, OpenCV and ONNX Runtime take half a second to load
        from mockocr.recognition import models, reader

        return reader.read(image, options, models.load, None, self.name)
