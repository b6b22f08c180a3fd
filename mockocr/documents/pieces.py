"""Cuts lines into pieces that stand apart, on the straightened page."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from mockocr.core.recognition import Character, Line, Quad, Word, mean
from mockocr.documents.page_box import PageBox
from mockocr.documents.page_frame import PageFrame

GAP = 1.0
"""Words of a line whose distance is more than this many heights belong to different pieces."""
_NEAR = 0.6
"""Heights between two lines, side by side, that are one text which was read in two parts."""
_BAR = frozenset("|丨｜!1lI[]")
"""What readers take a border for."""


class Piece(PageBox, frozen=True):
    """Words side by side, and their box on the straight page."""

    words: tuple[Word, ...]
    line: Line

    @property
    def text(self) -> str:
        return joined(self.words)


def joined(words: Sequence[Word]) -> str:
    """The text of words of one line."""
    return "".join((" " if word.spaced and i else "") + word.text for i, word in enumerate(words))


def confidence_of(words: Iterable[Word]) -> float:
    """0..1, the mean of the words."""
    return mean(word.confidence for word in words)


def quad_of(words: Sequence[Word], frame: PageFrame) -> Quad:
    """The corners in the picture of the box around the words."""
    boxes = [frame.box(word.quad) for word in words]
    return frame.quad(
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def text_height(lines: Sequence[Line]) -> float:
    """The height in pixels of most of the text, at least 1."""
    return max(1.0, statistics.median([line.quad.height for line in lines])) if lines else 1.0


def pieces_of(
    lines: Iterable[Line],
    frame: PageFrame,
    borders: Sequence[tuple[float, float, float]] = (),
    gap: float = GAP,
) -> list[Piece]:
    """All pieces, in the order of the lines. A line is cut at gaps, and at `borders`: left, top and
    bottom on the straight page of something upright that it crosses.
    """
    found: list[Piece] = []
    for line in lines:
        for words in _groups(line, frame, borders, gap):
            boxes = [frame.box(word.quad) for word in words]
            left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
            top = statistics.median(b[1] for b in boxes)
            bottom = statistics.median(b[3] for b in boxes)
            found.append(Piece(left, top, right, max(bottom, top + 1), tuple(words), line))
    return _joined_pieces(found, borders)


def _joined_pieces(
    pieces: Sequence[Piece], borders: Sequence[tuple[float, float, float]]
) -> list[Piece]:
    """The pieces, of which those of different lines that nearly touch are one."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if (
            before is None
            or before.line is piece.line
            or not before.is_beside(piece)
            or not -0.3 * piece.height < piece.left - before.right < _NEAR * piece.height
            or max(before.height, piece.height) > 1.5 * min(before.height, piece.height)
            or any(
                before.right - 2 < x < piece.left + 2 and low < piece.middle < high
                for x, low, high in borders
            )
        ):
            found.append(piece)
            continue
        first = replace(piece.words[0], spaced=True)
        found[-1] = Piece(
            before.left,
            min(before.top, piece.top),
            piece.right,
            max(before.bottom, piece.bottom),
            (*before.words, first, *piece.words[1:]),
            before.line,
        )
    return found


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The rows from top to bottom, each from left to right."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        beside = [row for row in found[-3:] if all(piece.is_beside(other) for other in row[-1:])]
        if beside:
            beside[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in found]


def _groups(
    line: Line, frame: PageFrame, borders: Sequence[tuple[float, float, float]], gap: float
) -> Iterator[list[Word]]:
    group: list[Word] = []
    end = before = 0.0
    for word in line.words:
        for part in _cut(word, frame, borders, gap):
            left, top, right, bottom = frame.box(part.quad)
            middle, half = (top + bottom) / 2, (right - left) / len(part.text) / 2
            crosses = any(
                before < x < left + half and low < middle < high for x, low, high in borders
            )
            if group and (left - end > gap * line.quad.height or crosses):
                yield group
                group = []
            group.append(part)
            end, before = right, right - half
    if group:
        yield group


def _cut(
    word: Word, frame: PageFrame, borders: Sequence[tuple[float, float, float]], gap: float
) -> list[Word]:
    """The word, cut between characters that a border or a gap divides."""
    left, top, right, bottom = frame.box(word.quad)
    middle = (top + bottom) / 2
    wide = gap * max(bottom - top, 1.0) * 1.5
    cuts = [x for x, low, high in borders if left < x < right and low < middle < high]
    boxes = [frame.box(c.quad) for c in word.characters]
    parts: list[list[Character]] = []
    pairs = [
        (character, box)
        for character, box in zip(word.characters, boxes, strict=True)
        if not _is_border(character, box, borders)
    ]
    if len(pairs) < len(boxes):
        if not pairs:
            return []
        boxes = [box for _, box in pairs]
    for i, (character, box) in enumerate(pairs):
        center = (box[0] + box[2]) / 2
        before = (boxes[i - 1][0] + boxes[i - 1][2]) / 2 if i else center
        apart = i > 0 and box[0] - boxes[i - 1][2] > wide
        if not parts or apart or any(before < x <= center for x in cuts):
            parts.append([])
        parts[-1].append(character)
    if len(parts) == 1 and len(parts[0]) == len(word.characters):
        return [word]
    return [_word(part, word, frame, first=i == 0) for i, part in enumerate(parts)]


def _is_border(
    character: Character,
    box: tuple[float, float, float, float],
    borders: Sequence[tuple[float, float, float]],
) -> bool:
    """True if a border was read as a character."""
    left, top, right, bottom = box
    slack = 0.1 * (bottom - top)
    return character.text in _BAR and any(
        left - slack < x < right + slack and low < (top + bottom) / 2 < high
        for x, low, high in borders
    )


def _word(part: list[Character], word: Word, frame: PageFrame, *, first: bool) -> Word:
    boxes = [frame.box(c.quad) for c in part]
    quad = frame.quad(
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    text = "".join(c.text for c in part)
    spaced = word.spaced if first else False
    return Word(text, quad, mean(c.confidence for c in part), tuple(part), spaced)
