"""Places in a picture that was turned back by whole quarters, for vendors that turn it upright."""

from __future__ import annotations

from msgspec.structs import replace

from mockocr.core.image import Image
from mockocr.core.recognition import Line, Point, Quad, Word


def turned_quad(quad: Quad, image: Image, quarters: int) -> Quad:
    """The quad in the picture turned counter-clockwise by 0 to 3 quarters."""

    def at(point: Point) -> Point:
        x, y = point
        return {
            0: point,
            1: Point(y, image.width - x),
            2: Point(image.width - x, image.height - y),
            3: Point(image.height - y, x),
        }[quarters]

    return Quad(*(at(point) for point in quad))


def turned_back(line: Line, image: Image, quarters: int) -> Line:
    """The line in the picture turned counter-clockwise by 0 to 3 quarters."""

    def word(old: Word) -> Word:
        characters = tuple(
            replace(c, quad=turned_quad(c.quad, image, quarters)) for c in old.characters
        )
        return replace(old, quad=turned_quad(old.quad, image, quarters), characters=characters)

    quad = turned_quad(line.quad, image, quarters)
    return replace(line, quad=quad, words=tuple(word(w) for w in line.words))
