"""Where rapidocr's lines stand in the picture: the corners of the text, its words and characters,
and the order of reading.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from mockocr.core.recognition import Character, Line, Point, Quad, Word, mean
from mockocr.recognition import reading_order
from mockocr.recognition.conversion import Row, is_wide

_TALL = 1.5
"""Regions this much higher than wide are turned by rapidocr before they are read."""
_RULE = 0.9
"""A row or column of pixels with this much ink is the rule of a table."""
_STEADY = 4
"""Pixels that a corner may be off: directions that differ by less are the same."""
_BETWEEN = 0.66
"""How much of the way to a blank's middle belongs to the character before it."""


def frame(width: int, height: int) -> Quad:
    """The whole picture as one region."""
    return Quad.upright(0, 0, width, height)


def quad_of(box: Any) -> Quad:
    """Four pairs of numbers as corners, in their order."""
    return Quad(*(Point(float(x), float(y)) for x, y in box))


def is_tall(box: Any) -> bool:
    """Whether rapidocr turns the region before reading; its own rule, in whole pixels."""
    tl, tr, br, bl = quad_of(box)
    width = int(max(math.dist(tl, tr), math.dist(bl, br)))
    height = int(max(math.dist(tl, bl), math.dist(tr, br)))
    return height >= _TALL * width


def text_frame(quad: Quad, tall: bool, flipped: bool) -> Quad:
    """The corners from TL of the text on: a tall region is read from its top right down."""
    tl, tr, br, bl = quad
    if tall:
        tl, tr, br, bl = tr, br, bl, tl
    if flipped:
        tl, tr, br, bl = br, bl, tl, tr
    return Quad(tl, tr, br, bl)


def line_of(text: str, quad: Quad, score: float, crop: Any, info: Any) -> Line:
    """What was read in a crop of the region; `info` is rapidocr's own result for its words."""
    left, top, right, bottom = _ink(crop)
    tight = part_of(quad, left, top, right, bottom)
    characters = [c for c in text if not c.isspace()]
    seen = [column for word in info.word_cols for column in word]
    if len(seen) == len(characters) and info.line_txt_len > 0:
        middles = [(column + 0.5) / info.line_txt_len for column in seen]
        middles = [min(max((m - left) / (right - left), 0.0), 1.0) for m in middles]
    else:
        middles = [(i + 0.5) / len(characters) for i in range(len(characters))]
    confidences = _confidences(text, [float(c) for c in info.confs], score)
    return _built(text, tight, middles, confidences, score)


def _confidences(text: str, given: Sequence[float], score: float) -> list[float]:
    """One for each character that is no blank; rapidocr gives one for blanks too."""
    if len(given) != len(text):
        return [score] * sum(not c.isspace() for c in text)
    return [
        min(max(value, 0.0), 1.0) for value, c in zip(given, text, strict=True) if not c.isspace()
    ]


def _built(
    text: str,
    quad: Quad,
    middles: Sequence[float],
    confidences: Sequence[float],
    score: float,
) -> Line:
    """Words split at blanks and between Chinese and other text; each character reaches half-way
    to its neighbours.
    """
    runs: list[tuple[bool, list[int], str]] = []
    index, blank = 0, False
    for c in text.strip():
        if c.isspace():
            blank = True
            continue
        if not runs or blank or is_wide(c) != is_wide(runs[-1][2][-1]):
            runs.append((blank, [], ""))
        spaced, members, letters = runs[-1]
        runs[-1] = spaced, [*members, index], letters + c
        index, blank = index + 1, False
    edges = edges_of(middles, {members[0] for spaced, members, _ in runs if spaced})
    words = []
    for spaced, members, letters in runs:
        characters = tuple(
            Character(letter, quad.share(*edges[i]), confidences[i])
            for i, letter in zip(members, letters, strict=True)
        )
        whole = quad.share(edges[members[0]][0], edges[members[-1]][1])
        confidence = mean(c.confidence for c in characters)
        words.append(Word(letters, whole, confidence, characters, spaced))
    return Line(tuple(words), quad, score)


def edges_of(middles: Sequence[float], after_blank: set[int]) -> list[tuple[float, float]]:
    """Where each character begins and ends, 0 to 1 along the line."""
    edges = []
    last = len(middles) - 1
    for i, middle in enumerate(middles):
        before = 0.0 if i == 0 else (middle - middles[i - 1]) / 2
        after = 1.0 if i == last else (middles[i + 1] - middle) / 2
        before *= _BETWEEN if i in after_blank else 1.0
        after *= _BETWEEN if i + 1 in after_blank else 1.0
        start = 0.0 if i == 0 else middle - before
        end = 1.0 if i == last else middle + after
        edges.append((start, end))
    return edges


def _ink(crop: Any) -> tuple[float, float, float, float]:
    """left, top, right, bottom of what differs from the border, as shares of the region: the
    detector leaves a rim around the text.
    """
    import numpy

    grey = crop.astype(numpy.float32).mean(axis=2)
    border = numpy.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    apart = numpy.abs(grey - numpy.median(border))
    ink = apart > 0.4 * apart.max()
    ink[ink.mean(axis=1) > _RULE] = False
    ink[:, ink.mean(axis=0) > _RULE] = False
    rows = numpy.flatnonzero(ink.any(axis=1))
    places = numpy.flatnonzero(ink.any(axis=0))
    height, width = grey.shape
    if not len(rows) or apart.max() < 16:
        return 0.0, 0.0, 1.0, 1.0
    left, right = float(places[0]) / width, float(places[-1] + 1) / width
    top, bottom = float(rows[0]) / height, float(rows[-1] + 1) / height
    if right - left < 0.15 or bottom - top < 0.3:  # not the text, but a speck
        return 0.0, 0.0, 1.0, 1.0
    return left, top, right, bottom


def part_of(quad: Quad, left: float, top: float, right: float, bottom: float) -> Quad:
    along = quad.share(left, right)
    # the same across: down the sides instead of along the line
    across = Quad(along.bl, along.tl, along.tr, along.br).share(1 - bottom, 1 - top)
    return Quad(across.tr, across.br, across.bl, across.tl)


def angle_of(lines: Sequence[Line]) -> float:
    """The direction of all lines together, long ones counting more; in (-180, 180].

    Straight across or up and down when the corners of the longest line are not sure of more.
    """
    if not lines:
        return 0.0
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

    rows = [Row(upright(line.quad)) for line in lines]
    places = {id(row): line for row, line in zip(rows, lines, strict=True)}
    return tuple(
        Line(line.words, line.quad, line.confidence, block)
        for block, row in reading_order.order(rows)
        for line in (places[id(row)],)
    )
