"""No picture takes more processor or memory than the bounds say, however large or dense it is, and
the same picture is read the same way every time.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from random import Random

import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.recognition import engines, preprocess
from mockocr.recognition.conversion import Row
from mockocr.recognition.engines.tesseract import Tesseract
from mockocr.recognition.engines.tesserocr import Tesserocr
from mockocr.recognition.worker_pool import Pool, count_child
from mockocr.samples.drawing import Text, render
from tests.recognition.reading import image_of

pytestmark = [pytest.mark.tesseract, pytest.mark.slow]

SECONDS = 10.0
_CHARACTERS = "订单号码已发货请收货并且确认合计金额日期地址电话邮箱公司部门经理产品数量单价"


def _dense(random: Random) -> Image:
    lines = [
        Text("".join(random.choice(_CHARACTERS) for _ in range(110)), 10, 10 + row * 20, 14)
        for row in range(58)
    ]
    return image_of(render(lines, size=(1600, 1200)))


def _cpu(engine: engines.OwnedEngine, image: Image) -> float:
    """Seconds of processor of all threads of this process, which other programs do not take."""
    before = time.process_time()
    asyncio.run(engine.recognize(image, ReadOptions()))
    return time.process_time() - before


def test_a_page_full_of_small_chinese_takes_less_than_ten_seconds_of_processor() -> None:
    engine = engines.choose("auto", Pool(1, seconds=600))
    try:
        assert _cpu(engine, _dense(Random(7))) < SECONDS
    finally:
        engine.close()


class _SlowModule(Tesserocr):
    """Each pass of it takes 100 s of processor, by the count of the reading."""

    def _rows(self, picture: Pillow.Image, mode: int, languages: str) -> list[Row]:
        count_child(100.0)
        return super()._rows(picture, mode, languages)


class _SlowCommand(Tesseract):
    """The same by the command."""

    def _rows(self, pictures: Sequence[Pillow.Image], mode: int, languages: str) -> list[list[Row]]:
        count_child(100.0)
        return super()._rows(pictures, mode, languages)


@pytest.mark.parametrize("slow", [_SlowModule, _SlowCommand])
def test_tesseract_alone_answers_with_what_it_read_until_its_seconds_were_over(
    slow: type[_SlowModule] | type[_SlowCommand],
    caplog: pytest.LogCaptureFixture,
) -> None:
    lines = [Text(f"Row number {n} of the list", 20, 20 + 40 * n, 20) for n in range(9)]
    image = image_of(render(lines, size=(400, 400)))
    engine = slow(Pool(1, seconds=600, processor=50.0))
    try:
        found = asyncio.run(engine.recognize(image, ReadOptions()))
    finally:
        engine.close()
    assert 3 <= len(found.lines) <= 5
    read = {line.text.replace(" ", "") for line in found.lines}
    assert read < {line.text.replace(" ", "") for line in lines}
    assert caplog.messages == [
        "a picture needs more than 50 s of processor: a part of it is not read"
    ]


@pytest.mark.parametrize("name", ["auto", "tesserocr", "tesseract", "rapidocr"])
def test_a_reading_without_any_seconds_left_ends_at_once(name: str) -> None:
    image = image_of(render(["合计金额 1280 元"], ground="#ffffff-#506070"))
    engine = engines.choose(name, Pool(1, seconds=600, processor=0.0))
    try:
        assert asyncio.run(engine.recognize(image, ReadOptions())).lines == ()
    finally:
        engine.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("name", ["auto", "tesserocr"])
def test_a_poster_of_64_megapixels_takes_less_than_600_mb_and_ten_seconds(name: str) -> None:
    program = """
import asyncio, re, sys, time
from pathlib import Path
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.recognition import engines
from mockocr.recognition.worker_pool import Pool
def held(name):
    status = Path("/proc/self/status").read_text()
    return int(re.search(name + r":\\s+(\\d+)", status)[1]) // 1024
engine = engines.choose(sys.argv[1], Pool(1, seconds=600))
def read(width, height):
    pixels = bytes(range(256)) * (3 * width * height // 256)
    image = Image(pixels, width, height, 3, "PNG", "d", "s", 1)
    return asyncio.run(engine.recognize(image, ReadOptions()))
read(512, 512)
idle, before = held("VmRSS"), time.process_time()
read(8192, 8192)
print(held("VmHWM") - idle, time.process_time() - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, name], capture_output=True, text=True, check=True
    )
    megabytes, seconds = map(float, done.stdout.split())
    assert megabytes < 600
    assert seconds < SECONDS


def test_a_large_picture_is_made_smaller_strip_by_strip() -> None:
    picture = Pillow.new("RGB", (4003, 4001), "#ffffff")
    ImageDraw.Draw(picture).rectangle((2000, 1000, 2999, 1999), fill="#204060")
    small = preprocess.bounded(image_of(picture))
    assert (small.width, small.height) == (2002, 2001)
    whole = Pillow.frombytes("RGB", (small.width, small.height), small.pixels)
    assert whole.tobytes() == picture.reduce(2).tobytes()
    assert preprocess.bounded(small) is small


_READ = """
import asyncio, json
from mockocr.core.engine import ReadOptions
from mockocr.core.recognition_json import READABLE, recognition_to_json
from mockocr.recognition import engines
from mockocr.samples.drawing import render
from tests.recognition.reading import image_of
engine = engines.choose("auto")
picture = render(["合计金额 1280 元", "Total amount due"], ground="#ffffff-#506070", angle=8)
for _ in range(2):
    found = asyncio.run(engine.recognize(image_of(picture), ReadOptions()))
    print(json.dumps(recognition_to_json(found, READABLE)))
"""


def test_a_picture_is_read_the_same_way_again_in_another_process_and_with_more_threads() -> None:
    readings = set()
    for threads in ("1", "4"):
        done = subprocess.run(
            [sys.executable, "-c", _READ],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OMP_NUM_THREADS": threads, "OMP_THREAD_LIMIT": threads},
        )
        readings.update(done.stdout.splitlines())
    (only,) = readings
    texts = [line["text"].replace(" ", "") for line in json.loads(only)["lines"]]
    assert texts == ["合计金额1280元", "Totalamountdue"]
