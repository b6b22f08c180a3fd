"""Readings kept as files, one for each picture, and given again without reading anew."""

from __future__ import annotations

from mockocr.goldens.document import BadGolden, Golden, Take
from mockocr.goldens.folder import Folder
from mockocr.goldens.replay import MODES, Goldens, open_goldens

__all__ = ["MODES", "BadGolden", "Folder", "Golden", "Goldens", "Take", "open_goldens"]
