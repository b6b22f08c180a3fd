"""What one pass of Tesseract is: the interface of both its engines, page modes and models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PIL import Image as Pillow

from mockocr.recognition.conversion import Row

RESOLUTION = 96
"""Dots per inch that Tesseract is told; it complains when it has to guess."""

SECONDS = 3.5
"""Processor time of the longest pass, over a sheet or a band of small Chinese print."""

CHINESE, ENGLISH, BOTH = "chi_sim", "eng", "chi_sim+eng"
"""Tesseract's models (`-l`)."""

AUTO, BLOCK, LINE, SPARSE, RAW = 3, 6, 7, 11, 13
"""Tesseract's page modes (`--psm`)."""


class Tesseract(Protocol):
    """One of the two ways to run Tesseract."""

    name: str

    def rows(self, pictures: Sequence[Pillow.Image], mode: int, languages: str) -> list[list[Row]]:
        """The lines of every grey picture; `ApiError(ENGINE_FAILED)` when Tesseract fails."""
        ...
