"""Tesseract inside this process, by way of tesserocr: one API object per worker thread."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

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
    find_tessdata,
    module_version,
)
from mockocr.recognition.worker_pool import Pool, is_spent, seconds_left, stop_if_abandoned


class Tesserocr:
    """The engine `tesserocr`.

    `EngineUnavailableError` when the module or the language data is missing.
    """

    languages = LANGUAGES
    tesseract, models = "tesserocr", False

    def __init__(self, pool: Pool | None = None, seconds: float = 30.0) -> None:
        version = module_version()
        if not version:
            raise EngineUnavailableError(
                "tesserocr is not installed; type: pip install 'mockocr[fast]'"
            )
        tessdata = find_tessdata()
        if tessdata is None:
            raise EngineUnavailableError(f"tesserocr finds no language data; type: {INSTALL}")
        self.version = f"tesserocr {version}"
        self.name = fingerprint(self.version)
        self._tessdata = f"{tessdata}/"
        self._seconds = seconds
        self.queue = self._pool = pool or Pool(seconds=seconds)
        self._local = threading.local()
        self._made: list[Any] = []

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self._pool.run(lambda: page_reader.read(image, options, self))

    def close(self) -> None:
        """Wait for the readings that run, then free every API object."""
        self._pool.close()
        while self._made:
            self._made.pop().End()

    def rows(
        self, pictures: Sequence[Pillow.Image], mode: int, languages: str
    ) -> list[list[conversion.Row]]:
        """The lines of every picture; see `passes.Tesseract`."""
        found = []
        for picture in pictures:
            stop_if_abandoned()
            found.append([] if is_spent(passes.SECONDS) else self._rows(picture, mode, languages))
        return found

    def _rows(self, picture: Pillow.Image, mode: int, languages: str) -> list[conversion.Row]:
        api = self._api(languages)
        width, height = picture.size
        api.SetPageSegMode(mode)
        api.SetImageBytes(picture.tobytes(), width, height, 1, width)
        api.SetSourceResolution(passes.RESOLUTION)
        try:
            seconds = min(self._seconds, seconds_left())
            if not api.Recognize(max(1, round(seconds * 1000))):
                raise ApiError(ErrorKind.ENGINE_FAILED, "Tesseract gave up on the picture")
            return conversion.rows(api.GetHOCRText(0) or "", api.GetUTF8Text() or "")
        finally:
            api.Clear()

    def _api(self, languages: str) -> Any:
        apis: dict[str, Any] = self._local.__dict__
        if languages not in apis:
            import tesserocr

            try:
                api = tesserocr.PyTessBaseAPI(
                    path=self._tessdata, lang=languages, oem=tesserocr.OEM.LSTM_ONLY
                )
            except RuntimeError as error:
                detail = f"Tesseract does not start with {languages}: {error}"
                raise ApiError(ErrorKind.ENGINE_FAILED, detail) from error
            for name, value in conversion.VARIABLES.items():
                api.SetVariable(name, value)
            api.SetVariable("debug_file", "/dev/null")
            apis[languages] = api
            self._made.append(api)
        return apis[languages]
