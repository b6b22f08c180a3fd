"""Cuts an even page into the pieces that hold one line each, and scales each piece to the letter
height that Tesseract's models read best.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PIL import Image as Pillow

from mockocr.recognition.preprocess import columns, inked, letter_height, rows

EM = 28.0
"""The text height in pixels at which Tesseract's models read best: 22 to 34 were measured, the
plateau is from 26 to 32.
"""
_GAP = 1.4
"""A gap of this many line heights parts two pieces; no blank between words is that wide."""
_LONGEST = 8000
"""Pixels of width that a piece has at most."""
_DEPTH = 8

Box = tuple[int, int, int, int]


class Region(msgspec.Struct, frozen=True):
    """A piece of the page: its box in pixels and the height of its letters."""

    box: Box
    em: float


def find(page: Pillow.Image) -> list[Region]:
    """The pieces of a level page, from top to bottom; nothing for a blank one."""
    em = letter_height(page)
    ink = inked(page)
    if em == 0:
        box = ink.getbbox()
        return [Region(box, float(box[3] - box[1]))] if box else []
    return [Region(box, _em(box, em)) for box in _cut(ink, (0, 0, *page.size), em, _DEPTH)]


def _em(box: Box, usual: float) -> float:
    own = (box[3] - box[1]) / 0.92
    return own if own > 1.3 * usual or own < 0.6 * usual else usual


def line_image(page: Pillow.Image, region: Region) -> Pillow.Image:
    """The region by itself, letters `EM` pixels high; a very long one is made smaller."""
    width = region.box[2] - region.box[0]
    scale = min(max(EM / region.em, 0.05), 6.0, _LONGEST / max(1, width))
    return _scaled(page, region.box, 1.0 if 0.95 < scale < 1.06 else scale)


def _scaled(page: Pillow.Image, box: Box, scale: float) -> Pillow.Image:
    piece = page.crop(box)
    if scale == 1.0:
        return piece
    size = max(1, round(piece.width * scale)), max(1, round(piece.height * scale))
    return piece.resize(size, Pillow.Resampling.LANCZOS)


def _cut(ink: Pillow.Image, box: Box, em: float, depth: int) -> list[Box]:
    """Cut at white rows, then at wide white columns, as long as something comes off."""
    left, top, right, _bottom = box
    piece = ink.crop(box)
    found = _joined(rows(piece), em)
    if not found:
        return []
    if len(found) > 1 and depth:
        return [
            leaf
            for start, end in found
            for leaf in _cut(ink, (left, top + start, right, top + end), em, depth - 1)
        ]
    start, end = found[0][0], found[-1][1]
    gap = _GAP * max(min(end - start, 2.2 * em), 0.5 * em)
    groups = _grouped(columns(piece.crop((0, start, piece.width, end))), gap)
    if len(groups) == 1 or not depth:
        return [
            _padded(ink, (left + groups[0][0], top + start, left + groups[-1][1], top + end), em)
        ]
    return [
        leaf
        for a, b in groups
        for leaf in _cut(ink, (left + a, top + start, left + b, top + end), em, depth - 1)
    ]


def _padded(page: Pillow.Image, box: Box, em: float) -> Box:
    """The box with a small margin, so that soft edges of letters stay whole."""
    pad = max(1, round(em * 0.06))
    return (
        max(0, box[0] - pad),
        max(0, box[1] - pad),
        min(page.width, box[2] + pad),
        min(page.height, box[3] + pad),
    )


def _joined(bands: Sequence[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Bands of rows, with dots, accents and the strokes of 二 or 三 put back to their line."""
    joined: list[tuple[int, int]] = []
    for start, end in bands:
        if joined:
            before = joined[-1]
            low = min(before[1] - before[0], end - start) < 0.5 * em
            if low and start - before[1] < 0.3 * em and end - before[0] < 1.3 * em:
                joined[-1] = before[0], end
                continue
        joined.append((start, end))
    return joined


def _grouped(runs: Sequence[tuple[int, int]], gap: float) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for start, end in runs:
        if groups and start - groups[-1][1] <= gap:
            groups[-1] = groups[-1][0], end
        else:
            groups.append((start, end))
    return groups
