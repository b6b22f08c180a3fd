"""How far two texts, two boxes and two rankings agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from mockocr.core.recognition import Point, Quad, mean


def comparable(text: str) -> str:
    """The text with full-width punctuation and digits as ASCII, which no reader can tell apart."""
    return unicodedata.normalize("NFKC", text).replace("。", ".")


def distance(a: str, b: str) -> int:
    """How many characters must be put in, taken out or changed to make `a` out of `b`."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        following, left = [i], i
        for j, y in enumerate(b):
            left = min(row[j + 1] + 1, left + 1, row[j] + (x != y))
            following.append(left)
        row = following
    return row[-1]


def folded(text: str) -> str:
    """The text as its characters are counted on real pictures: without blanks and case, and with
    one form for each kind of quotation mark, dash, dot and bracket.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return "".join(c for c in unicodedata.normalize("NFKC", plain) if not c.isspace())


_ALIKE = str.maketrans(
    "“”„«»‘’´`—–−‐一・•。、【】《》〈〉￥×",
    '"' * 5 + "'" * 4 + "-----··.,[]<><>¥x",
)


def found_again(truth: Sequence[str], read: Sequence[str]) -> list[int]:
    """How many characters of each text that was read stand in one of the true ones, in stretches of
    two or more, wherever; no true character counts twice. Long stretches are taken first.
    """
    free_truth = [[True] * len(text) for text in truth]
    free_read = [[True] * len(text) for text in read]
    counts = [0] * len(read)
    longest = min(max(map(len, truth), default=0), max(map(len, read), default=0))
    for size in range(longest, 1, -1):
        places: dict[str, list[tuple[int, int]]] = {}
        for number, text in enumerate(truth):
            for start in _free(free_truth[number], size):
                places.setdefault(text[start : start + size], []).append((number, start))
        for number, text in enumerate(read):
            for start in _free(free_read[number], size) if places else ():
                waiting = places.get(text[start : start + size], [])
                if not all(free_read[number][start : start + size]):
                    continue
                while waiting:
                    there, at = waiting.pop()
                    if all(free_truth[there][at : at + size]):
                        free_truth[there][at : at + size] = [False] * size
                        free_read[number][start : start + size] = [False] * size
                        counts[number] += size
                        break
    lone = [text for text in truth if len(text) == 1]
    for number, text in enumerate(read):
        if len(text) == 1 and text in lone:
            lone.remove(text)
            counts[number] += 1
    return counts


def _free(free: Sequence[bool], size: int) -> list[int]:
    """Where a stretch of so many characters that are still free begins."""
    starts, run = [], 0
    for index, is_free in enumerate(free):
        run = run + 1 if is_free else 0
        if run >= size:
            starts.append(index - size + 1)
    return starts


def overlap(a: Quad, b: Quad) -> float:
    """Intersection over union of two convex quads, at any angle."""
    shared = _area(_clipped(list(a), b))
    union = _area(a) + _area(b) - shared
    return shared / union if union > 0 else 0.0


def _area(points: Sequence[Point]) -> float:
    closed = [*points, *points[:1]]
    return abs(sum(p.x * q.y - q.x * p.y for p, q in pairwise(closed))) / 2


def _clipped(points: list[Point], window: Quad) -> list[Point]:
    """The part of a polygon inside a quad whose corners go clockwise on the screen."""
    for a, b in pairwise((*window, window.tl)):
        sides = [(b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) for p in points]
        kept: list[Point] = []
        for index, point in enumerate(points):
            before, side = sides[index - 1], sides[index]
            if before * side < 0:
                share, last = before / (before - side), points[index - 1]
                kept.append(
                    Point(last.x + (point.x - last.x) * share, last.y + (point.y - last.y) * share)
                )
            if side >= 0:
                kept.append(point)
        points = kept
    return points


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Spearman's, ties sharing their rank; 0 where one of the two does not vary."""
    a, b = _ranks(xs), _ranks(ys)
    mean_a, mean_b = mean(a), mean(b)
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    alone = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    return float(both / alone**0.5) if alone > 0 else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or values[order[end]] != values[order[start]]:
            for index in order[start:end]:
                ranks[index] = (start + end - 1) / 2
            start = end
    return ranks


def separation(right: Sequence[float], wrong: Sequence[float]) -> float:
    """How often something right is surer than something wrong: 1 always, 0.5 by chance."""
    if not right or not wrong:
        return 1.0
    ranks = _ranks([*right, *wrong])
    above = sum(ranks[: len(right)]) - len(right) * (len(right) - 1) / 2
    return above / (len(right) * len(wrong))
