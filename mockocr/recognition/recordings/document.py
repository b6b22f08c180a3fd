"""One golden: what was read in one picture, as a value and as the JSON that people edit.

A text that differs from its parts was edited by hand: it counts, and its parts are spread evenly
between the corners.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import (
    Character,
    Line,
    Point,
    Quad,
    Recognition,
    Segment,
    Word,
    line_of_text,
    spread_characters,
)
from mockocr.core.recognition_json import READABLE, recognition_to_json
from mockocr.core.validation import InvalidDocumentError, convert_document

DIGEST = re.compile(r"[0-9a-f]{64}")
_COLUMNS = 120


class InvalidGoldenError(Exception):
    """A golden that cannot be used; the message is one sentence that says where and why."""


class Variant(msgspec.Struct, frozen=True):
    """What was read when asked with `options`; without options it answers all options."""

    recognition: Recognition
    options: ReadOptions | None = None


class Golden(msgspec.Struct, frozen=True):
    """Everything known about one picture.

    `digest` is that of the decoded picture; `perceptual_hash` has 16 hexadecimal digits, of which
    similar pictures share most bits; `name` is for people.
    """

    digest: str
    width: int
    height: int
    perceptual_hash: str
    name: str = ""
    variants: tuple[Variant, ...] = ()

    def find(self, options: ReadOptions) -> Recognition | None:
        """The recognition for these options, else the one for all options, else None."""
        for wanted in (options, None):
            for variant in self.variants:
                if variant.options == wanted:
                    return variant.recognition
        return None

    def with_variant(self, variant: Variant) -> Golden:
        """A copy in which this variant replaces the one with the same options."""
        others = [old for old in self.variants if old.options != variant.options]
        variants = sorted([*others, variant], key=lambda v: options_label(v.options))
        return replace(self, variants=tuple(variants))


def options_label(options: ReadOptions | None) -> str:
    """The options in words: `any`, `page`, `page, turn`."""
    if options is None:
        return "any"
    flags = ("turn", "handwriting", "rules", "colors")
    words = [options.layout, *(name for name in flags if getattr(options, name))]
    return ", ".join(words)


Pixels = Annotated[float, Meta(ge=-1e7, le=1e7)]
_Corner = tuple[Pixels, Pixels]
_Channel = Annotated[int, Meta(ge=0, le=255)]


class _Document(Struct, forbid_unknown_fields=True, kw_only=True):
    label: ClassVar[str] = "a golden"


class _Character(_Document, kw_only=True):
    label: ClassVar[str] = "a character"
    text: str
    corners: Annotated[
        tuple[_Corner, _Corner, _Corner, _Corner],
        Meta(extra={"allowed": "four [x, y] in pixels: TL, TR, BR, BL of the text"}),
    ]
    confidence: Annotated[float, Meta(ge=0, le=1)] = 1.0

    @property
    def quad(self) -> Quad:
        return Quad(*(Point(x, y) for x, y in self.corners))


class _Word(_Character, kw_only=True):
    label: ClassVar[str] = "a word"
    spaced: bool = False
    characters: list[_Character] = []


class _Line(_Character, kw_only=True):
    label: ClassVar[str] = "a line"
    block: Annotated[int, Meta(ge=0)] = 0
    background: tuple[_Channel, _Channel, _Channel] | None = None
    words: list[_Word] = []


class _Options(_Document, kw_only=True):
    label: ClassVar[str] = "the options"
    layout: Literal["page", "line"] = "page"
    turn: bool = False
    handwriting: bool = False
    rules: bool = False
    colors: bool = False


class _Reading(_Document, kw_only=True):
    label: ClassVar[str] = "a reading"
    options: _Options | None = None
    engine: str = ""
    angle: Annotated[float, Meta(ge=-180, le=180)] = 0.0
    lines: list[_Line]
    rules: list[tuple[_Corner, _Corner]] = []


class _Picture(_Document, kw_only=True):
    label: ClassVar[str] = "the picture"
    digest: Annotated[
        str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$", extra={"allowed": "64 hexadecimal digits"})
    ]
    width: Annotated[int, Meta(ge=1)]
    height: Annotated[int, Meta(ge=1)]
    likeness: Annotated[
        str, Meta(pattern=r"^[0-9a-f]{16}(?!\n)$", extra={"allowed": "16 hexadecimal digits"})
    ]
    name: str = ""


class _Golden(_Document, kw_only=True):
    picture: _Picture
    readings: list[_Reading]


def rounded(recognition: Recognition) -> Recognition:
    """The recognition as a golden replays it: angle and coordinates to a tenth, confidences to
    four places.
    """
    return _recognition(convert_document(_to_json(Variant(recognition)), _Reading))


def dump(golden: Golden) -> str:
    """The text of the file: short values on one line, so that a diff shows what changed."""
    value = {
        "picture": {
            "name": golden.name,
            "digest": golden.digest,
            "width": golden.width,
            "height": golden.height,
            "likeness": golden.perceptual_hash,
        },
        "readings": [_to_json(variant) for variant in golden.variants],
    }
    return _printed(value, 0) + "\n"


def load(text: str, place: str) -> Golden:
    """The golden in the text of a file; `InvalidGoldenError` names `place` and the wrong field."""
    try:
        document = convert_document(json.loads(text), _Golden)
    except InvalidDocumentError as error:
        raise InvalidGoldenError(f"{place}: {error}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidGoldenError(f"{place} is not JSON: {error}") from None
    picture = document.picture
    return Golden(
        picture.digest,
        picture.width,
        picture.height,
        picture.likeness,
        picture.name,
        tuple(_variant(reading) for reading in document.readings),
    )


def _to_json(variant: Variant) -> dict[str, Any]:
    value = recognition_to_json(variant.recognition, READABLE)
    value["angle"] = round(value["angle"], 1)
    if variant.options is None:
        return value
    options = variant.options
    written = {name: getattr(options, name) for name in _Options.__struct_fields__}
    for name in ("rules", "colors"):
        if not written[name]:
            # most readings look for neither, and goldens of older versions do not name them
            del written[name]
    return {"options": written, **value}


def _printed(value: Any, indent: int) -> str:
    """JSON that keeps every list and object that fits on one line, and splits the others."""
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


def _variant(reading: _Reading) -> Variant:
    given = reading.options
    if given is None:
        return Variant(_recognition(reading))
    options = ReadOptions(given.turn, given.handwriting, given.layout, given.rules, given.colors)
    return Variant(_recognition(reading), options)


def _recognition(reading: _Reading) -> Recognition:
    rules = tuple(Segment(Point(*start), Point(*end)) for start, end in reading.rules)
    return Recognition(tuple(map(_line, reading.lines)), reading.angle, reading.engine, rules)


def _line(line: _Line) -> Line:
    words = tuple(map(_word, line.words))
    read = Line(words, line.quad, line.confidence, line.block, line.background)
    if read.text == line.text:
        return read
    edited = line_of_text(line.text, line.quad, line.confidence, line.block)
    return replace(edited, background=line.background)


def _word(word: _Word) -> Word:
    characters = tuple(Character(c.text, c.quad, c.confidence) for c in word.characters)
    if "".join(c.text for c in characters) != word.text:
        characters = spread_characters(word.text, word.quad, word.confidence)
    return Word(word.text, word.quad, word.confidence, characters, word.spaced)
