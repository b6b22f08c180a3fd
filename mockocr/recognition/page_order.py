"""The direction of a page of lines, and its lines in reading order."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from mockocr.core.recognition import Line, Point, Quad
from mockocr.recognition import reading_order
from mockocr.recognition.conversion import Glyph, Row

_STEADY = 4
"""Pixels that a corner may be off: directions that differ by less are the same."""


def angle_of(lines: Sequence[Line]) -> float:
    """The direction of all lines together, long ones counting more; in (-180, 180]. One character
    alone has no direction.

    Straight across or up and down when the corners of the longest line are not sure of more.
    """
    if not lines:
        return 0.0
    lines = [line for line in lines if len(line.characters) > 1] or lines
    x = sum(line.quad.tr.x - line.quad.tl.x for line in lines)
    y = sum(line.quad.tr.y - line.quad.tl.y for line in lines)
    degrees = math.degrees(math.atan2(y, x))
    longest = max(math.dist(line.quad.tl, line.quad.tr) for line in lines)
    straight = round(degrees / 90) * 90.0
    if abs(degrees - straight) <= max(1.0, math.degrees(math.atan2(_STEADY, longest))):
        degrees = straight
    return 180.0 if degrees == -180.0 else degrees


def ordered(lines: Sequence[Line], angle: float) -> tuple[Line, ...]:
    """In reading order, with their blocks, as seen when the text is upright."""
    cosine, sine = math.cos(math.radians(-angle)), math.sin(math.radians(-angle))

    def upright(quad: Quad) -> tuple[float, float, float, float]:
        turned = (Point(p.x * cosine - p.y * sine, p.x * sine + p.y * cosine) for p in quad)
        return Quad(*turned).extent

    rows = []
    for line in lines:
        edges = upright(line.quad)
        rows.append(Row(edges, 0.0, [Glyph(line.text, edges, line.confidence)]))
    places = {id(row): line for row, line in zip(rows, lines, strict=True)}
    return tuple(replace(places[id(row)], block=block) for block, row in reading_order.order(rows))
