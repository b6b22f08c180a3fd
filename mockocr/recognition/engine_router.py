"""Two engines at work: one for print, one for handwriting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition

if TYPE_CHECKING:
    from mockocr.recognition.engines import OwnedEngine


class EngineRouter:
    """Reads with `hand` what is asked for as handwriting, and all else with `print`."""

    def __init__(self, print: OwnedEngine, hand: OwnedEngine) -> None:
        self.name = f"{print.name}, handwriting: {hand.name}"
        self.languages: tuple[str, ...] = tuple(getattr(print, "languages", ()))
        self._print = print
        self._hand = hand

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        engine = self._hand if options.handwriting else self._print
        return await engine.recognize(image, options)

    def close(self) -> None:
        """Close both."""
        self._print.close()
        self._hand.close()
