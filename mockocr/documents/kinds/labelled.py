"""Finds what stands beside the labels of a card or licence: in the same line, to the right, or
below, with the lines that continue it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import CharMap, Value, line_char_map
from mockocr.documents.page_frame import PageFrame, frame_of

EMPTY = CharMap("", ())
_MOST = 240
"""Parts of a page that are looked at: no card has more, and time stays linear."""
_FUZZY = 4
"""A label of so many characters is known with one of them misread."""
_GAP = 0.45
"""A blank of so many heights is between a value and the label after it."""
_VARIANTS = str.maketrans(
    "別號證碼稱類國員機關務質籍營業執註冊資範圍經場負責駕駛車輛識質總備檔編記錄檢驗戶發領",
    "别号证码称类国员机关务质籍营业执注册资范围经场负责驾驶车辆识质总备档编记录检验户发领",
)
"""Traditional forms that readers see in the labels."""
_COLON = re.compile(r"[\s:：|]+")
_DASHES = re.compile("[-—–]{1,4}")
"""What a form prints where it has no value."""
_LEAD = re.compile(r"[\s:;,.，。、·|'`\-_*]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A label, or the text between labels, with its edges on the straightened page. `label` is the
    name of the label, empty for text; `line` counts the recognised lines.
    """

    label: str
    map: CharMap
    line: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def beside(self, other: Part) -> bool:
        """True if both are in one row."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > 0.5 * min(self.height, other.height)


class LabelledPage:
    """The parts of a page. `labels` maps the name of each label to its spellings; a name that
    begins with `-` is of a label without a field.
    """

    def __init__(
        self,
        recognition: Recognition,
        labels: Mapping[str, tuple[str, ...]],
        *,
        inside: Collection[str] = (),
    ) -> None:
        """A label may stand right after a value of those named in `inside`, as in 性别男民族汉."""
        pattern = _pattern(tuple((name, *words) for name, words in labels.items()))
        frame = frame_of(recognition)
        maps = [line_char_map(line, spaces=False) for line in recognition.lines[:_MOST]]
        short = {word for words in labels.values() for word in words if len(word) == 2}
        self.parts: list[Part] = []
        for number, map in enumerate(_with_spread_labels(maps, frame, short)):
            self.parts += _cut(map, number, pattern, frame, inside)
        del self.parts[_MOST:]

    def labels(self, names: Iterable[str]) -> list[Part]:
        """The labels of these names, in reading order."""
        wanted = set(names)
        return [part for part in self.parts if part.label in wanted]

    def found(self) -> set[str]:
        """The names of all labels of the page."""
        return {part.label for part in self.parts if part.label}

    def value(self, name: str, *, lines: int = 1, below: bool = False) -> CharMap:
        """What stands beside the first label of that name that has anything beside it, with at
        most `lines` lines; `below`: it stands below rather than beside.
        """
        for label in self.labels([name])[:4]:
            row = self._row_below(label) if below else []
            row = row or self._row_after(label)
            if not row and not below:
                row = self._row_below(label) or self._row_after(label, shifted=True)
            if row:
                return _joined([*row, *self._continued(label, row, lines - 1)])
        return EMPTY

    def free(self, values: Iterable[Value]) -> list[CharMap]:
        """The texts that belong to none of the `values`, joined by rows, from top to bottom."""
        used = {id(c) for value in values for c in value.characters}
        left = [
            part
            for part in self.parts
            if not part.label and not any(id(c) in used for c in part.map.characters)
        ]
        rows: list[list[Part]] = []
        for part in sorted(left, key=lambda p: p.left):
            row = next((r for r in rows if part.beside(r[-1]) and _near(r[-1], part)), None)
            if row is None:
                rows.append([part])
            else:
                row.append(part)
        rows.sort(key=lambda row: row[0].top)
        return [_joined(row) for row in rows]

    def _row_after(self, label: Part, *, shifted: bool = False) -> list[Part]:
        """The texts to the right of a label, up to the next label; `shifted`: they stand a little
        higher or lower, as in a cell with several lines.
        """
        near = 1.5 * label.height if shifted else 0.0
        row = [
            p
            for p in self.parts
            if p is not label and (p.beside(label) or abs(p.top - label.top) < near)
        ]
        if shifted:
            row = [p for p in row if p.label or not self._is_labelled(p)]
        row = [p for p in row if p.left > label.left + 0.3 * label.height]
        found: list[Part] = []
        right = label.right
        for part in sorted(row, key=lambda p: p.left):
            far = 4 if found else 16
            if part.label or part.left - right > far * label.height:
                break
            found.append(part)
            right = max(right, part.right)
        return found

    def _row_below(self, label: Part) -> list[Part]:
        """The texts right below a label."""
        under = [
            p
            for p in self.parts
            if 0.3 * label.height < p.top - label.top < 3.4 * label.height
            and p.left < label.right + label.height
            and p.right > label.left
        ]
        under.sort(key=lambda p: p.top)
        if not under or under[0].label:
            return []
        return [under[0], *self._rest_of_row(under[0])]

    def _rest_of_row(self, first: Part) -> list[Part]:
        row = [p for p in self.parts if p is not first and p.beside(first) and p.left > first.left]
        found: list[Part] = []
        right = first.right
        for part in sorted(row, key=lambda p: p.left):
            if part.label or part.left - right > 2 * first.height:
                break
            found.append(part)
            right = part.right
        return found

    def _continued(self, label: Part, row: Sequence[Part], lines: int) -> list[Part]:
        """The lines below a value that continue it: they begin where it begins."""
        found: list[Part] = []
        first = last = row[0]
        for _ in range(lines):
            below = [
                p
                for p in self.parts
                if 0.4 * last.height < p.top - last.top < 2.6 * last.height
                and p.left < first.right
                and p.right > first.left - 0.5 * first.height
                and (not p.label or p.right > first.left)
            ]
            below.sort(key=lambda p: (p.top, p.left))
            if not below or below[0].label:
                break
            part = below[0]
            outdented = part.left < min(first.left - 1.3 * first.height, label.right)
            if outdented and part.left < label.left - 0.5 * label.height:
                break
            if part.left > first.left + 2.5 * first.height or self._is_labelled(part):
                break
            found += [part, *self._rest_of_row(part)]
            last = part
        return found

    def _is_labelled(self, part: Part) -> bool:
        """True if the next part to the left is a label."""
        row = [p for p in self.parts if p.beside(part) and p.left < part.left]
        return bool(row) and bool(max(row, key=lambda p: p.left).label)


def _near(left: Part, right: Part) -> bool:
    """True if nothing else fits between two texts of a row; the parts of a date stand apart."""
    digits = left.map.text[-1:].isdigit() and right.map.text[:1].isdigit()
    return right.left - left.right < (4 if digits else 2) * left.height


def _with_spread_labels(
    maps: Sequence[CharMap], frame: PageFrame, words: Collection[str]
) -> list[CharMap]:
    """The lines, those joined that hold the two characters of a label which are spread over the
    width of longer labels: 名 and 称 of 名称.
    """
    parts = [
        part for n, map in enumerate(maps) for part in _part("", map, 0, len(map.text), n, frame)
    ]
    lone = [part for part in parts if len(part.map.text) == 1]
    joined: dict[int, int] = {}
    for first in lone:
        seconds = {word[1] for word in words if word[0] == first.map.text}
        if not seconds:
            continue
        right = [
            p
            for p in parts
            if p.left > first.right and p.beside(first) and p.left - first.right < 12 * first.height
        ]
        nearest = min(right, key=lambda p: p.left, default=None)
        if nearest is not None and nearest.map.text[0] in seconds:
            joined[first.line] = nearest.line
    taken = set(joined.values())
    return [
        _chained(map, maps[joined[number]]) if number in joined else map
        for number, map in enumerate(maps)
        if number not in taken
    ]


def _chained(first: CharMap, second: CharMap) -> CharMap:
    return CharMap(first.text + second.text, first.characters + second.characters)


def _joined(parts: Sequence[Part]) -> CharMap:
    text = "".join(part.map.text for part in parts)
    return CharMap(text, tuple(c for part in parts for c in part.map.characters))


@cache
def _pattern(labels: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """Long spellings come before short ones, and exact ones before misread ones."""
    spellings = [(word, name.lstrip("-"), name) for name, *words in labels for word in words]
    spellings.sort(key=lambda s: -len(s[0]))
    exact = [(re.escape(word), name) for word, _, name in spellings]
    fuzzy = [
        (re.escape(word[:i]) + r"[^\W\d]" + re.escape(word[i + 1 :]), name)
        for word, _, name in spellings
        if len(word) >= _FUZZY
        for i in range(len(word))
    ]
    names: dict[str, int] = {}
    groups = [
        f"(?P<g{n}_{names.setdefault(name, len(names))}>{pattern})"
        for n, (pattern, name) in enumerate([*exact, *fuzzy])
    ]
    _NAMES["|".join(groups)] = list(names)
    return re.compile("|".join(groups), re.IGNORECASE)


_NAMES: dict[str, list[str]] = {}
"""The names of the labels of each pattern, by their numbers."""


def _cut(
    line: CharMap,
    number: int,
    pattern: re.Pattern[str],
    frame: PageFrame,
    inside: Collection[str],
) -> list[Part]:
    names = _NAMES[pattern.pattern]
    parts: list[Part] = []
    start = 0
    for match in pattern.finditer(line.text.translate(_VARIANTS)):
        lead = _LEAD.match(line.text, start)
        at_start = lead is not None and lead.end() >= match.start()
        short = bool(parts) and parts[-1].label in inside
        if not (at_start or short or _after_gap(line, match.start())):
            continue
        parts += _part("", line, start, match.start(), number, frame)
        group = match.lastgroup or ""
        name = names[int(group.partition("_")[2])]
        parts += _part(name, line, match.start(), match.end(), number, frame)
        start = match.end()
        if len(parts) >= _MOST:
            return parts
    return [*parts, *_part("", line, start, len(line.text), number, frame)]


def _after_gap(line: CharMap, index: int) -> bool:
    """True if a blank stands before the character."""
    before, at = line.characters[index - 1], line.characters[index]
    if before is None or at is None:
        return True
    gap = at.quad.tl.x - before.quad.tr.x
    return abs(gap) > _GAP * at.quad.height


def _part(
    name: str, line: CharMap, start: int, end: int, number: int, frame: PageFrame
) -> list[Part]:
    """The part of a line; a text has no colon before it, and letters or digits in it."""
    if not name:
        lead = _COLON.match(line.text, start, end)
        start = lead.end() if lead else start
        text = line.text[start:end]
        if not any(c.isalnum() for c in text) and not _DASHES.fullmatch(text):
            return []
    own = [c for c in line.characters[start:end] if c is not None]
    if not own:
        return []
    first, last = frame.box(own[0].quad), frame.box(own[-1].quad)
    left, right = min(first[0], last[0]), max(first[2], last[2])
    top, bottom = (first[1] + last[1]) / 2, (first[3] + last[3]) / 2
    return [
        Part(
            name,
            CharMap(line.text[start:end], line.characters[start:end]),
            number,
            left,
            top,
            right,
            bottom,
        )
    ]
