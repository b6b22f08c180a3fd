"""Finds lines of text at any angle: PP-OCR's detection model and the steps of Differentiable
Binarization after it.

Source: Liao et al., "Real-time Scene Text Detection with Differentiable Binarization" (AAAI 2020);
the numbers are those of rapidocr's `config.yaml` for this model.
"""

from __future__ import annotations

from typing import Any

import cv2
import msgspec
import numpy
from numpy.typing import NDArray

from mockocr.core.recognition import Point, Quad
from mockocr.recognition.models import Models
from mockocr.recognition.pixels import Pixels

SIDE = 960
"""Pixels of the longer side of what the model sees: 290 MB and 0.5 s of processor at most."""
_STEP = 32
"""The model's sides are multiples of this."""
_TEXT, LIKELY = 0.3, 0.5
"""A pixel this likely is text; a region this likely on the whole is a line."""
_FAINT, _BESIDE, _ALIKE = 0.35, 0.3, 0.5
"""A region this likely may be a lone character in a row with a line: they are apart in height by
this share of the lower one's height, which is this share of the higher one's at least.
"""
_UNCLIP = 1.6
"""The model shrinks lines so that they do not touch; this makes them whole again."""
_THINNEST = 3.0
_MOST = 1000
"""Regions that are looked at, whatever the picture shows."""
_SMALL, _FEW = 13.0, 0.25
"""Lines less high than this for the model are found better in parts of the picture; so many of
them make it worth the time.
"""
_OVERLAP = 0.12
"""The share of a part that its neighbour sees too."""
_LARGE = 320
"""Pixels of the longer side where nothing was found: text of the height of the picture."""


class Region(msgspec.Struct, frozen=True):
    """One line that was found; corners clockwise from its top left, pixels of the picture."""

    quad: Quad
    likelihood: float


def find(models: Models, pixels: Pixels) -> list[Region]:
    """The lines of a picture, in no order."""
    return [region for region in find_all(models, pixels) if region.likelihood >= LIKELY]


def find_all(models: Models, pixels: Pixels) -> list[Region]:
    """The lines of a picture, and fainter regions that stand in a row with one of them."""
    found = _seen(models, pixels)
    lines = [region for region in found if region.likelihood >= LIKELY]
    faint = [region for region in found if region.likelihood < LIKELY]
    beside = [region for region in faint if any(_in_row(region.quad, r.quad) for r in lines)]
    return lines + _missed(lines, beside)


def _in_row(a: Quad, b: Quad) -> bool:
    """True if both are about equally high, and at the same height."""
    _, top, _, bottom = a.rotated(-b.angle, b.center).extent
    _, other_top, _, other_bottom = b.leveled().extent
    low, high = sorted((bottom - top, other_bottom - other_top))
    apart = abs(top + bottom - other_top - other_bottom) / 2
    return low > _ALIKE * high and apart < _BESIDE * low


def _seen(models: Models, pixels: Pixels) -> list[Region]:
    """The regions of a picture, faint ones too, looked at as closely as its lines require."""
    height, width = pixels.shape[:2]
    regions = _find(models, pixels, SIDE)
    found = [region for region in regions if region.likelihood >= LIKELY]
    if found and 2 * sum(_length(r.quad) for r in found if _runs_down(r.quad)) > sum(
        _length(r.quad) for r in found
    ):
        missed = _missed(found, _on_its_side(models, pixels))
        regions += missed
        found += [region for region in missed if region.likelihood >= LIKELY]
    factor = min(1.0, SIDE / max(height, width))
    small = [r for r in found if _thickness(r.quad) * factor < _SMALL]
    if factor < 0.8 and len(small) > _FEW * len(found):
        return _in_parts(models, pixels)
    if not found and min(height, width) > _LARGE // 2:
        return _find(models, pixels, _LARGE)
    return regions


def _on_its_side(models: Models, pixels: Pixels) -> list[Region]:
    """The lines of the picture turned by a quarter: the model knows level lines best."""
    height = pixels.shape[0]
    turned = _find(models, cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE), SIDE)
    return [
        Region(_quad(numpy.array([(p.y, height - p.x) for p in r.quad])), r.likelihood)
        for r in turned
    ]


def _missed(found: list[Region], others: list[Region]) -> list[Region]:
    """Those of the others that lie over none of the lines that were found."""
    return [
        other for other in others if not any(_crosses(other.quad, region.quad) for region in found)
    ]


def _crosses(a: Quad, b: Quad) -> bool:
    """True if the middle of one lies in the other."""
    return _covers(a, b) or _covers(b, a)


def _covers(quad: Quad, other: Quad) -> bool:
    middle = sum(p.x for p in other) / 4, sum(p.y for p in other) / 4
    corners = numpy.array(list(quad), numpy.float32)
    return cv2.pointPolygonTest(corners, middle, False) >= 0


def _runs_down(quad: Quad) -> bool:
    """True if the longer sides are steeper than half a right angle."""
    sides = (
        (quad.tr.x - quad.tl.x, quad.tr.y - quad.tl.y),
        (
            quad.bl.x - quad.tl.x,
            quad.bl.y - quad.tl.y,
        ),
    )
    x, y = max(sides, key=lambda side: numpy.hypot(*side))
    return abs(y) > abs(x)


def _length(quad: Quad) -> float:
    """The longer side."""
    across = numpy.hypot(quad.tr.x - quad.tl.x, quad.tr.y - quad.tl.y)
    down = numpy.hypot(quad.bl.x - quad.tl.x, quad.bl.y - quad.tl.y)
    return float(max(across, down))


def _in_parts(models: Models, pixels: Pixels) -> list[Region]:
    """The lines of a large picture of small print: two or four parts, each looked at closely."""
    height, width = pixels.shape[:2]
    kept: list[Region] = []
    for top, bottom in _halves(height):
        for left, right in _halves(width):
            for region in _find(models, pixels[top:bottom, left:right], SIDE):
                _add(kept, Region(region.quad.moved(left, top), region.likelihood))
    return kept


def _halves(length: int) -> list[tuple[int, int]]:
    if length <= SIDE:
        return [(0, length)]
    size = round(length * (0.5 + _OVERLAP / 2))
    return [(0, size), (length - size, length)]


def _add(kept: list[Region], new: Region) -> None:
    """Add a region, joined with the one of another part that shows the same line."""
    for index, old in enumerate(kept):
        joined = _joined(old.quad, new.quad)
        if joined is not None:
            del kept[index]
            _add(kept, Region(joined, max(old.likelihood, new.likelihood)))
            return
    kept.append(new)


def _joined(a: Quad, b: Quad) -> Quad | None:
    """One quad around two pieces of one line; None when they are not pieces of one line."""
    left, top, right, bottom = a.extent
    other_left, other_top, other_right, other_bottom = b.extent
    across = min(right, other_right) - max(left, other_left)
    down = min(bottom, other_bottom) - max(top, other_top)
    low = min(bottom - top, other_bottom - other_top)
    narrow = min(right - left, other_right - other_left)
    if across <= 0 or down <= 0:
        return None
    flat = narrow >= low and down > 0.6 * low and abs(a.angle - b.angle) < 4
    if not flat and not (across > 0.7 * narrow and down > 0.7 * low):
        return None
    corners = numpy.array([*a, *b], numpy.float32)
    return _quad(cv2.boxPoints(cv2.minAreaRect(corners)))


def _find(models: Models, pixels: Pixels, side: int) -> list[Region]:
    height, width = pixels.shape[:2]
    factor = min(1.0, side / max(height, width))
    seen = _rounded(width * factor), _rounded(height * factor)
    shrinking = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    small = cv2.resize(pixels, seen, interpolation=shrinking)
    # as cv2.dnn.blobFromImage does, to the bit: not every OpenCV is built with that module
    scaled = (small.astype(numpy.float32) - numpy.float32(127.5)) * numpy.float32(1 / 127.5)
    batch = numpy.ascontiguousarray(scaled.transpose(2, 0, 1)[None])
    likely = models.run(models.detection, batch)[0, 0]
    mask = cv2.dilate((likely > _TEXT).astype(numpy.uint8), numpy.ones((2, 2), numpy.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    scale = numpy.array([width / seen[0], height / seen[1]], numpy.float32)
    found = []
    for contour in contours[:_MOST]:
        middle, (long, short), angle = cv2.minAreaRect(contour)
        if min(long, short) < _THINNEST:
            continue
        score = _likelihood(likely, cv2.boxPoints((middle, (long, short), angle)))
        if score < _FAINT:
            continue
        # the offset of a rectangle by this distance has the same middle and angle
        grow = 2 * _UNCLIP * long * short / (2 * (long + short))
        corners = cv2.boxPoints((middle, (long + grow, short + grow), angle)) * scale
        found.append(Region(_quad(corners.clip(0, (width, height))), score))
    return found


def _rounded(side: float) -> int:
    return max(_STEP, round(side / _STEP) * _STEP)


def _likelihood(likely: NDArray[Any], corners: NDArray[Any]) -> float:
    """The mean over the pixels inside a rectangle."""
    left, top = numpy.floor(corners.min(axis=0)).astype(int).clip(0)
    right, bottom = numpy.ceil(corners.max(axis=0)).astype(int)
    part = likely[top : bottom + 1, left : right + 1]
    mask = numpy.zeros(part.shape, numpy.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(numpy.int32)], (1,))
    return float(cv2.mean(part, mask)[0])


def _quad(corners: NDArray[Any]) -> Quad:
    """The corners clockwise, from the upper one of the two on the left."""
    ordered = corners[numpy.argsort(corners[:, 0], kind="stable")]
    left = ordered[:2][numpy.argsort(ordered[:2, 1], kind="stable")]
    right = ordered[2:][numpy.argsort(ordered[2:, 1], kind="stable")]
    return Quad(*(Point(float(x), float(y)) for x, y in (left[0], right[0], right[1], left[1])))


def _thickness(quad: Quad) -> float:
    """The shorter side."""
    across = numpy.hypot(quad.tr.x - quad.tl.x, quad.tr.y - quad.tl.y)
    down = numpy.hypot(quad.bl.x - quad.tl.x, quad.bl.y - quad.tl.y)
    return float(min(across, down))
