"""Pairs of a key and its value: a label and what stands after it, beside it or below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mockocr.core.recognition import Quad, Recognition, Segment, Word
from mockocr.documents.page_frame import PageFrame, frame_of
from mockocr.documents.pieces import (
    Piece,
    confidence_of,
    joined,
    pieces_of,
    quad_of,
    rows_of,
    text_height,
)
from mockocr.documents.tables.finding import find_tables
from mockocr.documents.tables.headers import is_value
from mockocr.documents.tables.values import Cell, Table

_END = re.compile(r"[:：]$|(?<=\w)#$")
"""A word that ends a key."""
_BELOW = 1.6
"""Heights between a key and a value below it."""
_LONGEST = 60
"""Characters of a key."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Part:
    """The key or the value of a pair: words of the recognition in reading order."""

    words: tuple[Word, ...]
    quad: Quad
    text: str

    @property
    def confidence(self) -> float:
        """0..1, the mean of the words."""
        return confidence_of(self.words)


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value; `value` is None where a key with a colon has nothing beside it."""

    key: Part
    value: Part | None

    @property
    def confidence(self) -> float:
        """0..1, that of the weaker part."""
        value = self.value.confidence if self.value else 1.0
        return min(self.key.confidence, value)


def find_pairs(
    recognition: Recognition,
    tables: Sequence[Table] | None = None,
    rules: Sequence[Segment] | None = None,
) -> tuple[Pair, ...]:
    """The pairs from top to bottom. `tables` are those of the page; they are found unless given."""
    if not recognition.lines:
        return ()
    if tables is None:
        tables = find_tables(recognition, rules)
    drawn = recognition.rules if rules is None else rules
    frame = frame_of(recognition, drawn)
    height = text_height(recognition.lines)
    pieces = pieces_of(recognition.lines, frame)
    boxes = [frame.box(table.quad) for table in tables]
    free = [p for p in pieces if not any(_is_inside(p, box) for box in boxes)]
    found = [*_of_tables(tables, frame), *_of_pieces(free, frame, height)]
    found.sort(key=lambda pair: frame.box(pair.key.quad)[1])
    return tuple(found)


def _is_inside(piece: Piece, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return left <= piece.center <= right and top <= piece.middle <= bottom


def _of_tables(tables: Iterable[Table], frame: PageFrame) -> Iterator[Pair]:
    """Tables of two columns are keys with values; one row below a header has a value for each."""
    for table in tables:
        if table.column_count == 2:
            for row in range(table.row_count):
                key, value = table.cell(row, 0), table.cell(row, 1)
                if key is not value and not key.is_header and _is_key(key.text):
                    yield from _of_cells(key, value, frame)
        elif table.row_count == 2 and any(cell.is_header for cell in table.cells):
            for column in range(table.column_count):
                key, value = table.cell(0, column), table.cell(1, column)
                if key is not value and _is_key(key.text):
                    yield from _of_cells(key, value, frame)


def _of_cells(key: Cell, value: Cell, frame: PageFrame) -> Iterator[Pair]:
    if key.words and value.words:
        yield Pair(_part(key.words, frame), _part(value.words, frame))


def _of_pieces(pieces: Sequence[Piece], frame: PageFrame, height: float) -> Iterator[Pair]:
    rows = rows_of(pieces)
    used: set[int] = set()
    for index, row in enumerate(rows):
        for place, piece in enumerate(row):
            if id(piece) in used:
                continue
            right = row[place + 1] if place + 1 < len(row) else None
            for key, value in _split(piece.words):
                below = None
                if not value and right is not None and not _split(right.words):
                    value = right.words
                    used.add(id(right))
                elif not value:
                    below = _below(piece, rows[index + 1 :], height)
                if below is not None:
                    value = below.words
                    used.add(id(below))
                if _is_key(joined(key)):
                    yield Pair(_part(key, frame), _part(value, frame) if value else None)
            if _split(piece.words) or right is None or id(right) in used or len(row) != 2:
                continue
            if is_value(right.text) and _is_key(piece.text) and not is_value(piece.text):
                used.add(id(right))
                yield Pair(_part(piece.words, frame), _part(right.words, frame))


def _split(words: Sequence[Word]) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """The keys in a piece, each with the words after it up to the next key."""
    ends = [i for i, word in enumerate(words) if _END.search(word.text)]
    if not ends:
        return []
    found = []
    start = 0
    for number, end in enumerate(ends):
        following = ends[number + 1] if number + 1 < len(ends) else None
        key = tuple(words[start : end + 1])
        # the next key begins one word before its colon, since nothing tells where a value ends
        stop = len(words) if following is None else max(end + 1, following)
        found.append((key, tuple(words[end + 1 : stop])))
        start = stop
    return found


def _below(key: Piece, rows: Sequence[Sequence[Piece]], height: float) -> Piece | None:
    for row in rows[:1]:
        for piece in row:
            white = piece.top - key.bottom
            aligned = abs(piece.left - key.left) < 1.5 * height
            if aligned and white < _BELOW * height and not _split(piece.words):
                return piece
    return None


def _is_key(text: str) -> bool:
    return len(text) <= _LONGEST and _LETTER.search(text) is not None and not is_value(text)


def _part(words: Sequence[Word], frame: PageFrame) -> Part:
    text = " ".join(joined([word]) for word in words) if _is_latin(words) else joined(words)
    return Part(tuple(words), quad_of(words, frame), text)


def _is_latin(words: Iterable[Word]) -> bool:
    return all(word.text.isascii() for word in words)
