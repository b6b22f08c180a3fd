"""Which lines stand beside each other: the rows of a page, however the page is turned."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from mockocr.core.recognition import Line

SAME_ROW = 0.5
"""Share of the lower one's height by which two neighbours in a row overlap at least."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line as it stands in the page turned upright."""

    left: float
    top: float
    bottom: float
    line: Line

    def beside(self, other: _Seen) -> bool:
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= SAME_ROW * min(self.bottom - self.top, other.bottom - other.top)


def rows(lines: Iterable[Line], angle: float = 0.0) -> list[list[Line]]:
    """Rows from the top, each from the left, of a page whose text is turned by `angle` degrees
    clockwise in the picture.
    """
    found: list[list[_Seen]] = []
    for seen in sorted((_seen(line, angle) for line in lines), key=lambda s: s.top + s.bottom):
        if found and seen.beside(found[-1][-1]):
            found[-1].append(seen)
        else:
            found.append([seen])
    return [[s.line for s in sorted(row, key=lambda s: s.left)] for row in found]


def _seen(line: Line, angle: float) -> _Seen:
    turn = math.radians(-angle)
    xs = [p.x * math.cos(turn) - p.y * math.sin(turn) for p in line.quad]
    ys = [p.x * math.sin(turn) + p.y * math.cos(turn) for p in line.quad]
    return _Seen(min(xs), min(ys), max(ys), line)
