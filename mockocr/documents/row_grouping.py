"""Groups lines that are side by side into rows, on a page turned by any angle."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from mockocr.core.recognition import Line

SAME_ROW = 0.5
"""Two lines are in one row if they overlap by at least this share of the smaller height."""


@dataclass(frozen=True, slots=True)
class _UprightLine:
    """A line with its extent on the page turned upright."""

    left: float
    top: float
    bottom: float
    line: Line

    def is_beside(self, other: _UprightLine) -> bool:
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= SAME_ROW * min(self.bottom - self.top, other.bottom - other.top)


def rows(lines: Iterable[Line], angle: float = 0.0) -> list[list[Line]]:
    """The rows from top to bottom, each from left to right. `angle` is how far the page's text is
    turned in the picture, in degrees clockwise.
    """
    upright = sorted((_upright(line, angle) for line in lines), key=lambda u: u.top + u.bottom)
    found: list[list[_UprightLine]] = []
    for each in upright:
        if found and each.is_beside(found[-1][-1]):
            found[-1].append(each)
        else:
            found.append([each])
    return [[each.line for each in sorted(row, key=lambda u: u.left)] for row in found]


def _upright(line: Line, angle: float) -> _UprightLine:
    turn = math.radians(-angle)
    xs = [p.x * math.cos(turn) - p.y * math.sin(turn) for p in line.quad]
    ys = [p.x * math.sin(turn) + p.y * math.cos(turn) for p in line.quad]
    return _UprightLine(min(xs), min(ys), max(ys), line)
