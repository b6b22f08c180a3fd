"""The measurements, each a function that returns plain values; for noisy ones, the median of
several rounds.
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
from benchmarks.engines import CONCURRENCY, PICTURES
from mockocr import samples
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Inline, Limits
from mockocr.images.decoding import decode
from mockocr.recognition import engines
from mockocr.samples import drawing

CONNECTIONS = 8
NO_JOURNAL = ("--journal-mb", "0")
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
class EngineRate:
    """An engine without a server: its name, recognitions per second, CPU seconds for each, and peak
    memory in MB; or `why` it cannot run here.
    """

    name: str
    rate: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Responses or recognitions per second, of mockocr and of what it is compared with."""

    ours: float
    other: float

    @property
    def ratio(self) -> float:
        return self.ours / self.other if self.other else 0.0


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the process to the ready line and to the first response, and MB
    when idle and after that response. Medians of several starts.
    """

    ready: float
    answered: float
    idle: float
    after: float


def engine_rate(name: str, seconds: float) -> EngineRate:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.engines", name, str(seconds)],
        cwd=servers.ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        return EngineRate(name, why=done.stderr.strip().splitlines()[-1])
    found = json.loads(done.stdout)
    return EngineRate(found["name"], found["rate"], found["cpu"], found["megabytes"])


def median(pairs: Sequence[Comparison]) -> Comparison:
    """The round with the median ratio, because the machine's other load varies between rounds."""
    return sorted(pairs, key=lambda pair: pair.ratio)[len(pairs) // 2]


def cold(name: str, seconds: float, rounds: int) -> tuple[Comparison, Comparison]:
    """Pictures read by the server without its caches, compared with the engine alone, two at a
    time: per second, and per second of CPU time.
    """
    pairs, efforts = [], []
    for _ in range(rounds):
        bare = engine_rate(name, seconds)
        with servers.mockocr_server("--engine", name, "--cache-mb", "0") as server:
            calls = [load.multipart(server.url, samples.find(p).data, p) for p in PICTURES]
            # both workers load their models before the measurement
            load.run(server.url, calls, connections=CONCURRENCY, seconds=3)
            used = server.cpu()
            found = load.run(server.url, calls, connections=CONCURRENCY, seconds=seconds)
            used = server.cpu() - used
        if found.failed:
            raise RuntimeError(f"{found.failed} requests failed")
        pairs.append(Comparison(found.rate, bare.rate))
        efforts.append(Comparison(found.rate * max(1, round(seconds)) / used, 1 / bare.cpu))
    return median(pairs), median(efforts)


def page() -> bytes:
    """A page like a photo: a JPEG of about 280 kB, 1600 pixels wide, with noise."""
    drawn = Pillow.open(io.BytesIO(samples.find("page.png").data)).convert("RGB")
    large = drawn.resize((1600, 650), Pillow.Resampling.BICUBIC)
    grain = Pillow.frombytes("L", large.size, random.Random(1).randbytes(1600 * 650))
    return drawing.encode(Pillow.blend(large, grain.convert("RGB"), 0.12), "JPEG", quality=85)


def scan() -> bytes:
    """A slip like a scan: a grey PNG of 200 kB with noise, fast to decode."""
    side = 860, 322
    drawn = Pillow.open(io.BytesIO(samples.find("hello.png").data)).convert("L")
    grain = Pillow.frombytes("L", side, random.Random(1).randbytes(side[0] * side[1]))
    return drawing.encode(Pillow.blend(drawn.resize(side), grain, 0.12), "PNG")


def cached(data: bytes, seconds: float, rounds: int) -> Comparison:
    """The same picture repeatedly, compared with a handler that only reads the body."""
    with servers.mockocr_server() as mine, servers.bare_server() as other:
        load.read_lines(mine.url, data)
        return alternate(mine, other, data, seconds, rounds)


def alternate(
    mine: servers.Server, other: servers.Server, data: bytes, seconds: float, rounds: int
) -> Comparison:
    """Responses per second of two servers for one picture, measured alternately in each round."""
    pairs = []
    for _ in range(rounds):
        rates = []
        for server in (mine, other):
            request = load.multipart(server.url, data)
            found = load.run(server.url, [request], connections=CONNECTIONS, seconds=seconds)
            if found.failed:
                raise RuntimeError(f"{found.failed} requests failed")
            rates.append(found.rate)
        pairs.append(Comparison(*rates))
    return median(pairs)


def fill_journal(total: int, seconds: float, *arguments: str) -> list[tuple[int, float]]:
    """The number of responses so far and the server's MB, every `seconds` until there are `total`.

    Each request has a different file of 200 kB, so that the journal can share none of them.
    """
    measured, calls, first = [], 0, 0
    with servers.mockocr_server(*arguments) as server:
        request = load.multipart(server.url, scan() + load.PLACEHOLDER)
        while calls < total:
            found = load.run(
                server.url, [request], connections=CONNECTIONS, seconds=seconds, first=first
            )
            if found.failed:
                raise RuntimeError(f"{found.failed} requests failed")
            calls += found.calls
            # requests without a response at the end of the run have numbers too
            first += found.calls + CONNECTIONS
            measured.append((calls, server.megabytes()))
    return measured


def with_journal(data: bytes, seconds: float, rounds: int) -> Comparison:
    """The same picture repeatedly, with and without the journal."""
    with servers.mockocr_server() as kept, servers.mockocr_server(*NO_JOURNAL) as unkept:
        for server in (kept, unkept):
            load.read_lines(server.url, data)
        return alternate(kept, unkept, data, seconds, rounds)


def start(times: int) -> Start:
    data = samples.find("hello.png").data
    ready, answered, idle, after = [], [], [], []
    for _ in range(times):
        with servers.mockocr_server() as server:
            ready.append(time.perf_counter() - server.started)
            idle.append(server.megabytes())
            load.read_lines(server.url, data)
            answered.append(time.perf_counter() - server.started)
            after.append(server.megabytes())
    return Start(*(statistics.median(found) for found in (ready, answered, idle, after)))


def growth(name: str, sizes: Sequence[float] = MEGAPIXELS) -> list[tuple[float, float]]:
    """Megapixels and seconds for one page of text at several sizes, after the engine has loaded its
    models.
    """
    page = drawing.render(TEXT, pixels=28)
    drawn = Pillow.open(io.BytesIO(page.data)).convert("L")
    engine = engines.choose(name)
    measured: list[tuple[float, float]] = []
    try:
        for megapixels in sizes:
            factor = math.sqrt(megapixels * 1e6 / (drawn.width * drawn.height))
            side = round(drawn.width * factor), round(drawn.height * factor)
            data = drawing.encode(drawn.resize(side, Pillow.Resampling.BICUBIC))
            image = decode(Inline(data), Limits(max_bytes=len(data)))
            if not measured:
                asyncio.run(engine.recognize(image, ReadOptions()))
            started = time.perf_counter()
            asyncio.run(engine.recognize(image, ReadOptions()))
            measured.append((megapixels, time.perf_counter() - started))
    finally:
        engine.close()
    return measured
