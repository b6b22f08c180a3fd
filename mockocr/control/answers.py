"""Scripted readings: what will be read instead of recognizing the picture."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.control.demand import Demand, Mistake
from mockocr.control.queue import Queue
from mockocr.control.store import Document, Store
from mockocr.core.image import Image
from mockocr.core.text import Line, Point, Quad, Recognition, line_of_text
from mockocr.core.vendor import Options, Vendor
from mockocr.pipeline import Hit, Recognize

ENGINE = "scripted"
MAX_LINES = 10_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Answers:
    """The readings in waiting. The oldest that fits the call and the picture is read."""

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self.queue = Queue(store, "answers", vendors)

    async def add(self, value: Any) -> Document:
        """Queue a reading. `lines` are texts or objects (see `_checked`), `angle` turns the whole,
        `image_sha256` is of the file's bytes or of the decoded picture.
        """
        demand = Demand(value, "an answer")
        if not demand.has("lines"):
            raise Mistake("an answer needs lines, a list of texts or of objects with text and box")
        lines = [_checked(line) for line in demand.sequence("lines")]
        if len(lines) > MAX_LINES:
            raise Mistake(f"an answer has at most {MAX_LINES} lines, not {len(lines)}")
        digest = demand.optional_text("image_sha256")
        if digest is not None and not _DIGEST.fullmatch(digest := digest.lower()):
            raise Mistake("image_sha256 is 64 hexadecimal digits")
        angle = demand.number("angle", least=-180, most=180) if demand.has("angle") else 0.0
        demand.names("angle")
        order = {"lines": lines, "angle": angle, "image_sha256": digest}
        return await self.queue.add(demand, order)

    def reader(self, hit: Hit, otherwise: Recognize) -> Recognize:
        """Reads what is scripted for this call and picture, and what is not, `otherwise`."""

        async def read(image: Image, options: Options) -> Recognition:
            def fits(order: Document) -> bool:
                return order["image_sha256"] in (None, image.sha256, image.digest)

            turn = await self.queue.first(hit.name, hit.trace.account, fits)
            if turn is None:
                return await otherwise(image, options)
            return laid_out(turn.order["lines"], image, turn.order["angle"])

        return read


def laid_out(lines: Sequence[Mapping[str, Any]], image: Image, angle: float = 0.0) -> Recognition:
    """The lines as a recognition; those without corners stand below each other on the picture."""
    bare = sum("corners" not in line for line in lines)
    slots = iter(_slots(bare, image.width, image.height))
    made: list[Line] = []
    for line in lines:
        text = line["text"]
        if "corners" in line:
            quad = Quad(*(Point(x, y) for x, y in line["corners"]))
        else:
            left, top, room, height = next(slots)
            width = min(room, height * 0.6 * sum(2 if ord(c) > 0x2E7F else 1 for c in text))
            quad = Quad.upright(left, top, left + width, top + height)
        made.append(line_of_text(text, quad, line["confidence"], line["block"]))
    return Recognition(tuple(made), angle, ENGINE)


def _slots(count: int, width: int, height: int) -> list[tuple[float, float, float, float]]:
    """left, top, room to the right, height of each of `count` lines."""
    if not count:
        return []
    step = height / count
    tall = min(step * 0.6, 40.0)
    margin = min(width * 0.05, 20.0)
    return [(margin, i * step + (step - tall) / 2, width - 2 * margin, tall) for i in range(count)]


def _checked(line: Any) -> dict[str, Any]:
    """A text, or `text` with `box` [left, top, width, height] or `corners` (four [x, y], TL TR BR
    BL in reading direction), `confidence` 0..1 (default 1) and `block` (default 0).
    """
    if isinstance(line, str):
        return {"text": line, "confidence": 1.0, "block": 0}
    if not isinstance(line, Mapping):
        raise Mistake("a line of an answer is a text, or an object with text and box or corners")
    demand = Demand(line, "a line of an answer")
    checked: dict[str, Any] = {"text": demand.text("text")}
    box, corners = demand.value("box"), demand.value("corners")
    if box is not None and corners is not None:
        raise Mistake("a line of an answer has box or corners, not both")
    if box is not None:
        left, top, width, height = _numbers(box, 4, "box is [left, top, width, height]")
        right, bottom = left + width, top + height
        checked["corners"] = [[left, top], [right, top], [right, bottom], [left, bottom]]
    elif corners is not None:
        if not isinstance(corners, list) or len(corners) != 4:
            raise Mistake("corners are four [x, y]")
        checked["corners"] = [_numbers(corner, 2, "corners are four [x, y]") for corner in corners]
    has = demand.has("confidence")
    checked["confidence"] = demand.number("confidence", least=0, most=1) if has else 1.0
    demand.names("confidence")
    checked["block"] = demand.optional_whole("block") or 0
    demand.done()
    return checked


def _numbers(value: Any, count: int, what: str) -> list[float]:
    if (
        not isinstance(value, list)
        or len(value) != count
        or not all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
        or not all(-1e7 < v < 1e7 for v in value)
    ):
        raise Mistake(f"{what} in pixels, not {value!r:.80}")
    return [float(v) for v in value]
