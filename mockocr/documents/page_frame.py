"""Straightens a page: maps places of a turned or tilted picture to a frame where text runs level
and columns stand upright, and back.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence

import msgspec

from mockocr.core.recognition import ORIGIN, Point, Quad, Recognition, Segment

_OUTLIER = 0.03
"""A slope this far from those around it belongs to a logo, not to the page."""
_FEWEST = 3
"""Slopes that are needed to tell a tilted page from a turned one."""
_LEAST = 0.1
"""Divisors are kept away from zero: far outside of the page the frame bends back."""


class PageFrame(msgspec.Struct, frozen=True):
    """Places (u, v) of the straight page. `angle`: degrees that the text is turned clockwise.

    At the height v a level line has the slope `rise + spread * v` in the picture that is turned
    back; at u an upright one leans by `lean + fan * u`.
    """

    angle: float = 0.0
    center: Point = ORIGIN
    rise: float = 0.0
    spread: float = 0.0
    lean: float = 0.0
    fan: float = 0.0

    def place(self, point: Point) -> Point:
        """Where a point of the picture is on the straight page."""
        ((x,), (y,)) = self._places((point,))
        return Point(x, y)

    def point(self, place: Point) -> Point:
        """The point of the picture that is at a place of the straight page."""
        slope = self.rise + self.spread * place.y
        lean = self.lean + self.fan * place.x
        x = (place.x + lean * place.y) / max(1 - lean * slope, _LEAST)
        y = place.y + slope * x
        turn = math.radians(self.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        return Point(self.center.x + x * cos - y * sin, self.center.y + x * sin + y * cos)

    def quad(self, left: float, top: float, right: float, bottom: float) -> Quad:
        """The corners in the picture of a box of the straight page."""
        return Quad(*(self.point(corner) for corner in Quad.upright(left, top, right, bottom)))

    def box(self, quad: Quad) -> tuple[float, float, float, float]:
        """left, top, right, bottom on the straight page of a quad of the picture."""
        across, down = self._places(quad)
        return min(across), min(down), max(across), max(down)

    def _places(self, points: Iterable[Point]) -> tuple[list[float], list[float]]:
        """Where points of the picture are: all u, and all v. It runs for every character."""
        turn = math.radians(-self.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        across: list[float] = []
        down: list[float] = []
        for point in points:
            left, top = point.x - self.center.x, point.y - self.center.y
            x, y = left * cos - top * sin, left * sin + top * cos
            across.append((x - self.lean * y) / max(1 + self.fan * y, _LEAST))
            down.append((y - self.rise * x) / max(1 + self.spread * x, _LEAST))
        return across, down


def frame_of(recognition: Recognition, rules: Sequence[Segment] = ()) -> PageFrame:
    """The frame in which most text and most rules are level or upright."""
    lines = [line for line in recognition.lines if line.quad.width > 2 * line.quad.height]
    if not lines:
        return PageFrame()
    angle = statistics.median(line.quad.angle for line in lines)
    lefts, tops, rights, bottoms = zip(
        *(line.quad.extent for line in recognition.lines), strict=True
    )
    center = Point((min(lefts) + max(rights)) / 2, (min(tops) + max(bottoms)) / 2)
    turned = PageFrame(angle, center)
    level: list[tuple[float, float, float]] = []
    upright: list[tuple[float, float, float]] = []
    for line in lines:
        quad = line.quad
        left = Point((quad.tl.x + quad.bl.x) / 2, (quad.tl.y + quad.bl.y) / 2)
        right = Point((quad.tr.x + quad.br.x) / 2, (quad.tr.y + quad.br.y) / 2)
        _add(level, upright, turned.place(left), turned.place(right))
    for rule in rules:
        _add(level, upright, turned.place(rule.start), turned.place(rule.end))
    rise, spread = _fit(level)
    lean, fan = _fit(upright) if len(upright) >= 2 else (-rise, 0.0)
    return PageFrame(angle, center, rise, spread, lean, fan)


def _add(
    level: list[tuple[float, float, float]],
    upright: list[tuple[float, float, float]],
    start: Point,
    end: Point,
) -> None:
    """Note the slope of a line, the place where it crosses the middle, and its length."""
    dx, dy = end.x - start.x, end.y - start.y
    if abs(dy) < 0.4 * abs(dx):
        slope = dy / dx
        level.append((slope, start.y - slope * start.x, math.hypot(dx, dy)))
    elif abs(dx) < 0.4 * abs(dy):
        slope = dx / dy
        upright.append((slope, start.x - slope * start.y, math.hypot(dx, dy)))


def _fit(slopes: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    """a and b of slope = a + b * place, weighted by length, without outliers."""
    kept = list(slopes)
    if not kept:
        return 0.0, 0.0
    middle = _weighted_median(kept)
    a, b = middle, 0.0
    for bound in (4 * _OUTLIER, _OUTLIER):
        near = [s for s in kept if abs(s[0] - a - b * s[1]) < bound]
        if len(near) < _FEWEST:
            break
        weight = sum(w for _, _, w in near)
        mean_slope = sum(s * w for s, _, w in near) / weight
        mean_place = sum(p * w for _, p, w in near) / weight
        variance = sum(w * (p - mean_place) ** 2 for _, p, w in near)
        b = (
            sum(w * (p - mean_place) * (s - mean_slope) for s, p, w in near) / variance
            if variance > 1e-9
            else 0.0
        )
        a = mean_slope - b * mean_place
    reach = max(abs(p) for _, p, _ in kept)
    return (middle, 0.0) if abs(b) * reach > 0.3 else (a, b)


def _weighted_median(slopes: Sequence[tuple[float, float, float]]) -> float:
    half, passed = sum(w for _, _, w in slopes) / 2, 0.0
    for slope, _, weight in sorted(slopes):
        passed += weight
        if passed >= half:
            return slope
    return 0.0
