"""Cuts the lines of a card or licence into labels and the texts between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import CharMap, line_char_map
from mockocr.documents.page_frame import PageFrame, frame_of

_MOST = 240
"""Parts of a page that are looked at: no card has more, and time stays linear."""
_FUZZY = 4
"""A label of so many characters is known with one of them misread."""
_ALIGNED = 2
"""Labels that begin where the half of another one begins."""
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


class Part(msgspec.Struct, frozen=True):
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

    def about_beside(self, other: Part) -> bool:
        """True if both are in one row, or one a little higher."""
        apart = abs(self.top + self.bottom - other.top - other.bottom) / 2
        return self.beside(other) or apart < 0.9 * min(self.height, other.height)

    def is_under(self, other: Part) -> bool:
        """True if the other one is right above."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return self.top > other.top + 0.3 * other.height and shared > 0.5 * min(
            self.right - self.left, other.right - other.left
        )


def parts_of(
    recognition: Recognition,
    labels: Mapping[str, tuple[str, ...]],
    inside: Collection[str],
) -> list[Part]:
    """The parts of a page. `labels` maps the name of each label to its spellings. A label begins a
    line or follows a blank, or the value of a label that is named in `inside`; where there are
    such, also one character at the beginning of a line, as in 女民族汉.
    """
    spellings = _spellings(tuple((name, *words) for name, words in labels.items()))
    frame, maps = recognition.cached(_frame_and_maps, _MOST)
    short = {word for words in labels.values() for word in words if len(word) == 2}
    parts: list[Part] = []
    for number, map in enumerate(_with_spread_labels(maps, frame, short)):
        parts += _cut(map, number, spellings, frame, inside)
    return _with_half_labels(parts[:_MOST], labels)


def _frame_and_maps(recognition: Recognition, most: int) -> tuple[PageFrame, list[CharMap]]:
    """What every kind of card begins with."""
    maps = [line_char_map(line, spaces=False) for line in recognition.lines[:most]]
    return frame_of(recognition), maps


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


def _with_half_labels(parts: list[Part], labels: Mapping[str, tuple[str, ...]]) -> list[Part]:
    """The parts; the first character of a spread label whose second one was not read is a label if
    it stands by itself where other labels begin, and no other label begins with it.
    """
    named: dict[str, set[str]] = {}
    for name, words in labels.items():
        for word in words:
            if len(word) == 2:
                named.setdefault(word[0], set()).add(name)
    starts = [part.left for part in parts if part.label]

    def label_of(part: Part) -> str:
        names = named.get(part.map.text, set())
        aligned = sum(abs(left - part.left) < 0.5 * part.height for left in starts)
        alone = not any(p is not part and p.line == part.line for p in parts)
        return next(iter(names)) if len(names) == 1 and alone and aligned >= _ALIGNED else ""

    return [replace(part, label=part.label or label_of(part)) for part in parts]


def _chained(first: CharMap, second: CharMap) -> CharMap:
    return CharMap(first.text + second.text, first.characters + second.characters)


class _Spellings(msgspec.Struct, frozen=True):
    """Finds labels: `names` has the name of each by the number of the pattern's group."""

    pattern: re.Pattern[str]
    names: tuple[str, ...]

    def name(self, match: re.Match[str]) -> str:
        return self.names[int((match.lastgroup or "").partition("_")[2])]


@cache
def _spellings(labels: tuple[tuple[str, ...], ...]) -> _Spellings:
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
    # the group is empty and last: a branch that begins with a character is skipped quickly
    branches = [
        f"{pattern}(?P<g{n}_{names.setdefault(name, len(names))}>)"
        for n, (pattern, name) in enumerate([*exact, *fuzzy])
    ]
    # looked at first, so that the branches are tried at few places: a first character, or a second
    # one behind a misread first one
    firsts = {re.escape(word[0]) for word, _, _ in spellings}
    seconds = {re.escape(word[1]) for word, _, _ in spellings if len(word) >= _FUZZY}
    starts = [f"[{''.join(sorted(firsts))}]"] if firsts else []
    starts += [rf"[^\W\d][{''.join(sorted(seconds))}]"] if seconds else []
    text = f"(?={'|'.join(starts)})(?:{'|'.join(branches)})"
    return _Spellings(re.compile(text, re.IGNORECASE), tuple(names))


def _cut(
    line: CharMap,
    number: int,
    spellings: _Spellings,
    frame: PageFrame,
    inside: Collection[str],
) -> list[Part]:
    parts: list[Part] = []
    start = 0
    for match in spellings.pattern.finditer(line.text.translate(_VARIANTS)):
        lead = _LEAD.match(line.text, start)
        at_start = lead is not None and lead.end() >= match.start()
        short = parts[-1].label in inside if parts else bool(inside) and match.start() == 1
        if not (at_start or short or _after_gap(line, match.start())):
            continue
        parts += _part("", line, start, match.start(), number, frame)
        name = spellings.name(match)
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
