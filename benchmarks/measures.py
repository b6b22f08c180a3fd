"""What is measured, each as a plain value; noisy ones in several rounds, of which the middle one
counts.
"""

from __future__ import annotations

import asyncio
import io
import json
import math
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image as Pillow

from benchmarks import load, servers
from benchmarks.engines import ASKERS, PICTURES
from mockocr import samples
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Inline, Limits
from mockocr.images.decoding import decode
from mockocr.recognition import engines
from mockocr.samples import drawing

CONNECTIONS = 8
UNKEPT = ("--journal-mb", "0")
MEGAPIXELS = (0.1, 0.5, 1, 2, 5, 10, 20)
TEXT = (
    "关于办公用品采购的通知",
    "各部门请于本周五前提交下季度的采购清单",
    "清单应写明名称、规格、数量和单价",
    "Please send the list to the office",
    "联系人李娜电话 010 82345678",
    "合计金额 1280.50 元",
)


@dataclass(frozen=True, slots=True)
class Alone:
    """An engine by itself: readings a second, seconds of processor for each, the most memory in MB,
    what it is called; or why it cannot work here.
    """

    name: str
    rate: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Answers or readings a second: ours, and what it is held against."""

    ours: float
    other: float

    @property
    def ratio(self) -> float:
        return self.ours / self.other if self.other else 0.0


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the process to the ready line and to the first picture read;
    MB when idle, and after that picture. Medians of several starts.
    """

    ready: float
    answered: float
    idle: float
    after: float


def alone(name: str, seconds: float) -> Alone:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.engines", name, str(seconds)],
        cwd=servers.ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        return Alone(name, why=done.stderr.strip().splitlines()[-1])
    found = json.loads(done.stdout)
    return Alone(found["name"], found["rate"], found["cpu"], found["megabytes"])


def middle(pairs: Sequence[Pair]) -> Pair:
    """The round with the middle ratio: what else the machine does comes and goes between rounds."""
    return sorted(pairs, key=lambda pair: pair.ratio)[len(pairs) // 2]


def cold(name: str, seconds: float, rounds: int) -> tuple[Pair, Pair]:
    """Pictures read through the server without its caches, two connections, against the engine
    alone with two askers: a second, and for one second of processor.
    """
    pairs, efforts = [], []
    for _ in range(rounds):
        bare = alone(name, seconds)
        with servers.ours("--engine", name, "--cache-mb", "0") as server:
            calls = [load.multipart(server.url, samples.find(p).data, p) for p in PICTURES]
            # both workers load their models before anything counts
            load.run(server.url, calls, connections=ASKERS, seconds=3)
            used = server.cpu()
            found = load.run(server.url, calls, connections=ASKERS, seconds=seconds)
            used = server.cpu() - used
        if found.failed:
            raise RuntimeError(f"{found.failed} answers were failures")
        pairs.append(Pair(found.rate, bare.rate))
        efforts.append(Pair(found.rate * max(1, round(seconds)) / used, 1 / bare.cpu))
    return middle(pairs), middle(efforts)


def page() -> bytes:
    """A page as a camera gives it: JPEG of some 280 KB, 1600 pixels wide, with grain."""
    drawn = Pillow.open(io.BytesIO(samples.find("page.png").data)).convert("RGB")
    large = drawn.resize((1600, 650), Pillow.Resampling.BICUBIC)
    grain = Pillow.frombytes("L", large.size, random.Random(1).randbytes(1600 * 650))
    return drawing.encode(Pillow.blend(large, grain.convert("RGB"), 0.12), "JPEG", quality=85)


def scan() -> bytes:
    """A slip as a scanner gives it: grey PNG of 200 kB with grain, soon decoded."""
    side = 860, 322
    drawn = Pillow.open(io.BytesIO(samples.find("hello.png").data)).convert("L")
    grain = Pillow.frombytes("L", side, random.Random(1).randbytes(side[0] * side[1]))
    return drawing.encode(Pillow.blend(drawn.resize(side), grain, 0.12), "PNG")


def cached(data: bytes, seconds: float, rounds: int) -> Pair:
    """One picture again and again, against a handler that only reads the body."""
    with servers.ours() as mine, servers.bare() as other:
        load.read_once(mine.url, data)
        return in_turns(mine, other, data, seconds, rounds)


def in_turns(
    mine: servers.Server, other: servers.Server, data: bytes, seconds: float, rounds: int
) -> Pair:
    """Answers a second of two servers to one picture, asked one after the other in each round."""
    pairs = []
    for _ in range(rounds):
        rates = []
        for server in (mine, other):
            request = load.multipart(server.url, data)
            found = load.run(server.url, [request], connections=CONNECTIONS, seconds=seconds)
            if found.failed:
                raise RuntimeError(f"{found.failed} answers were failures")
            rates.append(found.rate)
        pairs.append(Pair(*rates))
    return middle(pairs)


def filled(total: int, seconds: float, *arguments: str) -> list[tuple[int, float]]:
    """Answers so far and MB of the server then, every so many seconds until there are `total`.

    Each call brings another file of 200 kB, so that the journal can keep none of them once for all.
    """
    measured, calls, first = [], 0, 0
    with servers.ours(*arguments) as server:
        request = load.multipart(server.url, scan() + load.MARK)
        while calls < total:
            found = load.run(
                server.url, [request], connections=CONNECTIONS, seconds=seconds, first=first
            )
            if found.failed:
                raise RuntimeError(f"{found.failed} answers were failures")
            calls += found.calls
            # what was asked when the time was over has numbers too
            first += found.calls + CONNECTIONS
            measured.append((calls, server.megabytes()))
    return measured


def journaled(data: bytes, seconds: float, rounds: int) -> Pair:
    """One picture again and again, with the journal and without."""
    with servers.ours() as kept, servers.ours(*UNKEPT) as unkept:
        for server in (kept, unkept):
            load.read_once(server.url, data)
        return in_turns(kept, unkept, data, seconds, rounds)


def start(times: int) -> Start:
    data = samples.find("hello.png").data
    ready, answered, idle, after = [], [], [], []
    for _ in range(times):
        with servers.ours() as server:
            ready.append(time.perf_counter() - server.started)
            idle.append(server.megabytes())
            load.read_once(server.url, data)
            answered.append(time.perf_counter() - server.started)
            after.append(server.megabytes())
    return Start(*(statistics.median(found) for found in (ready, answered, idle, after)))


def growth(name: str, sizes: Sequence[float] = MEGAPIXELS) -> list[tuple[float, float]]:
    """Megapixels and seconds for one page of text, drawn once and made larger."""
    page = drawing.render(TEXT, pixels=28)
    drawn = Pillow.open(io.BytesIO(page.data)).convert("L")
    engine = engines.choose(name)
    measured = []
    try:
        for megapixels in sizes:
            factor = math.sqrt(megapixels * 1e6 / (drawn.width * drawn.height))
            side = round(drawn.width * factor), round(drawn.height * factor)
            data = drawing.encode(drawn.resize(side, Pillow.Resampling.BICUBIC))
            image = decode(Inline(data), Limits(max_bytes=len(data)))
            begun = time.perf_counter()
            asyncio.run(engine.recognize(image, ReadOptions()))
            measured.append((megapixels, time.perf_counter() - begun))
    finally:
        engine.close()
    return measured
