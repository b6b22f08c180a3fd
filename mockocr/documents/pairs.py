"""Pairs of a key and its value: a label and what stands after it, beside it or below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mockocr.core.recognition import Quad, Recognition, Segment, Word
from mockocr.documents.keys import split_at_keys
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

_BELOW, _CLOSE = 1.6, 1.0
"""Heights between a key and a value below it, and between the lines of that value."""
_STACKED = 0.8
"""Heights between the name of a box and what was filled in below it."""
_ALIGNED = 1.5
"""Heights by which the beginnings of key and value differ."""
_LINES = 6
"""Rows below a key in which its value stands."""
_LONGEST = 100
"""Characters of a key."""
_PROSE = 60
"""Characters after a colon, in the same line, above which the line is a sentence."""
_LETTER = re.compile(r"[^\W\d_]")


class Part(msgspec.Struct, frozen=True):
    """The key or the value of a pair: words of the recognition in reading order."""

    words: tuple[Word, ...]
    quad: Quad
    text: str

    @property
    def confidence(self) -> float:
        """0..1, the mean of the words."""
        return confidence_of(self.words)


class Pair(msgspec.Struct, frozen=True):
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
    """A row of two texts is a key with its value; one row below names has a value for each."""
    for table in tables:
        names = [cell for cell in table.cells if cell.row == 0]
        if table.row_count == 2 and table.column_count > 2:
            if all(_is_key(cell.text) for cell in names):
                for name in names:
                    yield from _of_cells(name, table.cell(1, name.column), frame)
            continue
        for row in range(table.row_count):
            cells = [cell for cell in table.cells if cell.row == row and cell.words]
            if len(cells) != 2:
                continue
            key, value = cells
            is_pair = key.column_span > 1 or (table.column_count == 2 and not _is_head(value))
            if is_pair and _is_key(key.text):
                yield from _of_cells(key, value, frame)


def _is_head(cell: Cell) -> bool:
    return cell.is_header and not is_value(cell.text)


def _of_cells(key: Cell, value: Cell, frame: PageFrame) -> Iterator[Pair]:
    if key.words and value.words:
        yield Pair(_part(key.words, frame), _part(value.words, frame))


def _of_pieces(pieces: Sequence[Piece], frame: PageFrame, height: float) -> Iterator[Pair]:
    rows = rows_of(pieces)
    used: set[int] = set()
    for row, under, after in zip(rows, rows[1:], [*rows[2:], []], strict=False):
        if not used & {id(piece) for piece in row} and not _goes_on(under, after, height):
            for key_piece, value_piece in _stacked(row, under, height):
                used |= {id(key_piece), id(value_piece)}
                yield Pair(_part(key_piece.words, frame), _part(value_piece.words, frame))
    for index, row in enumerate(rows):
        for place, piece in enumerate(row):
            if id(piece) in used:
                continue
            right = row[place + 1] if place + 1 < len(row) else None
            keys = split_at_keys(piece.words)
            for key, value in keys:
                if not value and right is not None and not split_at_keys(right.words):
                    value = right.words
                    used.add(id(right))
                elif not value:
                    below = _below(piece, rows[index + 1 :], height)
                    used |= {id(each) for each in below}
                    value = tuple(word for each in below for word in each.words)
                if len(joined(value)) > _PROSE and set(map(id, value)) <= set(map(id, piece.words)):
                    continue
                if _is_key(joined(key)):
                    yield Pair(_part(key, frame), _part(value, frame) if value else None)
            if keys or right is None or id(right) in used or len(row) != 2:
                continue
            if is_value(right.text) and _is_key(piece.text):
                used.add(id(right))
                yield Pair(_part(piece.words, frame), _part(right.words, frame))


def _goes_on(row: Sequence[Piece], after: Sequence[Piece], height: float) -> bool:
    """True if a row is the first line of paragraphs: more lines stand right below it."""
    below = sum(
        1
        for piece in row
        for other in after
        if abs(piece.left - other.left) < 0.5 * height
        and other.top - piece.bottom < 0.4 * height
        and not is_value(other.text)
    )
    return 2 * below > len(row)


def _stacked(
    names: Sequence[Piece], values: Sequence[Piece], height: float
) -> list[tuple[Piece, Piece]]:
    """The names of boxes side by side, each with what was filled in right below it; none unless
    two of the boxes hold a number.
    """
    if len(names) < 2 or any(is_value(p.text) or split_at_keys(p.words) for p in names):
        return []
    found = [
        (name, value)
        for name in names
        for value in values
        if min(name.right, value.right) - max(name.left, value.left) > 0.5 * height
        and -0.5 * height < value.top - name.bottom < _STACKED * height
        and _is_key(name.text)
        and not split_at_keys(value.words)
    ]
    numbers = sum(1 for _, value in found if any(c.isdigit() for c in value.text))
    once = len({id(v) for _, v in found}) == len(found) == len({id(n) for n, _ in found})
    return found if numbers >= 2 and once else []


def _below(key: Piece, rows: Sequence[Sequence[Piece]], height: float) -> list[Piece]:
    """The lines below a key that begin where it begins, as those of an address."""
    found: list[Piece] = []
    above = key
    for row in rows[:_LINES]:
        under = [p for p in row if abs(p.left - key.left) < _ALIGNED * height]
        if not under:
            continue
        piece = under[0]
        white = piece.top - above.bottom
        if white > (_BELOW if above is key else _CLOSE) * height or split_at_keys(piece.words):
            break
        found.append(piece)
        above = piece
    return found


def _is_key(text: str) -> bool:
    return len(text) <= _LONGEST and _LETTER.search(text) is not None and not is_value(text)


def _part(words: Sequence[Word], frame: PageFrame) -> Part:
    text = " ".join(joined([word]) for word in words) if _is_latin(words) else joined(words)
    return Part(tuple(words), quad_of(words, frame), text)


def _is_latin(words: Iterable[Word]) -> bool:
    return all(word.text.isascii() for word in words)
