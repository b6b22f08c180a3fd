"""The text that a reader saw in the image of one line, and where each character stands in it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.recognition import Character, Line, Quad, Word, mean
from mockocr.recognition.conversion import Glyph, Row, is_wide, runs_of

Share = tuple[float, float]
"""Where something begins and ends, 0 to 1 along the image of a line."""

_BETWEEN = 0.66
"""How much of the way to a blank's middle belongs to the character before it."""


class LineText(msgspec.Struct, frozen=True):
    """The text with its blanks; for each character that is no blank, where it stands and how sure
    its reader is, 0 to 1.
    """

    text: str = ""
    places: tuple[Share, ...] = ()
    confidences: tuple[float, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean of all characters, 0 of none."""
        return mean(self.confidences)

    @property
    def surety(self) -> float:
        """Half-way between the mean and the least: one doubtful character makes a line wrong."""
        return (self.confidence + min(self.confidences, default=0.0)) / 2

    def __bool__(self) -> bool:
        return bool(self.places)


def of_columns(text: str, middles: Sequence[float], confidences: Sequence[float]) -> LineText:
    """A text whose characters are known by their middles; `text` and the others have as many
    entries, blanks included. Each character reaches half-way to its neighbours.
    """
    stripped = text.strip()
    first = text.find(stripped) if stripped else 0
    inside = range(first, first + len(stripped))
    kept = [i for i in inside if not text[i].isspace()]
    after_blank = {n for n, i in enumerate(kept) if n and text[i - 1].isspace()}
    places = edges_of([middles[i] for i in kept], after_blank) if kept else []
    return LineText(stripped, tuple(places), tuple(confidences[i] for i in kept))


def of_rows(rows: Sequence[Row], width: float, margin: float) -> LineText:
    """What Tesseract saw in an image with so many white pixels on both sides of a line of that
    width; several rows are parts of one line.
    """
    text, places, confidences = "", list[Share](), list[float]()
    for row in sorted(rows, key=lambda row: row.edges[0]):
        for run in runs_of(row.glyphs):
            text += " " if text and (run[0].spaced or run[0] is row.glyphs[0]) else ""
            text += "".join(glyph.text for glyph in run)
            for start, end in _places(run):
                places.append((_share(start - margin, width), _share(end - margin, width)))
            confidences += [glyph.confidence for glyph in run for _ in glyph.text]
    return LineText(text, tuple(places), tuple(confidences))


def _share(x: float, width: float) -> float:
    return min(max(x / max(width, 1e-6), 0.0), 1.0)


def _places(run: Sequence[Glyph]) -> list[Share]:
    """Where each character of a run stands, in pixels. The boxes of Chinese ones are often wrong,
    so these share their run evenly.
    """
    if is_wide(run[0].text):
        parts = [(min(g.edges[0] for g in run), max(g.edges[2] for g in run), run)]
    else:
        parts = [(g.edges[0], g.edges[2], [g]) for g in run]
    places = []
    for left, right, members in parts:
        count = sum(len(g.text) for g in members)
        step = (right - left) / count
        places += [(left + i * step, left + (i + 1) * step) for i in range(count)]
    return places


def line_of(read: LineText, quad: Quad, inked: Sequence[float] = (0.0, 0.0, 1.0, 1.0)) -> Line:
    """The line with words split at blanks and between Chinese and other text.

    `inked` is the part of the quad that the text fills: left, top, right, bottom as shares.
    """
    left, top, right, bottom = inked
    if read.places and (left >= read.places[0][1] or right <= read.places[-1][0]):
        # a label in pale print before dark text is not in the ink
        left, right = 0.0, 1.0
    tight = part_of(quad, left, top, right, bottom)
    span = max(right - left, 1e-6)

    def along(share: Share) -> Share:
        start, end = ((x - left) / span for x in share)
        return min(max(start, 0.0), 1.0), min(max(end, 0.0), 1.0)

    places = [along(share) for share in read.places]
    if places:
        places[0] = 0.0, places[0][1]
        places[-1] = places[-1][0], 1.0
    words = []
    for spaced, members, letters in _runs(read.text):
        characters = tuple(
            Character(letter, tight.share(*places[i]), read.confidences[i])
            for i, letter in zip(members, letters, strict=True)
        )
        whole = tight.share(places[members[0]][0], places[members[-1]][1])
        confidence = mean(c.confidence for c in characters)
        words.append(Word(letters, whole, confidence, characters, spaced))
    return Line(tuple(words), tight, read.surety)


def _runs(text: str) -> list[tuple[bool, list[int], str]]:
    """Words: whether a blank stands before, the numbers of the characters, and the letters."""
    runs: list[tuple[bool, list[int], str]] = []
    index, blank = 0, False
    for c in text:
        if c.isspace():
            blank = True
            continue
        if not runs or blank or is_wide(c) != is_wide(runs[-1][2][-1]):
            runs.append((blank and bool(runs), [], ""))
        spaced, members, letters = runs[-1]
        runs[-1] = spaced, [*members, index], letters + c
        index, blank = index + 1, False
    return runs


def edges_of(middles: Sequence[float], after_blank: set[int]) -> list[Share]:
    """Where each character begins and ends when only its middle is known."""
    edges = []
    last = len(middles) - 1
    for i, middle in enumerate(middles):
        before = 0.0 if i == 0 else (middle - middles[i - 1]) / 2
        after = 1.0 if i == last else (middles[i + 1] - middle) / 2
        before *= _BETWEEN if i in after_blank else 1.0
        after *= _BETWEEN if i + 1 in after_blank else 1.0
        start = 0.0 if i == 0 else middle - before
        end = 1.0 if i == last else middle + after
        edges.append((start, end))
    return edges


def part_of(quad: Quad, left: float, top: float, right: float, bottom: float) -> Quad:
    """The part of a quad between shares of its width and of its height."""
    along = quad.share(left, right)
    # the same across: down the sides instead of along the line
    across = Quad(along.bl, along.tl, along.tr, along.br).share(1 - bottom, 1 - top)
    return Quad(across.tr, across.br, across.bl, across.tl)
