"""A recognition as plain JSON values and back: one format for golden files, the command line, the
shared cache and scripted lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from mockocr.core.recognition import (
    Character,
    Line,
    Point,
    Quad,
    Recognition,
    Segment,
    Word,
)

Json = dict[str, Any]


class Digits(msgspec.Struct, frozen=True):
    """To how many decimals numbers are rounded; None keeps all their digits."""

    confidence: int | None = None
    corners: int | None = None


EXACT = Digits()
READABLE = Digits(confidence=4, corners=1)


def recognition_to_json(recognition: Recognition, digits: Digits = EXACT) -> Json:
    """`{"engine", "angle", "lines"}`; corners are TL, TR, BR, BL as [x, y] in pixels. `rules`, if
    there are any, are the two ends of each as [x, y].
    """
    value: Json = {
        "engine": recognition.engine,
        "angle": recognition.angle,
        "lines": [_line(line, digits) for line in recognition.lines],
    }
    if recognition.rules:
        value["rules"] = [_points(rule, digits) for rule in recognition.rules]
    return value


def recognition_from_json(value: Mapping[str, Any]) -> Recognition:
    """The recognition that `recognition_to_json` took; KeyError or TypeError for another value."""
    lines = tuple(
        Line(
            tuple(_read_word(word) for word in line["words"]),
            quad_from_json(line["corners"]),
            line["confidence"],
            line["block"],
            _color(line.get("background")),
        )
        for line in value["lines"]
    )
    rules = tuple(Segment(Point(*start), Point(*end)) for start, end in value.get("rules", ()))
    return Recognition(lines, value["angle"], value["engine"], rules)


def quad_to_json(quad: Quad, digits: Digits = EXACT) -> list[list[float]]:
    """TL, TR, BR, BL as [x, y]."""
    return _points(quad, digits)


def quad_from_json(corners: Any) -> Quad:
    """The quad of four [x, y]; TypeError or ValueError for anything else."""
    return Quad(*(Point(x, y) for x, y in corners))


def _points(points: Iterable[Point], digits: Digits) -> list[list[float]]:
    return [[_rounded(p.x, digits.corners), _rounded(p.y, digits.corners)] for p in points]


def _line(line: Line, digits: Digits) -> Json:
    words = [
        {
            **_piece(word, digits),
            "spaced": word.spaced,
            "characters": [_piece(character, digits) for character in word.characters],
        }
        for word in line.words
    ]
    value = {**_piece(line, digits), "block": line.block, "words": words}
    return value if line.background is None else {**value, "background": [*line.background]}


def _piece(piece: Line | Word | Character, digits: Digits) -> Json:
    return {
        "text": piece.text,
        "confidence": _rounded(piece.confidence, digits.confidence),
        "corners": quad_to_json(piece.quad, digits),
    }


def _read_word(value: Mapping[str, Any]) -> Word:
    characters = tuple(
        Character(c["text"], quad_from_json(c["corners"]), c["confidence"])
        for c in value["characters"]
    )
    quad = quad_from_json(value["corners"])
    return Word(value["text"], quad, value["confidence"], characters, value["spaced"])


def _color(value: Any) -> tuple[int, int, int] | None:
    if value is None:
        return None
    red, green, blue = value
    return red, green, blue


def _rounded(value: float, digits: int | None) -> float:
    return value if digits is None else round(value, digits)
