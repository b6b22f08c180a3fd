"""Makes whole lines of the detector's regions: pieces that run into each other in one row are
joined, and a lone stroke at an end, such as 一, is taken in.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy

from mockocr.core.recognition import Point, Quad
from mockocr.recognition.line_images import cut, is_tall
from mockocr.recognition.pixels import Pixels

_SHARED = 0.3
"""Two pieces that share so much of their row, in heights of the lower one, hold one character
twice. The rims of two words overlap less.
"""
_ALIKE, _LEVEL, _ANGLE = 0.7, 0.2, 4.0
"""Pieces of one line are about equally high, at one height (in heights), and parallel (degrees)."""
_BESIDE, _WITHIN, _NEAR = 1.1, 0.3, 0.5
"""How far beyond the end of a line and within it a stroke is looked for, and how far from the end
it stands at most, in heights of the line.
"""
_LONG, _THIN, _MIDDLE = (0.35, 0.95), 0.22, (0.3, 0.7)
"""Length, greatest thickness and place of a stroke that is a character, in heights of the line. A
hyphen is shorter, a rule longer.
"""
_RIM, _AROUND = 0.15, 0.1
"""What is left free before the stroke, and what above it and below it belongs to other lines."""
_INK = 0.4
"""Ink differs from the ground by this share of the greatest difference, as in `ink`."""
_FAINT = 16
"""Levels that the ink of a line differs from its ground at least."""


def whole(pixels: Pixels, quads: Sequence[Quad]) -> list[Quad]:
    """The lines of a picture, from the regions that the detector found in it."""
    lines = joined(quads)
    return [_with_strokes(pixels, quad, [q for q in lines if q is not quad]) for quad in lines]


def joined(quads: Sequence[Quad]) -> list[Quad]:
    """The regions, those that run into each other in one row as one."""
    kept = list(quads)
    extents = numpy.array([quad.extent for quad in kept]).reshape(-1, 4)
    left, top, right, bottom = extents.T
    meet = (
        (left[:, None] < right[None])
        & (left[None] < right[:, None])
        & (top[:, None] < bottom[None])
        & (top[None] < bottom[:, None])
    )
    groups = list(range(len(kept)))
    for one, other in zip(*numpy.nonzero(numpy.triu(meet, 1)), strict=True):
        if _is_one_line(kept[one], kept[other]):
            old, new = groups[other], groups[one]
            groups = [new if group == old else group for group in groups]
    return [
        _around([quad for quad, group in zip(kept, groups, strict=True) if group == number])
        for number in dict.fromkeys(groups)
    ]


def _is_one_line(a: Quad, b: Quad) -> bool:
    """True if both are pieces of one line, and the end of one is the beginning of the other."""
    if is_tall(a) or is_tall(b) or abs(a.angle - b.angle) > _ANGLE:
        return False
    left, top, right, bottom = a.leveled().extent
    other_left, other_top, other_right, other_bottom = b.rotated(-a.angle, a.center).extent
    low, high = sorted((bottom - top, other_bottom - other_top))
    apart = abs(top + bottom - other_top - other_bottom) / 2
    shared = min(right, other_right) - max(left, other_left)
    return low > _ALIKE * high and apart < _LEVEL * low and shared > _SHARED * low


def _around(quads: Sequence[Quad]) -> Quad:
    """The rectangle around pieces of one line, at the angle of the longest."""
    if len(quads) == 1:
        return quads[0]
    longest = max(quads, key=lambda quad: quad.width)
    angle, about = longest.angle, longest.center
    points = [p for quad in quads for p in quad.rotated(-angle, about)]
    xs, ys = [p.x for p in points], [p.y for p in points]
    return Quad.upright(min(xs), min(ys), max(xs), max(ys)).rotated(angle, about)


def _with_strokes(pixels: Pixels, quad: Quad, others: Sequence[Quad]) -> Quad:
    """The line with the strokes beside it that lie in none of the others."""
    if is_tall(quad) or quad.width < quad.height:
        return quad
    beyond = _BESIDE * quad.height / quad.width
    picture = cut(pixels, quad.share(-beyond, 1 + beyond)).pixels
    mask = _inked(picture, beyond)
    if mask is None:
        return quad
    start, end = 0.0, 1.0
    before, after = _stroke(mask, beyond), _stroke(mask[:, ::-1], beyond)
    if before is not None and not _covered(quad, before[1], others):
        start = before[0]
    if after is not None and not _covered(quad, 1 - after[1], others):
        end = 1 - after[0]
    return quad if (start, end) == (0.0, 1.0) else quad.share(start, end)


def _inked(picture: Pixels, beyond: float) -> Pixels | None:
    """1 where there is ink, 0 elsewhere; None for a line without contrast. `beyond` is the width
    of each margin, as a share of the line's.
    """
    grey = picture.astype(numpy.float32).mean(axis=2)
    margin = round(grey.shape[1] * beyond / (1 + 2 * beyond))
    inner = grey[:, margin : grey.shape[1] - margin]
    if not inner.size:
        return None
    apart = numpy.abs(grey - numpy.median(numpy.concatenate([inner[0], inner[-1]])))
    most = float(apart[:, margin : grey.shape[1] - margin].max())
    if most < _FAINT:
        return None
    mask: Pixels = (apart > _INK * most).astype(numpy.uint8)
    return mask


def _stroke(mask: Pixels, beyond: float) -> tuple[float, float] | None:
    """Where the line begins with the stroke that stands before it, and where the middle of that
    stroke is, as shares of the line's width; None if there is no stroke.
    """
    height, width = mask.shape
    inner = width / (1 + 2 * beyond)
    margin = inner * beyond
    window = numpy.ascontiguousarray(mask[:, : round(margin + _WITHIN * height)])
    count, _, stats, _ = cv2.connectedComponentsWithStats(window)
    for number in range(1, count):
        x, y, wide, high, _ = (int(v) for v in stats[number])
        middle = (y + high / 2) / height
        if not (
            _LONG[0] * height <= wide <= _LONG[1] * height
            and high <= max(2.0, _THIN * height)
            and _MIDDLE[0] <= middle <= _MIDDLE[1]
            and x > 1
            and x + wide < window.shape[1]
            and x + wide > margin - _NEAR * height
            and x < margin
        ):
            continue
        around = round(_AROUND * height)
        column = window[around : height - around, max(0, x - around) : x + wide]
        if int(column.sum()) == int(window[y : y + high, x : x + wide].sum()):
            start = (x - _RIM * height - margin) / inner
            return start, (x + wide / 2 - margin) / inner
    return None


def _covered(quad: Quad, share: float, others: Sequence[Quad]) -> bool:
    """True if the middle of the line at that share of its width lies in another one."""
    place = quad.share(share, share).center
    return any(_holds(other, place) for other in others)


def _holds(quad: Quad, point: Point) -> bool:
    corners = numpy.array(list(quad), numpy.float32)
    return cv2.pointPolygonTest(corners, (point.x, point.y), False) >= 0
