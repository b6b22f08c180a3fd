"""The text of a page as it stands: runs of characters on the straightened page, in rows, with the
labels that are printed one character below the other apart.
"""

from __future__ import annotations

import bisect
import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from mockocr.core.recognition import Character, Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.page_box import SAME_ROW, PageBox
from mockocr.documents.page_frame import PageFrame, frame_of
from mockocr.documents.pieces import Piece, pieces_of, text_height

APART = "\t"
"""Stands in the text of a row where two runs stand apart."""
_UPRIGHT = re.compile(r"[购买销售方信息单位密码区备注]+")
"""What invoices print one character below the other."""
_FEW = 20
"""Labels that run downwards, at most: more are no invoice's."""
_LARGE = 1.5
"""Heights of the usual text from which on a run is large."""
_BLANK = 0.25
"""Heights between two runs of one row that count as a blank."""


class Glyph(PageBox, frozen=True):
    """One narrow character, and its box on the straight page. `spaced`: a blank precedes it."""

    text: str
    character: Character
    spaced: bool = False


class Run(PageBox, frozen=True):
    """Characters that stand together, at least one, and the box around them."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters without blanks."""
        return "".join(g.text for g in self.glyphs)


class Row(msgspec.Struct, frozen=True):
    """Runs side by side from left to right. `text` has `APART` between runs, where `glyphs` has
    None.
    """

    runs: tuple[Run, ...]
    text: str
    glyphs: tuple[Glyph | None, ...]

    @property
    def top(self) -> float:
        return statistics.median(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        return statistics.median(run.bottom for run in self.runs)


class Sheet(msgspec.Struct, frozen=True):
    """The page: its rows from top to bottom, the labels printed upright, and the height of most of
    its text in pixels.
    """

    rows: tuple[Row, ...]
    uprights: tuple[Run, ...]
    height: float
    left: float = 0.0
    right: float = 0.0

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of all rows."""
        return tuple(run for row in self.rows for run in row.runs)

    @property
    def text(self) -> str:
        """The rows, joined by line feeds."""
        return "\n".join(row.text for row in self.rows)


def sheet_of(recognition: Recognition) -> Sheet:
    """The text of the whole page."""
    lines = [line for line in recognition.lines if line.words]
    frame = frame_of(recognition)
    runs = [_run(piece, frame) for piece in pieces_of(lines, frame)]
    return sheet_of_runs([run for run in runs if run.glyphs], text_height(lines))


def sheet_of_runs(runs: Sequence[Run], height: float) -> Sheet:
    """The sheet of some runs of a page, whose text is that high."""
    uprights, level = _apart(runs, height)
    left = min((run.left for run in runs), default=0.0)
    right = max((run.right for run in runs), default=0.0)
    return Sheet(tuple(rows_of(level)), tuple(uprights), height, left, right)


def rows_of(runs: Iterable[Run]) -> list[Row]:
    """The rows from top to bottom. A large run, as a title, belongs to the row at its middle: it
    does not join rows above and below that.
    """
    every = sorted(runs, key=lambda r: r.middle)
    usual = statistics.median([run.height for run in every]) if every else 0.0
    found: list[list[Run]] = []
    # of the last row: the mean, so that a tilt does not lead on to the next row
    middle = tallest = 0.0
    for run in (r for r in every if r.height <= _LARGE * usual):
        if found and abs(run.middle - middle) < SAME_ROW * max(run.height, tallest):
            found[-1].append(run)
            middle += (run.middle - middle) / len(found[-1])
            tallest = max(tallest, run.height)
        else:
            found.append([run])
            middle, tallest = run.middle, run.height
    middles = [row[0].middle for row in found]
    alone: list[list[Run]] = []
    for run in (r for r in every if r.height > _LARGE * usual):
        place = bisect.bisect(middles, run.middle)
        near = [row for row in found[max(0, place - 2) : place + 2] if run.is_beside(row[0])]
        if near:
            min(near, key=lambda row: abs(row[0].middle - run.middle)).append(run)
        elif alone and run.is_beside(alone[-1][-1]):
            alone[-1].append(run)
        else:
            alone.append([run])
    ordered = sorted([*found, *alone], key=lambda row: row[0].middle)
    return [_row(sorted(row, key=lambda r: r.left)) for row in ordered]


def run_of(glyphs: Sequence[Glyph]) -> Run:
    """The run of some characters, at least one."""
    return Run(
        min(g.left for g in glyphs),
        statistics.median(g.top for g in glyphs),
        max(g.right for g in glyphs),
        statistics.median(g.bottom for g in glyphs),
        tuple(glyphs),
    )


def value_of(glyphs: Iterable[Glyph | None]) -> Value:
    """The field that consists of some characters. Blanks stay between Latin words only."""
    found = [g for g in glyphs if g is not None]
    text: list[str] = []
    for before, glyph in zip([None, *found], found, strict=False):
        if before is not None and _is_blank(before, glyph):
            text.append(" ")
        text.append(glyph.text)
    characters: list[Character] = []
    for glyph in found:
        if not characters or characters[-1] is not glyph.character:
            characters.append(glyph.character)
    return Value("".join(text), tuple(characters))


def _is_blank(before: Glyph, glyph: Glyph) -> bool:
    latin = before.text.isascii() and glyph.text.isascii()
    word = before.text.isalnum() and glyph.text.isalnum()
    height = max(before.height, 1.0)
    apart = glyph.left - before.right > _BLANK * height and glyph.spaced
    return latin and word and (apart or glyph.left < before.left or glyph.spaced)


def _run(piece: Piece, frame: PageFrame) -> Run:
    glyphs: list[Glyph] = []
    for index, word in enumerate(piece.words):
        for place, character in enumerate(word.characters):
            box = frame.box(character.quad)
            narrow = unicodedata.normalize("NFKC", character.text)
            spaced = word.spaced and index > 0 and place == 0
            for number, text in enumerate(t for t in narrow if not t.isspace()):
                glyphs.append(Glyph(*box, text, character, spaced and number == 0))
    return Run(piece.left, piece.top, piece.right, piece.bottom, tuple(glyphs))


def _row(runs: Sequence[Run]) -> Row:
    text: list[str] = []
    glyphs: list[Glyph | None] = []
    for number, run in enumerate(runs):
        if number:
            text.append(APART)
            glyphs.append(None)
        text.append(run.text)
        glyphs += run.glyphs
    return Row(tuple(runs), "".join(text), tuple(glyphs))


def _apart(runs: Sequence[Run], height: float) -> tuple[list[Run], list[Run]]:
    """The labels that run downwards, and all other runs."""
    single: list[Run] = []
    uprights: list[Run] = []
    level: list[Run] = []
    for run in runs:
        if _runs_down(run):
            if _UPRIGHT.fullmatch(run.text):
                uprights.append(run)
            else:  # the short cells of a column that were read as one
                level += [run_of([glyph]) for glyph in run.glyphs]
            continue
        if not _UPRIGHT.fullmatch(run.text):
            level.append(run)
        elif len(run.glyphs) == 1:
            single.append(run)
        else:
            level.append(run)
    for column in _columns(single, uprights, height):
        if len(column) > 1:
            uprights.append(_downwards(column))
        else:
            level += column
    return uprights, level


def _runs_down(run: Run) -> bool:
    """True for several characters one below the other."""
    return len(run.glyphs) > 1 and run.height > 1.2 * (run.right - run.left)


def _columns(single: Sequence[Run], tall: list[Run], height: float) -> list[list[Run]]:
    """Characters that stand below one another. Those beside a tall label join it."""
    columns: list[list[Run]] = []
    for run in sorted(single, key=lambda r: r.middle):
        near = [
            column
            for column in columns[-12:]
            if abs(column[-1].center - run.center) < 0.8 * height
            and run.top - column[-1].bottom < 4.5 * height
            and run.top > column[-1].top + 0.5 * height
        ]
        if near:
            near[-1].append(run)
        else:
            columns.append([run])
    for index, label in enumerate(tall[:_FEW]):
        for column in columns[: 4 * _FEW]:
            if len(column) == 1 and _is_above(column[0], label, height):
                tall[index] = _downwards([column.pop(), label])
                break
    return [column for column in columns if column]


def _is_above(run: Run, label: Run, height: float) -> bool:
    """True if a character stands right above a label that runs down."""
    aligned = abs(run.center - label.center) < height
    return aligned and abs(label.top - run.bottom) < height


def _downwards(column: Sequence[Run]) -> Run:
    left, top = min(run.left for run in column), min(run.top for run in column)
    right, bottom = max(run.right for run in column), max(run.bottom for run in column)
    return Run(left, top, right, bottom, tuple(g for run in column for g in run.glyphs))
