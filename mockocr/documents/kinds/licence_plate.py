"""Licence plates of vehicles in China. The colour is that of the ground around the characters."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator

from mockocr.core.recognition import Line, Recognition
from mockocr.documents.char_map import NOTHING, Value, line_char_map
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.titles import shows_another

_PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新"
_PLATE = re.compile(
    rf"([{_PROVINCES}])([A-Z])[·•・.。\-:]?"
    r"([0-9A-HJ-NP-Z]{5,6}|[0-9A-HJ-NP-Z]{4}[挂学警港澳领使])(?![0-9A-Z])"
)
_ALIKE = str.maketrans("OI", "01")
"""Letters that no plate has after the second character."""
_LONGEST = 40


def find(recognition: Recognition) -> Iterator[Document]:
    """Every plate that the page shows; none of a document that names one."""
    if shows_another(recognition, "licence_plate"):
        return
    for line in recognition.lines:
        found = _plate(line)
        if found.text:
            color = Value(_color(line), found.characters)
            fields = {"number": found, "color": color if color.text else NOTHING}
            yield Document.of(Kind.LICENCE_PLATE, fields)


def _plate(line: Line) -> Value:
    map = line_char_map(line, spaces=False)
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
        return "白" if value > 0.55 else "黑" if value < 0.3 else ""
    for name, low, high in (("黄", 25, 68), ("绿", 75, 175), ("蓝", 190, 265)):
        if low <= degrees <= high:
            return name
    return ""
