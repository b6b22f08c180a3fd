"""Decoded pictures that wait for an engine stay within the memory budget."""

from __future__ import annotations

import asyncio
import gc
import platform
import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr import images
from mockocr.app import build
from mockocr.core.account import ANONYMOUS
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition
from mockocr.images import Loader
from mockocr.images.memory_budget import MAX_BYTES, MemoryBudget
from mockocr.recognition.engines.scripted import Scripted
from tests.images.files import file

PICTURE = Image(b"x" * 1000, 1000, 1, 1, "PNG", "d", "s", 1)


def picture() -> Image:
    return replace(PICTURE)


def test_a_picture_uses_the_budget_while_it_is_referenced() -> None:
    budget = MemoryBudget(5000)
    first, second = picture(), picture()
    budget.reserve(first)
    budget.reserve(second)
    assert budget.used == 2000
    del first
    gc.collect()
    assert budget.used == 1000


def test_the_next_picture_waits_until_another_is_released() -> None:
    budget = MemoryBudget(1500)
    first, second = [picture()], picture()
    budget.reserve(first[0])
    waiting = threading.Thread(target=budget.reserve, args=(second,), daemon=True)
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()
    first.clear()
    waiting.join(5)
    assert not waiting.is_alive()
    assert budget.used == 1000


def test_a_picture_that_waits_too_long_is_refused_as_busy() -> None:
    budget = MemoryBudget(1500, seconds=0.05)
    reserved = picture()
    budget.reserve(reserved)
    with pytest.raises(ApiError) as error:
        budget.reserve(picture())
    assert error.value.reason is ErrorKind.BUSY
    assert budget.used == 1000


def test_a_picture_larger_than_the_budget_is_accepted_alone() -> None:
    budget = MemoryBudget(10, seconds=0.05)
    reserved = picture()
    budget.reserve(reserved)
    assert budget.used == 1000


def test_forty_pictures_at_once_stay_within_the_budget() -> None:
    data = file(Pillow.new("L", (1000, 1000), 200), "PNG")
    used, peak = 0, 0

    async def run() -> None:
        loader = Loader(workers=2, memory_bytes=5_000_000)

        async def read() -> None:
            nonlocal used, peak
            image = await loader(Inline(data), Limits())
            used += len(image.pixels)
            peak = max(peak, used)
            await asyncio.sleep(0.005)
            used -= len(image.pixels)

        await asyncio.gather(*(read() for _ in range(40)))
        await loader.aclose()

    asyncio.run(run())
    assert 2_000_000 <= peak <= 5_000_000


def test_the_server_limits_the_memory_of_its_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[int] = []

    class RecordingLoader(Loader):
        def __init__(self, *, memory_bytes: int = 0, **options: Any) -> None:
            super().__init__(memory_bytes=memory_bytes, **options)
            limits.append(memory_bytes)

    monkeypatch.setattr(images, "Loader", RecordingLoader)
    build(engine=Scripted())
    assert limits == [MAX_BYTES]


def test_a_loader_without_a_budget_loads_any_number_of_pictures() -> None:
    async def run() -> int:
        loader = Loader()
        data = file(Pillow.new("L", (1000, 1000), 200), "PNG")
        loaded = [await loader(Inline(data), Limits()) for _ in range(5)]
        await loader.aclose()
        return sum(len(image.pixels) for image in loaded)

    assert asyncio.run(run()) == 5_000_000


def test_a_scripted_engine_stores_no_pixels_and_the_last_100_calls() -> None:
    engine = Scripted((Recognition((), engine="first"), Recognition((), engine="last")))

    async def run() -> list[str]:
        return [(await engine.recognize(picture(), ReadOptions())).engine for _ in range(150)]

    assert asyncio.run(run()) == ["first", *["last"] * 149]
    assert len(engine.seen) == 100
    assert not any(image.pixels for image, _ in engine.seen)


def test_the_pixels_are_released_after_recognition() -> None:
    loaded: list[weakref.ref[Image]] = []
    seen: list[ImageResult] = []

    class PictureContext:
        async def load(self, source: Source, limits: Limits) -> Image:
            image = picture()
            loaded.append(weakref.ref(image))
            return image

        async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
            assert image.pixels
            return Recognition(())

    def render(
        request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]
    ) -> Response:
        seen.extend(results)
        gc.collect()
        assert [image() for image in loaded] == [None, None, None]
        return Response()

    images = (Inline(b"a"), Inline(b"b"), Inline(b"c"))
    operation = Operation(
        name="read",
        methods=("POST",),
        path="/",
        source="",
        parse=lambda request: OcrRequest(images, Limits(), None),
        render=render,
    )
    context: Any = PictureContext()  # of the context, only these two methods are used
    asyncio.run(operation.answer(Request("POST", "/"), ANONYMOUS, context))
    assert [result.image and result.image.width for result in seen] == [1000, 1000, 1000]


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="other C libraries return freed memory"
)
@pytest.mark.slow
def test_the_memory_of_a_very_large_picture_is_returned_to_the_system() -> None:
    program = """
import asyncio, io, re
from pathlib import Path
from PIL import Image as Pillow
from mockocr.core.image import Inline, Limits
from mockocr.images import Loader
drawn = io.BytesIO()
Pillow.new("RGB", (8000, 8000), "white").save(drawn, "PNG", compress_level=1)
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
async def main():
    load = Loader(memory_bytes=1 << 30)
    before = resident()
    for _ in range(2):
        await load(Inline(drawn.getvalue()), Limits())
    await load.aclose()
    print(resident() - before)
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 60
