"""The JSON of a Read operation: one object for each page, with its lines and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.core.recognition import Quad, Recognition
from mockocr.vendors.azure.words import TextLine, confidence, text_lines

_STYLE = {"name": "other", "confidence": 0.878}
"""Handwriting is not told from print. observed: a recorded answer for the number."""


def result(version: str, language: str, pages: Sequence[tuple[int, Image, Recognition]]) -> Any:
    """`analyzeResult` for the version of the path (`v3.2`) and the pages with their numbers."""
    made: dict[str, Any] = {"version": f"{version[1:]}.0"}
    if version == "v3.2":
        made["modelVersion"] = "2022-04-30"
    made["readResults"] = [_page(version, language, *page) for page in pages]
    return made


def _page(
    version: str, language: str, number: int, image: Image, recognition: Recognition
) -> dict[str, Any]:
    dpi = image.dpi
    return {
        "page": number,
        **({"language": language} if language else {}),
        "angle": _number(recognition.angle),
        "width": _length(image.width, dpi),
        "height": _length(image.height, dpi),
        "unit": "inch" if dpi else "pixel",
        "lines": [_line(version, line, dpi) for line in text_lines(recognition.lines)],
    }


def _line(version: str, line: TextLine, dpi: float) -> dict[str, Any]:
    made: dict[str, Any] = {"boundingBox": _box(line.quad, dpi), "text": line.text}
    if version != "v3.0":
        made["appearance"] = {"style": dict(_STYLE)}
    made["words"] = [
        {
            "boundingBox": _box(word.quad, dpi),
            "text": word.text,
            "confidence": confidence(word.confidence),
        }
        for word in line.words
    ]
    return made


def _box(quad: Quad, dpi: float) -> list[float]:
    """x and y of the four corners: whole pixels, or inches with four decimals."""
    return [_length(max(value, 0.0), dpi) for point in quad for value in point]


def _length(value: float, dpi: float) -> float:
    return _number(value / dpi) if dpi else round(value)


def _number(value: float) -> float:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
