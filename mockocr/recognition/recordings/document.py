"""One golden: what was read in one picture, as a value and as the JSON that people edit.

Where the text of a line or word differs from its parts, somebody has edited it: the text counts,
and its parts are laid out evenly between the corners.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Character, Line, Point, Quad, Recognition, Word, line_of_text

DIGEST = re.compile(r"[0-9a-f]{64}")
_LIKENESS = re.compile(r"[0-9a-f]{16}")
_COLUMNS = 120


class InvalidGoldenError(Exception):
    """A golden that cannot be used; the message is one sentence that says where and why."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What was read when asked with `options`; without options it answers every way of asking."""

    recognition: Recognition
    options: ReadOptions | None = None


@dataclass(frozen=True, slots=True)
class Golden:
    """All that is known of one picture. `digest` is the decoded picture's, `likeness` 16 hex
    digits of which similar pictures share most bits, `name` whatever people call it.
    """

    digest: str
    width: int
    height: int
    likeness: str
    name: str = ""
    takes: tuple[Variant, ...] = ()

    def reading(self, options: ReadOptions) -> Recognition | None:
        """The reading for these options, else the one for any, else None."""
        for wanted in (options, None):
            for take in self.takes:
                if take.options == wanted:
                    return take.recognition
        return None

    def with_take(self, take: Variant) -> Golden:
        """A copy in which this take stands in the place of the one with the same options."""
        others = [old for old in self.takes if old.options != take.options]
        takes = sorted([*others, take], key=lambda t: ways(t.options))
        return replace(self, takes=tuple(takes))


def ways(options: ReadOptions | None) -> str:
    """How was asked, in words: `any`, `page`, `page, turn`."""
    if options is None:
        return "any"
    words = [options.layout, *(name for name in ("turn", "handwriting") if getattr(options, name))]
    return ", ".join(words)


def settled(recognition: Recognition) -> Recognition:
    """The recognition as it will be replayed: coordinates to a tenth of a pixel, confidences to
    four places.
    """
    return _recognition(_written(Variant(recognition)), "")


def dump(golden: Golden) -> str:
    """The text of the file: short values on one line, so that a change shows where it was made."""
    value = {
        "picture": {
            "name": golden.name,
            "digest": golden.digest,
            "width": golden.width,
            "height": golden.height,
            "likeness": golden.likeness,
        },
        "readings": [_written(take) for take in golden.takes],
    }
    return _printed(value, 0) + "\n"


def load(text: str, place: str) -> Golden:
    """The golden in the text of a file; `InvalidGoldenError` names `place` when there is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidGoldenError(f"{place} is not JSON: {error}") from None
    document = _object(value, place, {"picture", "readings"})
    picture = _object(
        document.get("picture"),
        f"{place}: picture",
        {"name", "digest", "width", "height", "likeness"},
    )
    digest, likeness = picture.get("digest"), picture.get("likeness")
    if not isinstance(digest, str) or not DIGEST.fullmatch(digest):
        raise InvalidGoldenError(f"{place}: the digest is not 64 hexadecimal digits")
    if not isinstance(likeness, str) or not _LIKENESS.fullmatch(likeness):
        raise InvalidGoldenError(f"{place}: the likeness is not 16 hexadecimal digits")
    readings = _list(document.get("readings"), f"{place}: readings")
    return Golden(
        digest,
        _side(picture, "width", place),
        _side(picture, "height", place),
        likeness,
        _text(picture.get("name", ""), f"{place}: the picture's name"),
        tuple(_take(r, f"{place}, reading {i}") for i, r in enumerate(readings, 1)),
    )


def _written(take: Variant) -> dict[str, Any]:
    recognition = take.recognition
    written: dict[str, Any] = {}
    if take.options is not None:
        options = take.options
        written["options"] = {
            "layout": options.layout,
            "turn": options.turn,
            "handwriting": options.handwriting,
        }
    written["engine"] = recognition.engine
    written["angle"] = round(recognition.angle, 1)
    written["lines"] = [
        {
            **_piece(line.text, line),
            "block": line.block,
            "words": [
                {
                    **_piece(word.text, word),
                    "spaced": word.spaced,
                    "characters": [_piece(c.text, c) for c in word.characters],
                }
                for word in line.words
            ],
        }
        for line in recognition.lines
    ]
    return written


def _piece(text: str, part: Line | Word | Character) -> dict[str, Any]:
    corners = [[round(p.x, 1), round(p.y, 1)] for p in part.quad]
    return {"text": text, "confidence": round(part.confidence, 4), "corners": corners}


def _printed(value: Any, indent: int) -> str:
    """JSON with every list and object that fits kept on one line, the others one item a line."""
    short = json.dumps(value, ensure_ascii=False)
    if indent + len(short) <= _COLUMNS or not isinstance(value, dict | list):
        return short
    if isinstance(value, dict):
        items = [f"{json.dumps(k)}: {_printed(v, indent + 1)}" for k, v in value.items()]
    else:
        items = [_printed(v, indent + 1) for v in value]
    start, end = "{}" if isinstance(value, dict) else "[]"
    margin = " " * indent
    return f"{start}\n{margin} " + f",\n{margin} ".join(items) + f"\n{margin}{end}"


def _take(value: Any, place: str) -> Variant:
    reading = _object(value, place, {"options", "engine", "angle", "lines"})
    return Variant(_recognition(reading, place), _options(reading.get("options"), place))


def _options(value: Any, place: str) -> ReadOptions | None:
    if value is None:
        return None
    options = _object(value, f"{place}: options", {"layout", "turn", "handwriting"})
    layout = options.get("layout", "page")
    turn, handwriting = options.get("turn", False), options.get("handwriting", False)
    if layout not in ("page", "line"):
        raise InvalidGoldenError(f"{place}: layout is page or line")
    if not isinstance(turn, bool) or not isinstance(handwriting, bool):
        raise InvalidGoldenError(f"{place}: turn and handwriting are true or false")
    return ReadOptions(turn, handwriting, layout)


def _recognition(reading: Mapping[str, Any], place: str) -> Recognition:
    lines = _list(reading.get("lines"), f"{place}: lines")
    return Recognition(
        tuple(_line(line, f"{place}, line {i}") for i, line in enumerate(lines, 1)),
        _number(reading.get("angle", 0.0), f"{place}: angle", -180, 180),
        _text(reading.get("engine", ""), f"{place}: engine"),
    )


def _line(value: Any, place: str) -> Line:
    fields = _object(value, place, {"text", "confidence", "corners", "block", "words"})
    text, quad, confidence = _parts(fields, place)
    block = fields.get("block", 0)
    if not isinstance(block, int) or isinstance(block, bool) or block < 0:
        raise InvalidGoldenError(f"{place}: block is a whole number from 0 on")
    words = tuple(
        _word(word, f"{place}, word {i}")
        for i, word in enumerate(_list(fields.get("words", []), f"{place}: words"), 1)
    )
    line = Line(words, quad, confidence, block)
    return line if line.text == text else line_of_text(text, quad, confidence, block)


def _word(value: Any, place: str) -> Word:
    fields = _object(value, place, {"text", "confidence", "corners", "spaced", "characters"})
    text, quad, confidence = _parts(fields, place)
    spaced = fields.get("spaced", False)
    if not isinstance(spaced, bool):
        raise InvalidGoldenError(f"{place}: spaced is true or false")
    characters = tuple(
        _character(c, f"{place}, character {i}")
        for i, c in enumerate(_list(fields.get("characters", []), f"{place}: characters"), 1)
    )
    if "".join(c.text for c in characters) != text:
        count = len(text)
        characters = tuple(
            Character(c, quad.share(i / count, (i + 1) / count), confidence)
            for i, c in enumerate(text)
        )
    return Word(text, quad, confidence, characters, spaced)


def _character(value: Any, place: str) -> Character:
    return Character(*_parts(_object(value, place, {"text", "confidence", "corners"}), place))


def _parts(fields: Mapping[str, Any], place: str) -> tuple[str, Quad, float]:
    text = _text(fields.get("text"), f"{place}: text")
    corners = _list(fields.get("corners"), f"{place}: corners")
    if len(corners) != 4 or any(not isinstance(c, list) or len(c) != 2 for c in corners):
        raise InvalidGoldenError(f"{place}: corners are four [x, y]: TL, TR, BR, BL of the text")
    quad = Quad(*(Point(*(_number(v, f"{place}: corners", -1e7, 1e7) for v in c)) for c in corners))
    return text, quad, _number(fields.get("confidence", 1.0), f"{place}: confidence", 0, 1)


def _object(value: Any, place: str, known: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidGoldenError(f"{place} is not an object")
    strange = sorted(set(value) - set(known))
    if strange:
        raise InvalidGoldenError(
            f"{place}: unknown key {strange[0]!r}; known: {', '.join(sorted(known))}"
        )
    return value


def _list(value: Any, place: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise InvalidGoldenError(f"{place} is not a list")
    return value


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise InvalidGoldenError(f"{place} is not text")
    return value


def _number(value: Any, place: str, least: float, most: float) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidGoldenError(
            f"{place}: {value!r:.40} is not a number from {least:g} to {most:g}"
        )
    return float(value)


def _side(picture: Mapping[str, Any], name: str, place: str) -> int:
    value = picture.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InvalidGoldenError(f"{place}: the picture's {name} is not a whole number of pixels")
    return value
