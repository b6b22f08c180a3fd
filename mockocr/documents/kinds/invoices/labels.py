"""Finds the labels that an invoice prints before its fields, also where their letters are spread,
and what stands to the right of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from mockocr.documents.kinds.invoices.sheet import APART, Glyph, Run, Sheet, run_of
from mockocr.documents.page_box import PageBox


class Label(PageBox, frozen=True):
    """A label: its box, its name, its row, and where it starts and ends in the row's text, with the
    colon after it.
    """

    name: str
    row: int
    start: int
    end: int


VARIANTS = str.maketrans(
    "稅単單發発號購銷開價価値増額數項規稱稅點電話識別納務計複覆檢驗機編關",
    "税单单发发号购销开价价值增额数项规称税点电话识别纳务计复复检验机编关",
)
"""Other forms of letters that readers see in labels."""


def spread(words: str) -> str:
    """The pattern of words, separated by blanks, whose letters may stand apart; `.` is any letter,
    a letter before `?` may be missing.
    """
    return "|".join(rf"{APART}?".join(_letters(word)) for word in words.split())


def _letters(word: str) -> Iterator[str]:
    for letter in re.findall(r".\??", word):
        yield letter if letter[0] == "." else re.escape(letter[0]) + letter[1:]


class Labels:
    """The labels of a page, by rows, and what stands beside them."""

    def __init__(self, sheet: Sheet, patterns: Mapping[str, str]) -> None:
        """`patterns`: the words of each label; where several fit, the first wins."""
        self.sheet = sheet
        compiled = _compiled(tuple(patterns.items()))
        self.all = [
            label
            for index, row in enumerate(sheet.rows)
            for match in compiled.finditer(row.text.translate(VARIANTS))
            if (label := _label(match, index, row.glyphs)) is not None
        ]
        self._of_row: dict[int, list[Label]] = {}
        for label in self.all:
            self._of_row.setdefault(label.row, []).append(label)

    def named(self, *names: str) -> list[Label]:
        """The labels of some names, in the order of the page."""
        return [label for label in self.all if label.name in names]

    def first(self, name: str) -> Label | None:
        """The first label of that name."""
        return next((label for label in self.all if label.name == name), None)

    def in_row(self, row: int) -> Sequence[Label]:
        """The labels of a row, from left to right."""
        return self._of_row.get(row, ())

    def after(self, label: Label) -> tuple[Glyph | None, ...]:
        """What stands to the right of a label, up to the next label of the row."""
        row = self.sheet.rows[label.row]
        ends = [other.start for other in self.in_row(label.row) if other.start >= label.end]
        return row.glyphs[label.end : min(ends, default=len(row.text))]

    def band(self, label: Label) -> list[Glyph | None]:
        """What stands to the right of a label in all rows at about its height."""
        near = [
            index
            for index, row in enumerate(self.sheet.rows)
            if abs((row.top + row.bottom) / 2 - label.middle) < 1.2 * self.sheet.height
        ]
        runs = [run for index in near for run in self.rest(index) if run.left > label.left]
        found: list[Glyph | None] = []
        for run in sorted(runs, key=lambda r: r.left):
            found += [*run.glyphs, None]
        return found

    def rest(self, row: int) -> list[Run]:
        """What stands in a row beside its labels."""
        found: list[Run] = []
        labels = self.in_row(row)
        glyphs = list(self.sheet.rows[row].glyphs)
        for label in labels:
            glyphs[label.start : label.end] = [None] * (label.end - label.start)
        group: list[Glyph] = []
        for glyph in [*glyphs, None]:
            if glyph is not None:
                group.append(glyph)
            elif group:
                found.append(run_of(group))
                group = []
        return found


@cache
def _compiled(patterns: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    groups = (f"(?P<{name}>(?:{pattern})){APART}?:?" for name, pattern in patterns)
    return re.compile("|".join(groups))


def _label(match: re.Match[str], row: int, glyphs: Sequence[Glyph | None]) -> Label | None:
    name = str(match.lastgroup)
    own = [g for g in glyphs[match.start() : match.end()] if g is not None]
    if not own:
        return None
    box = run_of(own)
    return Label(box.left, box.top, box.right, box.bottom, name, row, match.start(), match.end())
