"""Measures one engine without a server: `python -m benchmarks.engines NAME SECONDS`.

Prints JSON: the engine's name, recognitions per second of decoded pictures with two at a time, CPU
seconds for each (without child processes), and the peak memory in MB.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Sequence

from mockocr import samples
from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.image import Image, Inline, Limits
from mockocr.images.decoding import decode
from mockocr.recognition import engines

PICTURES = ("hello.png", "page.png", "receipt.png")
"""The pictures that are read in turn, by the engine alone and through the server."""
CONCURRENCY = 2


async def rate(engine: Engine, images: Sequence[Image], seconds: float) -> float:
    """Recognitions per second."""
    count = 0
    end = time.perf_counter() + seconds

    async def recognize(first: int) -> None:
        nonlocal count
        number = first
        while time.perf_counter() < end:
            await engine.recognize(images[number % len(images)], ReadOptions())
            number += 1
            count += 1

    start = time.perf_counter()
    await asyncio.gather(*(recognize(i * len(images) // CONCURRENCY) for i in range(CONCURRENCY)))
    return count / (time.perf_counter() - start)


def main(name: str, seconds: str) -> None:
    engine = engines.choose(name)
    images = [decode(Inline(samples.find(p).data), Limits()) for p in PICTURES]
    asyncio.run(rate(engine, images, 0.5))
    started, used = time.perf_counter(), time.process_time()
    found = asyncio.run(rate(engine, images, float(seconds)))
    cpu = (time.process_time() - used) / (found * (time.perf_counter() - started))
    engine.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"name": engine.name, "rate": found, "cpu": cpu, "megabytes": most}))


if __name__ == "__main__":
    main(*sys.argv[1:3])
