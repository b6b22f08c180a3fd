"""Groups lines that are side by side into rows, on a page turned by any angle."""

from __future__ import annotations

import math
from collections.abc import Iterable

from mockocr.core.recognition import Line
from mockocr.documents.page_box import PageBox


class _UprightLine(PageBox, frozen=True):
    """A line with its extent on the page turned upright."""

    line: Line


def rows(lines: Iterable[Line], angle: float = 0.0) -> list[list[Line]]:
    """The rows from top to bottom, each from left to right. `angle` is how far the page's text is
    turned in the picture, in degrees clockwise.
    """
    upright = sorted((_upright(line, angle) for line in lines), key=lambda u: u.middle)
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
    return _UprightLine(min(xs), min(ys), max(xs), max(ys), line)
