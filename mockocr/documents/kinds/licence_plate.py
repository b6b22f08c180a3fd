"""Licence plates of vehicles in China. The colour is that of the ground around the characters."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Sequence

from mockocr.core.recognition import Line, Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value, line_char_map
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.titles import shows_another

_PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新"
_PLATE = re.compile(
    rf"([{_PROVINCES}])([A-Z])[·•・.。\-:]?"
    r"([0-9A-HJ-NP-Z]{5,6}|[0-9A-HJ-NP-Z]{4}[挂学警港澳领使])(?![0-9A-Z])"
)
_HEAD = re.compile(rf"[{_PROVINCES}][A-Z][·•・.。\-:]?[0-9A-Z]{{0,2}}")
"""The beginning of a plate whose rest is another line."""
_ALIKE = str.maketrans("OI", "01")
"""Letters that no plate has after the second character."""
_LONGEST = 40


def find(recognition: Recognition) -> Iterator[Document]:
    """Every plate that the page shows; none of a document that names one."""
    if shows_another(recognition, "licence_plate"):
        return
    lines = recognition.lines
    for line, map in zip(lines, _whole_rows(lines), strict=True):
        found = _plate(map)
        if found.text:
            color = Value(_color(line), found.characters)
            fields = {"number": found, "color": color if color.text else NOTHING}
            yield Document.of(Kind.LICENCE_PLATE, fields)


def _whole_rows(lines: Sequence[Line]) -> Iterator[CharMap]:
    """The text of each line; one that ends after the letter of a plate, or soon after it, goes on
    with the line to its right: large characters stand so far apart that they look like two lines.
    """
    maps = [line_char_map(line, spaces=False) for line in lines]
    for line, map in zip(lines, maps, strict=True):
        beside = []
        if _HEAD.fullmatch(map.text.upper()):
            beside = [m for other, m in zip(lines, maps, strict=True) if _goes_on(line, other)]
        yield _joined(map, beside[0]) if len(beside) == 1 and beside[0].text else map


def _goes_on(line: Line, other: Line) -> bool:
    """True if the other line begins in the same row, where the line ends or a little before."""
    height = max(line.quad.height, other.quad.height)
    gap = other.quad.tl.x - line.quad.tr.x
    apart = abs((line.quad.tr.y + line.quad.br.y) - (other.quad.tl.y + other.quad.bl.y)) / 2
    return other is not line and -height < gap < 1.5 * height and apart < 0.4 * height


def _joined(first: CharMap, second: CharMap) -> CharMap:
    """Both texts; a character at the cut that was read in both of them counts once."""
    last, following = first.characters[-1], second.characters[0]
    twice = (
        last is not None
        and following is not None
        and last.text == following.text
        and following.quad.tl.x < (last.quad.tl.x + last.quad.tr.x) / 2
    )
    cut = len(first.text) - twice
    return CharMap(first.text[:cut] + second.text, first.characters[:cut] + second.characters)


def _plate(map: CharMap) -> Value:
    if len(map.text) > _LONGEST:
        return NOTHING
    upper = map.text.upper()
    head = re.search(rf"[{_PROVINCES}][A-Z]", upper)
    if head is None or len(upper) != len(map.text):
        return NOTHING
    text = upper[: head.end()] + upper[head.end() :].translate(_ALIKE)
    match = _PLATE.search(text)
    if match is None:
        return NOTHING
    parts = [map.group(match, number) for number in (1, 2, 3)]
    return Value("".join(match.groups()), tuple(c for part in parts for c in part.characters))


def _color(line: Line) -> str:
    """The name of the colour; empty if the ground was not measured or has no known colour."""
    if line.background is None:
        return ""
    hue, saturation, value = colorsys.rgb_to_hsv(*(c / 255 for c in line.background))
    degrees = hue * 360
    if saturation < 0.22:
        return "白" if value > 0.4 else "黑" if value < 0.3 else ""  # white is grey in a shadow
    for name, low, high in (("黄", 25, 68), ("绿", 75, 175), ("蓝", 190, 265)):
        if low <= degrees <= high:
            return name
    return ""
