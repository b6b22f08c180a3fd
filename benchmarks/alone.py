"""Tesseract as it comes, by tesserocr: both models, one page mode, nothing done to the picture."""

from __future__ import annotations

from typing import Any

from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.recognition.installation import EngineUnavailableError, find_tessdata, module_version


class Alone:
    """An engine to hold others against; `EngineUnavailableError` without tesserocr."""

    def __init__(self, mode: int = 11) -> None:
        version, tessdata = module_version(), find_tessdata()
        if not version or tessdata is None:
            raise EngineUnavailableError(
                "tesserocr is not installed; type: pip install 'mockocr[fast]'"
            )
        import tesserocr

        self.name = f"Tesseract {version} alone, page mode {mode}"
        self._api: Any = tesserocr.PyTessBaseAPI(
            path=f"{tessdata}/", lang="chi_sim+eng", psm=mode, oem=tesserocr.OEM.LSTM_ONLY
        )

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        """The lines of its plain text, each in a box of the whole picture."""
        mode = "L" if image.channels == 1 else "RGB"
        self._api.SetImage(Pillow.frombytes(mode, (image.width, image.height), image.pixels))
        self._api.Recognize()
        quad = Quad.upright(0, 0, image.width, image.height)
        texts = self._api.GetUTF8Text().splitlines()
        sure = max(0, self._api.MeanTextConf()) / 100
        lines = tuple(line_of_text(text, quad, sure) for text in texts if text.strip())
        return Recognition(lines, engine=self.name)

    def close(self) -> None:
        self._api.End()
