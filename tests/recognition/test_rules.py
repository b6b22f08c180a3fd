"""Drawn rules are found beside the text, only when they are asked for."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Quad, Recognition, Segment, line_of_text
from mockocr.images import Loader
from mockocr.recognition import measurements
from mockocr.recognition.engines.scripted import Scripted
from mockocr.recognition.measurements import with_measurements

READ = Recognition((line_of_text("text", Quad.upright(30, 30, 80, 50)),), engine="scripted")


def picture(angle: float = 0.0) -> Image:
    """A cross of two rules with a short dash beside it."""
    page = Pillow.new("RGB", (400, 300), "white")
    draw = ImageDraw.Draw(page)
    draw.line((20, 100, 380, 100), "black", 2)
    draw.line((200, 20, 200, 280), "grey", 1)
    draw.line((30, 200, 44, 200), "black", 2)
    page = page.rotate(-angle, Pillow.Resampling.BICUBIC, fillcolor="white")
    data = io.BytesIO()
    page.save(data, "PNG")

    async def load() -> Image:
        return await Loader()(Inline(data.getvalue()), Limits())

    return asyncio.run(load())


def found(image: Image, options: ReadOptions, read: Recognition = READ) -> tuple[Segment, ...]:
    async def ruled() -> Recognition:
        return await with_measurements(Scripted(read).recognize)(image, options)

    return asyncio.run(ruled()).rules


def test_rules_are_found_when_they_are_asked_for() -> None:
    pytest.importorskip("cv2", reason="rules are found with OpenCV")
    level, upright = found(picture(), ReadOptions(rules=True))
    assert level.start == pytest.approx((20, 100), abs=3)
    assert level.end == pytest.approx((380, 100), abs=3)
    assert upright.start == pytest.approx((200, 20), abs=3)
    assert upright.end == pytest.approx((200, 280), abs=3)
    assert found(picture(), ReadOptions()) == ()


def test_rules_of_a_skewed_page_are_found() -> None:
    pytest.importorskip("cv2", reason="rules are found with OpenCV")
    level, upright = found(picture(2.0), ReadOptions(rules=True))
    assert level.end.y - level.start.y == pytest.approx(12.5, abs=3)
    assert upright.end.x - upright.start.x == pytest.approx(-9, abs=3)


def test_no_rules_are_looked_for_without_text() -> None:
    assert found(picture(), ReadOptions(rules=True), Recognition()) == ()


def test_a_reading_without_opencv_has_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "mockocr.recognition.rule_detector", None)
    monkeypatch.delattr("mockocr.recognition.rule_detector", raising=False)
    assert measurements._rules(picture(), READ) == ()
