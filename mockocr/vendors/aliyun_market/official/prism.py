"""The parts of a response in Aliyun's prism format.

observed: a response of gjbsb.market.alicloudapi.com, prism_version 1.0.9, for the keys and their
order, and for `x`, `y`, `width` and `height` (those of the rectangle turned by `angle`, cut to
whole pixels).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from mockocr.core.recognition import Character, Line

VERSION = "1.0.9"


def word_info(
    line: Line, *, prob: bool, characters: bool, row: int | None, paragraph: bool
) -> dict[str, Any]:
    """One line. Its rectangle is printed upright: the side across the text is the width."""
    quad = line.quad
    along, across, center = quad.width, quad.height, quad.center
    word: dict[str, Any] = {"word": line.text}
    if prob:
        word["prob"] = _percent(line.confidence)
    word |= {
        "pos": [{"x": x, "y": y} for x, y in quad.rounded],
        "direction": 0 if abs(math.sin(math.radians(quad.angle))) < 0.75 else 1,
        "angle": int(quad.angle - 90) if quad.angle > -90 else int(quad.angle + 270),
        "x": int(center.x - across / 2),
        "y": int(center.y - along / 2),
        "width": int(across),
        "height": int(along),
    }
    if characters:
        word["charInfo"] = [_character(character) for character in line.characters]
    if row is not None:
        word["rowId"] = row
    if paragraph:
        word["paragraphId"] = line.block
    return word


def paragraphs(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The text of each block, its lines joined by blanks."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        texts.setdefault(line.block, []).append(line.text)
    return [{"word": " ".join(found), "paragraphId": block} for block, found in texts.items()]


def _character(character: Character) -> dict[str, Any]:
    box = character.quad.bounds
    return {
        "prob": _percent(character.confidence),
        "w": box.width,
        "h": box.height,
        "x": box.x,
        "y": box.y,
        "word": character.text,
    }


def _percent(confidence: float) -> int:
    return round(100 * min(max(confidence, 0.0), 1.0))
