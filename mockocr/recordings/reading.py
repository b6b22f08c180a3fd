"""What a vendor read, taken out of its response: lines with their boxes and confidences.

With it scripted in, our own response differs from the vendor's only where our rendering does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from mockocr.control.scripted.scripted_lines import lay_out
from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.image import Image
from mockocr.core.operation import Operation
from mockocr.core.recognition import Recognition
from mockocr.core.service import Service

_CORNERS = 4
_DEPTH = 3
Box = tuple[tuple[float, float], ...]
"""Four corners in the numbers of the response: pixels, or shares of the sides."""


FindLines = Callable[[Any], Sequence[str]]


class ReadLine(msgspec.Struct, frozen=True):
    """One line of a response; `box` and `confidence` (0..1) are None if it has none."""

    text: str
    box: Box | None
    confidence: float | None


def lines_of(service: Service, operation: Operation, body: bytes) -> list[ReadLine] | None:
    """The lines of a response, signed as it came; None if responses of the operation hold fields,
    not lines.
    """
    finds = [e.lines for e in service.examples if e.operation == operation.name and e.lines]
    return _found(finds[:1], body)


def lines_of_job(service: Service, operation: Operation, body: bytes) -> list[ReadLine] | None:
    """The lines of a job's result, which may have the form of the operation that reads at once;
    None if it holds no lines, or none yet.
    """
    own = lines_of(service, operation, body)
    return own or _found([example.lines for example in service.examples if example.lines], body)


def _found(finds: Sequence[FindLines], body: bytes) -> list[ReadLine] | None:
    """What the first of these functions finds in JSON."""
    for find in finds:
        try:
            value = json.loads(body)
            texts = [str(text) for text in find(value)]
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            continue
        objects = list(_objects(value))
        return [_line(text, objects) for text in texts]
    return None


def _line(text: str, objects: Sequence[Mapping[str, Any]]) -> ReadLine:
    holders = [each for each in objects if text in each.values()]
    boxed = next((each for each in holders if box_of(each) is not None), None)
    holder = boxed or (holders[0] if holders else {})
    return ReadLine(text, box_of(holder), confidence_of(holder))


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    value = inner_json(value)
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _objects(item)


def inner_json(value: Any, load: Callable[[str], Any] = json.loads) -> Any:
    """The object or list in a text of JSON; any other value as it is."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        return load(value)
    except (ValueError, RecursionError):
        return value


def box_of(value: Any, depth: int = _DEPTH) -> Box | None:
    """The box of an object: its sides, or four corners in one of the forms that vendors use."""
    if isinstance(value, list):
        return _corners(value)
    if not isinstance(value, dict):
        return None
    if depth and (
        corners := next((b for v in value.values() if (b := box_of(v, depth - 1))), None)
    ):
        return corners
    numbers = {
        name.lower(): float(number)
        for name, number in value.items()
        if isinstance(number, int | float) and not isinstance(number, bool)
    }
    left, top = numbers.get("x", numbers.get("left")), numbers.get("y", numbers.get("top"))
    width, height = numbers.get("width", numbers.get("w")), numbers.get("height", numbers.get("h"))
    if left is None or top is None or width is None or height is None:
        return None
    right, bottom = left + width, top + height
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _corners(value: Sequence[Any]) -> Box | None:
    if len(value) == 2 * _CORNERS and all(_is_number(item) for item in value):
        value = list(zip(value[::2], value[1::2], strict=True))
    if len(value) != _CORNERS:
        return None
    found = []
    for item in value:
        if isinstance(item, dict):
            lowered = {name.lower(): number for name, number in item.items()}
            item = (lowered.get("x", 0), lowered.get("y", 0)) if {*lowered} & {"x", "y"} else ()
        if len(item if isinstance(item, list | tuple) else ()) != 2 or not all(
            map(_is_number, item)
        ):
            return None
        found.append((float(item[0]), float(item[1])))
    return tuple(found)


def confidence_of(value: Mapping[str, Any]) -> float | None:
    """The confidence of an object in 0..1, None if it has none."""
    for name, number in value.items():
        if not any(word in name.lower() for word in ("confidence", "score", "prob")):
            continue
        if isinstance(number, dict):
            number = number.get("average", number.get("value"))
        if _is_number(number):
            return float(number) / 100 if number > 1 else float(number)
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class VendorReading:
    """An engine that reads what the vendor read. `lines` are those of the recording at hand; None
    asks `engine`, if there is one. `asked` counts the readings.
    """

    name = "recorded"

    def __init__(self, engine: Engine | None = None) -> None:
        self.lines: list[ReadLine] | None = []
        self.asked = 0
        self._engine = engine

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        self.asked += 1
        if self.lines is None and self._engine is not None:
            return await self._engine.recognize(image, options)
        found = [_scripted(line, image) for line in self.lines or ()]
        return Recognition(lay_out(found, image.width, image.height), engine=self.name)

    def close(self) -> None:
        """Nothing to free; there so that every engine is closed alike."""


def _scripted(line: ReadLine, image: Image) -> dict[str, Any]:
    made: dict[str, Any] = {"text": line.text, "block": 0}
    made["confidence"] = 1.0 if line.confidence is None else line.confidence
    if line.box is not None:
        shares = all(0 <= n <= 1.2 for corner in line.box for n in corner)
        across, down = (image.width, image.height) if shares else (1, 1)
        made["corners"] = [[x * across, y * down] for x, y in line.box]
    return made
