"""What an engine is asked for, and what every engine offers."""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec

from mockocr.core.image import Image
from mockocr.core.recognition import Recognition


class ReadOptions(msgspec.Struct, frozen=True):
    """How to read a picture.

    `turn`: find text at any angle. `handwriting`: prefer the reader that knows handwriting.
    `layout`: a whole page, or one single line. `rules`: find the lines that are drawn around the
    cells of tables too. `colors`: measure the colour that each line stands on.
    """

    turn: bool = False
    handwriting: bool = False
    layout: Literal["page", "line"] = "page"
    rules: bool = False
    colors: bool = False


class Engine(Protocol):
    """Reads one picture; raises `ApiError(ENGINE_FAILED | BUSY)` when it cannot."""

    name: str

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition: ...
