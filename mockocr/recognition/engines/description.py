"""Says in words which reader is at work, and what to install for the best one."""

from __future__ import annotations

from mockocr.core.engine import Engine
from mockocr.recognition.installation import INSTALL
from mockocr.recognition.models import models_version

_WITHOUT_READER = {
    "scripted": "reads no pictures: returns the lines that /_mockocr/answers was given",
    "goldens": "reads no pictures: replays goldens",
}


def describe(engine: Engine) -> str:
    """As in `reads with tesseract; install mockocr[full] for PP-OCR models`."""
    tesseract = str(getattr(engine, "tesseract", ""))
    models = bool(getattr(engine, "models", False))
    if not tesseract and not models:
        return _WITHOUT_READER.get(engine.name, f"reads with {engine.name}")
    return describe_reader(tesseract, models, bool(models_version()))


def describe_reader(tesseract: str, models: bool, models_installed: bool) -> str:
    """The same for a reader: `tesseract` is `tesserocr`, `tesseract` or empty, `models` is whether
    it uses the models.
    """
    used = " and ".join(filter(None, (tesseract, "PP-OCR models" if models else "")))
    return f"reads with {used}{_advice(tesseract, models, models_installed)}"


def _advice(tesseract: str, models: bool, models_installed: bool) -> str:
    if not tesseract:
        return f"; type {INSTALL} for Tesseract"
    if not models_installed:
        return "; install mockocr[full] for PP-OCR models"
    if not models:
        return "; use --engine auto for the PP-OCR models too"
    return "; install mockocr[fast] to read faster" if tesseract == "tesseract" else ""
