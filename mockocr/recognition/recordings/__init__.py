"""Readings kept as files, one for each picture, and given again without reading anew."""

from __future__ import annotations

from mockocr.recognition.recordings.document import Golden, InvalidGoldenError, Variant
from mockocr.recognition.recordings.folder import Folder
from mockocr.recognition.recordings.replay import MODES, Goldens, open_goldens

__all__ = ["MODES", "Folder", "Golden", "Goldens", "InvalidGoldenError", "Variant", "open_goldens"]
