"""The lines of a scripted reading: checked as they come in, laid out on the picture when read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.control.validation import FieldReader, InvalidInputError
from mockocr.core.image import Image
from mockocr.core.recognition import Character, Line, Point, Quad, Word, line_of_text

MAX_PIECES = 1000
"""Words of one line, and characters of one word."""


def checked(line: Any) -> dict[str, Any]:
    """A text, or `text` with `box` [left, top, width, height] or `corners` (four [x, y], TL TR BR
    BL in reading direction), `confidence` 0..1 (default 1) and `block` (default 0).

    Whole recognitions have `words` in place of the text: each with text, place, confidence,
    `spaced` (a blank stands before it; so it does before all but the first when left out) and
    `characters`, which have text, place and confidence.
    """
    if isinstance(line, str):
        return {"text": line, "confidence": 1.0, "block": 0}
    demand = _object(
        line, "a line of an answer", "a text, or an object with text and box or corners"
    )
    words = demand.value("words")
    if words is None:
        found = {"text": demand.text("text"), **_place(demand), "confidence": _confidence(demand)}
    else:
        found = {"words": [_word(word, bool(number)) for number, word in enumerate(_list(words))]}
        found |= {**_place(demand), "confidence": _confidence(demand)}
    found["block"] = demand.optional_whole("block") or 0
    demand.done()
    return found


def _word(value: Any, spaced: bool) -> dict[str, Any]:
    demand = _object(value, "a word of an answer", "an object with text and box or corners")
    found = {"text": demand.text("text"), **_placed(demand), "confidence": _confidence(demand)}
    given = demand.value("spaced")
    found["spaced"] = spaced if given is None else given is True
    characters = demand.value("characters")
    demand.done()
    found["characters"] = [_character(item) for item in _list(characters or [])]
    joined = "".join(item["text"] for item in found["characters"])
    if characters and joined != found["text"]:
        raise InvalidInputError(f"the characters of the word {found['text']!r} make {joined!r}")
    return found


def _character(value: Any) -> dict[str, Any]:
    demand = _object(value, "a character of an answer", "an object with text and box or corners")
    found = {"text": demand.text("text"), **_placed(demand), "confidence": _confidence(demand)}
    demand.done()
    return found


def _object(value: Any, what: str, form: str) -> FieldReader:
    if not isinstance(value, Mapping):
        raise InvalidInputError(f"{what} is {form}")
    return FieldReader(value, what)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MAX_PIECES:
        raise InvalidInputError(
            f"words of a line and characters of a word are lists of at most {MAX_PIECES}"
        )
    return value


def _confidence(demand: FieldReader) -> float:
    has = demand.has("confidence")
    found = demand.number("confidence", least=0, most=1) if has else 1.0
    demand.names("confidence")
    return found


def _placed(demand: FieldReader) -> dict[str, Any]:
    place = _place(demand)
    if not place:
        raise InvalidInputError(
            "words and characters of an answer have box or corners, each its own"
        )
    return place


def _place(demand: FieldReader) -> dict[str, Any]:
    """`corners`, from either form; empty without both."""
    box, corners = demand.value("box"), demand.value("corners")
    if box is not None and corners is not None:
        raise InvalidInputError("a line of an answer has box or corners, not both")
    if box is not None:
        left, top, width, height = _numbers(box, 4, "box is [left, top, width, height]")
        right, bottom = left + width, top + height
        return {"corners": [[left, top], [right, top], [right, bottom], [left, bottom]]}
    if corners is None:
        return {}
    if not isinstance(corners, list) or len(corners) != 4:
        raise InvalidInputError("corners are four [x, y]")
    return {"corners": [_numbers(corner, 2, "corners are four [x, y]") for corner in corners]}


def _numbers(value: Any, count: int, what: str) -> list[float]:
    if (
        not isinstance(value, list)
        or len(value) != count
        or not all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
        or not all(-1e7 < v < 1e7 for v in value)
    ):
        raise InvalidInputError(f"{what} in pixels, not {value!r:.80}")
    return [float(v) for v in value]


def laid_out(lines: Sequence[Mapping[str, Any]], image: Image) -> tuple[Line, ...]:
    """The lines as if read; those without a place stand below each other on the picture."""
    bare = sum("corners" not in line and "words" not in line for line in lines)
    slots = iter(_slots(bare, image.width, image.height))
    made: list[Line] = []
    for line in lines:
        if "words" in line:
            made.append(_line_of_words(line))
            continue
        text = line["text"]
        if "corners" in line:
            quad = _quad(line)
        else:
            left, top, room, height = next(slots)
            width = min(room, height * 0.6 * sum(2 if ord(c) > 0x2E7F else 1 for c in text))
            quad = Quad.upright(left, top, left + width, top + height)
        made.append(line_of_text(text, quad, line["confidence"], line["block"]))
    return tuple(made)


def _line_of_words(line: Mapping[str, Any]) -> Line:
    words = tuple(
        Word(
            word["text"],
            _quad(word),
            word["confidence"],
            tuple(
                Character(item["text"], _quad(item), item["confidence"])
                for item in word["characters"]
            )
            or _spread(word),
            word["spaced"],
        )
        for word in line["words"]
    )
    quad = _quad(line) if "corners" in line else _around(words)
    return Line(words, quad, line["confidence"], line["block"])


def _spread(word: Mapping[str, Any]) -> tuple[Character, ...]:
    """The word's characters, sharing its place evenly."""
    quad, text = _quad(word), word["text"]
    return tuple(
        Character(c, quad.share(i / len(text), (i + 1) / len(text)), word["confidence"])
        for i, c in enumerate(text)
    )


def _around(words: Sequence[Word]) -> Quad:
    extents = [word.quad.extent for word in words] or [(0.0, 0.0, 0.0, 0.0)]
    lefts, tops, rights, bottoms = zip(*extents, strict=True)
    return Quad.upright(min(lefts), min(tops), max(rights), max(bottoms))


def _quad(piece: Mapping[str, Any]) -> Quad:
    return Quad(*(Point(x, y) for x, y in piece["corners"]))


def _slots(count: int, width: int, height: int) -> list[tuple[float, float, float, float]]:
    """left, top, room to the right, height of each of `count` lines."""
    if not count:
        return []
    step = height / count
    tall = min(step * 0.6, 40.0)
    margin = min(width * 0.05, 20.0)
    return [(margin, i * step + (step - tall) / 2, width - 2 * margin, tall) for i in range(count)]
