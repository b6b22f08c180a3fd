"""Rules on the straight page: level and upright ones, joined, and grouped by what they frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from mockocr.core.recognition import Line, Segment
from mockocr.documents.page_frame import PageFrame

TOUCH = 0.6
"""Rules touch if they are at most this many text heights apart."""
SAME = 0.35
"""Parallel rules are one if they are at most this many text heights apart."""
_NEAR = 0.5
"""Text heights between an edge and the rules that draw it: double rules are one edge."""
_LONG = 6.0
"""Text heights of a rule that cannot be part of a text."""
_IN_WORDS = 0.6
"""The share of an upright rule within words from which it is a stem."""
_MEETING = 0.15
"""Text heights between a level rule and the end of an upright one that begins at it."""
_CUT = 0.1
"""Words, for each text height of a rule, that readers join across it."""
_SHORTEST = 0.5
"""Text heights of a rule; anything shorter is a dash."""
_JOIN = 1.5
"""Text heights between two parts of one rule that was found in parts."""


_Box = tuple[float, float, float, float]
"""left, top, right, bottom."""


class Rule(msgspec.Struct, frozen=True):
    """A level or upright rule: at `place` across its direction, from `start` to `end` along it."""

    place: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


class Frame(msgspec.Struct):
    """Rules that touch one another."""

    level: list[Rule] = msgspec.field(default_factory=list)
    upright: list[Rule] = msgspec.field(default_factory=list)


def straightened(
    segments: Iterable[Segment], lines: Iterable[Line], frame: PageFrame, height: float
) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rules; `height` is that of the text. Strokes of the letters of
    `lines` are left out.
    """
    lines = list(lines)
    boxes = [frame.box(line.quad) for line in lines]
    words = [frame.box(word.quad) for line in lines for word in line.words]
    level, upright = [], []
    for segment in segments:
        (ax, ay), (bx, by) = frame.place(segment.start), frame.place(segment.end)
        wide, high = abs(bx - ax), abs(by - ay)
        if max(wide, high) < _SHORTEST * height:
            continue
        if high <= 0.1 * wide + SAME * height:
            rule = Rule((ay + by) / 2, min(ax, bx), max(ax, bx))
            if not any(_is_stroke(rule, box, height) for box in boxes):
                level.append(rule)
        elif wide <= 0.1 * high + SAME * height:
            rule = Rule((ax + bx) / 2, min(ay, by), max(ay, by))
            upright.append(rule)
    level = _joined(level, height)
    upright = [
        rule
        for rule in upright
        if not _is_stem(rule, words, height) or _meets(rule, level, words, height)
    ]
    joined = _joined(upright, height)
    return level, [rule for rule in joined if not _cuts(rule, words, height)]


def frames(level: Sequence[Rule], upright: Sequence[Rule], height: float) -> list[Frame]:
    """The groups of rules that touch, the highest first."""
    slack = TOUCH * height
    groups: list[Frame] = []
    for rule in level:
        groups.append(Frame(level=[rule]))
    for rule in upright:
        touched = [g for g in groups if any(_touch(one, rule, slack) for one in g.level)]
        merged = Frame(upright=[rule])
        for group in touched:
            merged.level += group.level
            merged.upright += group.upright
            groups.remove(group)
        groups.append(merged)
    return sorted(groups, key=lambda g: min((r.place for r in g.level), default=0.0))


def clusters(rules: Iterable[Rule], height: float) -> list[float]:
    """The places of the rules, those that nearly agree as one."""
    found: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.place):
        if found and rule.place - found[-1][-1].place <= SAME * height:
            found[-1].append(rule)
        else:
            found.append([rule])
    return [sum(r.place * r.length for r in g) / sum(r.length for r in g) for g in found]


def covered(rules: Iterable[Rule], place: float, start: float, end: float, height: float) -> float:
    """The share of start..end that rules at this place cover, 0..1."""
    parts = sorted(
        (max(r.start, start), min(r.end, end))
        for r in rules
        if abs(r.place - place) <= _NEAR * height and r.start < end and r.end > start
    )
    total, reached = 0.0, start
    for low, high in parts:
        total += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return total / (end - start) if end > start else 0.0


def _is_stroke(level: Rule, box: _Box, height: float) -> bool:
    """True if a level rule runs through text, or along it, and is not longer than it."""
    left, top, right, bottom = box
    return (
        top - 0.3 * height < level.place < bottom + 0.3 * height
        and left - 0.35 * height < level.start
        and level.end < right + 0.35 * height
    )


def _cuts(upright: Rule, words: Iterable[_Box], height: float) -> bool:
    """True if an upright rule runs through several words, as the pattern of a ground does."""
    cut = sum(
        1
        for left, top, right, bottom in words
        if upright.start < (top + bottom) / 2 < upright.end
        and left + 0.3 * height < upright.place < right - 0.3 * height
    )
    return cut > max(1.0, _CUT * upright.length / height)


def _is_stem(upright: Rule, words: Iterable[_Box], height: float) -> bool:
    """True if most of an upright rule stands in words, as the stems of letters do that stand one
    below the other.
    """
    slack = 0.15 * height
    inside = sum(
        max(0.0, min(upright.end, bottom) - max(upright.start, top))
        for left, top, right, bottom in words
        if left - slack < upright.place < right + slack
    )
    return inside > _IN_WORDS * upright.length


def _meets(upright: Rule, level: Sequence[Rule], words: Iterable[_Box], height: float) -> bool:
    """True if long level rules meet both ends of an upright one at the end of a word, where a
    reader may have taken it for a letter.
    """
    meeting = [
        r
        for r in level
        if r.length > _LONG * height and r.start - height < upright.place < r.end + height
    ]
    inner = [b for b in words if b[1] < (upright.start + upright.end) / 2 < b[3]]
    if any(b[0] + 0.3 * height < upright.place < b[2] - 0.3 * height for b in inner):
        return False
    return all(
        any(abs(end - rule.place) < _MEETING * height for rule in meeting)
        for end in (upright.start, upright.end)
    )


def _touch(level: Rule, upright: Rule, slack: float) -> bool:
    return (
        level.start - slack <= upright.place <= level.end + slack
        and upright.start - slack <= level.place <= upright.end + slack
    )


def _joined(rules: Iterable[Rule], height: float) -> list[Rule]:
    """The rules, of which those in one line with a small gap between them are one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.start, r.place)):
        for index, other in enumerate(found):
            beside = abs(rule.place - other.place) <= 0.5 * SAME * height
            if beside and rule.start - other.end <= _JOIN * height:
                weight = max(rule.length + other.length, 1e-6)
                place = (rule.place * rule.length + other.place * other.length) / weight
                found[index] = Rule(place, min(other.start, rule.start), max(other.end, rule.end))
                break
        else:
            found.append(rule)
    return found
