"""Pictures that wait to be read do not fill the memory, however many come at once."""

from __future__ import annotations

import asyncio
import gc
import platform
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from PIL import Image as Pillow

from mockocr import images
from mockocr.app import build
from mockocr.control.state.accounts import AccountStore
from mockocr.control.state.store import Memory
from mockocr.core.account import Account
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.operation import ImageResult, OcrRequest, ocr
from mockocr.core.recognition import Recognition
from mockocr.images import Loader
from mockocr.images.memory_budget import MOST_BYTES, MemoryBudget
from mockocr.recognition.engines.scripted import Scripted
from tests.images.files import file

PICTURE = Image(b"x" * 1000, 1000, 1, 1, "PNG", "d", "s", 1)


def picture() -> Image:
    return replace(PICTURE)


def test_a_picture_takes_its_room_for_as_long_as_somebody_holds_it() -> None:
    room = MemoryBudget(5000)
    first, second = picture(), picture()
    room.hold(first)
    room.hold(second)
    assert room.held == 2000
    del first
    gc.collect()
    assert room.held == 1000


def test_the_next_one_waits_until_there_is_room() -> None:
    room = MemoryBudget(1500)
    first, second = [picture()], picture()
    room.hold(first[0])
    threading.Timer(0.2, first.clear).start()
    start = time.perf_counter()
    room.hold(second)
    assert 0.1 < time.perf_counter() - start < 5
    assert room.held == 1000


def test_who_waits_too_long_is_refused_as_busy() -> None:
    room = MemoryBudget(1500, seconds=0.05)
    held = picture()
    room.hold(held)
    with pytest.raises(ApiError) as error:
        room.hold(picture())
    assert error.value.why is ErrorKind.BUSY
    assert room.held == 1000


def test_a_picture_larger_than_the_room_is_taken_alone() -> None:
    room = MemoryBudget(10, seconds=0.05)
    held = picture()
    room.hold(held)
    assert room.held == 1000


def test_forty_that_come_at_once_are_never_all_in_memory() -> None:
    data = file(Pillow.new("L", (1000, 1000), 200), "PNG")
    held, most = 0, 0

    async def go() -> None:
        loader = Loader(workers=2, room_bytes=5_000_000)

        async def read() -> None:
            nonlocal held, most
            image = await loader(Inline(data), Limits())
            held += len(image.pixels)
            most = max(most, held)
            await asyncio.sleep(0.005)
            held -= len(image.pixels)

        await asyncio.gather(*(read() for _ in range(40)))
        await loader.aclose()

    asyncio.run(go())
    assert 2_000_000 <= most <= 5_000_000


def test_the_server_gives_its_loader_such_a_room(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    class Noting(Loader):
        def __init__(self, *, recent_bytes: int = 0, room_bytes: int = 0) -> None:
            super().__init__(recent_bytes=recent_bytes, room_bytes=room_bytes)
            made.append(room_bytes)

    monkeypatch.setattr(images, "Loader", Noting)
    build(engine=Scripted())
    assert made == [MOST_BYTES]


def test_who_holds_all_that_it_loads_may_do_so_where_no_room_is_given() -> None:
    async def go() -> int:
        loader = Loader()
        data = file(Pillow.new("L", (1000, 1000), 200), "PNG")
        held = [await loader(Inline(data), Limits()) for _ in range(5)]
        await loader.aclose()
        return sum(len(image.pixels) for image in held)

    assert asyncio.run(go()) == 5_000_000


def test_a_scripted_engine_keeps_no_pixels_and_not_all_that_it_was_asked() -> None:
    engine = Scripted((Recognition((), engine="first"), Recognition((), engine="last")))

    async def go() -> list[str]:
        return [(await engine.recognize(picture(), ReadOptions())).engine for _ in range(150)]

    assert asyncio.run(go()) == ["first", *["last"] * 149]
    assert len(engine.seen) == 100
    assert not any(image.pixels for image, _ in engine.seen)


def test_a_reading_lets_the_pixels_go() -> None:
    held: list[weakref.ref[Image]] = []
    seen: list[ImageResult] = []

    async def load(source: Source, limits: Limits) -> Image:
        image = picture()
        held.append(weakref.ref(image))
        return image

    async def recognize(image: Image, options: ReadOptions) -> Recognition:
        assert image.pixels
        return Recognition(())

    def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
        seen.extend(readings)
        gc.collect()
        assert [image() for image in held] == [None, None, None]
        return Response()

    async def once(token: str, until: datetime) -> bool:
        return True

    run = ocr(
        lambda request: OcrRequest((Inline(b"a"), Inline(b"b"), Inline(b"c"))), render, Limits()
    )
    context = Context(AccountStore(Memory(), ()), load, recognize, once)
    asyncio.run(run(Request("POST", "/"), Account("dev"), context))
    assert [reading.image and reading.image.width for reading in seen] == [1000, 1000, 1000]


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="other C libraries give memory back by themselves"
)
def test_the_memory_of_a_very_large_picture_is_given_back() -> None:
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
    load = Loader(room_bytes=1 << 30)
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
