"""The lines of a scripted recognition: as JSON in the store, and laid out on a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.control.documents.answers import CharacterDocument, LineDocument, WordDocument
from mockocr.core.recognition import Character, Line, Point, Quad, Word, line_of_text


def to_json(line: str | LineDocument) -> dict[str, Any]:
    """The line with its defaults filled in and `corners` for its place, if it has one."""
    if isinstance(line, str):
        return {"text": line, "confidence": 1.0, "block": 0}
    place = {} if line.outline is None else {"corners": line.outline}
    tail = {**place, "confidence": _confidence(line.confidence), "block": line.block or 0}
    if line.words is None:
        return {"text": line.text, **tail}
    return {"words": [_word(word, n > 0) for n, word in enumerate(line.words)], **tail}


def _word(word: WordDocument, spaced: bool) -> dict[str, Any]:
    return {
        **_character(word),
        "spaced": spaced if word.spaced is None else word.spaced,
        "characters": [_character(character) for character in word.characters or ()],
    }


def _character(piece: CharacterDocument) -> dict[str, Any]:
    return {
        "text": piece.text,
        "corners": piece.outline,
        "confidence": _confidence(piece.confidence),
    }


def _confidence(given: float | None) -> float:
    return 1.0 if given is None else given


def lay_out(lines: Sequence[Mapping[str, Any]], width: int, height: int) -> tuple[Line, ...]:
    """The lines of `to_json`; those without a place are put below each other on the picture."""
    bare = sum("corners" not in line and "words" not in line for line in lines)
    slots = iter(_slots(bare, width, height))
    found: list[Line] = []
    for line in lines:
        if "words" in line:
            found.append(_line_of_words(line))
            continue
        text = line["text"]
        if "corners" in line:
            quad = _quad(line)
        else:
            left, top, available, tall = next(slots)
            room = min(available, tall * 0.6 * sum(2 if ord(c) > 0x2E7F else 1 for c in text))
            quad = Quad.upright(left, top, left + room, top + tall)
        found.append(line_of_text(text, quad, line["confidence"], line["block"]))
    return tuple(found)


def _line_of_words(line: Mapping[str, Any]) -> Line:
    words = tuple(
        Word(
            word["text"],
            _quad(word),
            word["confidence"],
            tuple(
                Character(item["text"], _quad(item), item["confidence"])
                for item in word["characters"]
            ),
            word["spaced"],
        )
        for word in line["words"]
    )
    quad = _quad(line) if "corners" in line else _bounding(words)
    return Line(words, quad, line["confidence"], line["block"])


def _bounding(words: Sequence[Word]) -> Quad:
    extents = [word.quad.extent for word in words] or [(0.0, 0.0, 0.0, 0.0)]
    lefts, tops, rights, bottoms = zip(*extents, strict=True)
    return Quad.upright(min(lefts), min(tops), max(rights), max(bottoms))


def _quad(piece: Mapping[str, Any]) -> Quad:
    return Quad(*(Point(x, y) for x, y in piece["corners"]))


def _slots(count: int, width: int, height: int) -> list[tuple[float, float, float, float]]:
    """left, top, maximum width and height of each of `count` lines."""
    if not count:
        return []
    step = height / count
    tall = min(step * 0.6, 40.0)
    margin = min(width * 0.05, 20.0)
    return [(margin, i * step + (step - tall) / 2, width - 2 * margin, tall) for i in range(count)]
