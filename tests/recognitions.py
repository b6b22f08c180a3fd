"""What the scripted engine reads in tests: three recognitions with corners between pixels."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.image import Image
from mockocr.core.text import Point, Quad, Recognition, line_of_text
from mockocr.core.vendor import Options

HELLO = Recognition(
    lines=(
        line_of_text("发票 Invoice 2026", Quad.upright(20.4, 30.2, 420.6, 70.8), 0.98765, 0),
        line_of_text("合计:1280.50", Quad.upright(20, 120, 300, 160), 0.5, 1),
    ),
    engine="scripted",
)
TURNED = Recognition(
    lines=(
        line_of_text(
            "TURNED", Quad(Point(100, 50), Point(100, 250), Point(60, 250), Point(60, 50)), 0.9
        ),
    ),
    angle=90.0,
    engine="scripted",
)
NOTHING = Recognition(engine="scripted")

READINGS: Mapping[str, Recognition] = {"hello": HELLO, "turned": TURNED, "nothing": NOTHING}


class Reader:
    """An engine that always reads the same and remembers how it was asked."""

    name = "scripted"

    def __init__(self, recognition: Recognition = HELLO) -> None:
        self.recognition = recognition
        self.asked: list[Options] = []

    async def recognize(self, image: Image, options: Options) -> Recognition:
        self.asked.append(options)
        return self.recognition
