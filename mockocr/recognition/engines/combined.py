"""The best reader: lines found by PP-OCR's detector, read by Tesseract and, where that is not sure,
by PP-OCR's recogniser.
"""

from __future__ import annotations

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition.engines.tesseract import Tesseract
from mockocr.recognition.engines.tesserocr import Tesserocr
from mockocr.recognition.fingerprint import fingerprint
from mockocr.recognition.installation import EngineUnavailableError
from mockocr.recognition.models import INSTALL, models_version
from mockocr.recognition.worker_pool import Pool


class Combined:
    """What the engine `auto` is where the models and a Tesseract are installed."""

    def __init__(self, tesseract: Tesseract | Tesserocr, pool: Pool | None = None) -> None:
        version = models_version()
        if not version:
            raise EngineUnavailableError(f"the models are not installed; type: {INSTALL}")
        self.name = fingerprint(tesseract.version, f"rapidocr {version}")
        self.languages = tesseract.languages
        self.tesseract, self.models = tesseract.tesseract, True
        self._tesseract = tesseract
        self.queue = self._pool = pool or Pool()

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self._pool.run(lambda: self._read(image, options))

    def close(self) -> None:
        """Wait for the readings that run, then close Tesseract."""
        self._pool.close()
        self._tesseract.close()

    def _read(self, image: Image, options: ReadOptions) -> Recognition:
        # NumPy, OpenCV and ONNX Runtime take half a second to load
        from mockocr.recognition import models, reader

        return reader.read(image, options, models.load, self._tesseract, self.name)
