"""What the journal costs: CPU time to record one cached request with a picture in its body.

Run as `python -m benchmarks.journal`. The SHA-256 of both bodies is included, the socket is not.
"""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime

from mockocr.control.journal.journal import Journal
from mockocr.control.state.store import Memory
from mockocr.core.exchange import Audit, Exchange, LoadedImage
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.serving.routing import NO_SERVICE, NO_VENDOR

KILOBYTES = (0, 14, 32, 314)
CALLS = 3000
LINES = 20

_HEADERS = tuple((f"x-header-{number}", "v" * 30) for number in range(10))
_READ = Recognition(
    tuple(
        line_of_text(
            f"line {n} with some words", Quad.upright(10.4, n * 20, 400.6, n * 20 + 16), 0.9
        )
        for n in range(LINES)
    ),
    engine="benchmark",
)


def exchange(body: bytes, number: int) -> Exchange:
    """A request whose recognition came from the cache."""
    at = datetime(2026, 1, 2, tzinfo=UTC)
    request = Request(
        "POST", "/ocr", "/ocr", _HEADERS, body=body, id=f"{number:032x}", at=at, size=len(body)
    )
    image = Image(b"", 640, 480, 3, "PNG", "d" * 64, "s" * 64, 24_000)
    audit = Audit("dev", images=[LoadedImage(image, Inline(location="img"))], billed=True)
    audit.recognitions.append((image.digest, _READ))
    return Exchange(NO_VENDOR, NO_SERVICE, None, request, audit)


async def microseconds(size: int) -> float:
    """The mean CPU time of `Journal.record` for bodies of that many bytes, all different."""
    journal = Journal(Memory())
    tail = os.urandom(size)
    response = Response(200, b"{" + b"a" * 1500 + b"}", (("Content-Type", "application/json"),))
    exchanges = [
        exchange(number.to_bytes(8) + tail if size else b"", number) for number in range(CALLS)
    ]
    start = time.process_time()
    for each in exchanges:
        await journal.record(each, response, 0.001)
    return (time.process_time() - start) / CALLS * 1e6


def main() -> None:
    for kilobytes in KILOBYTES:
        calls = [asyncio.run(microseconds(kilobytes * 1000)) for _ in range(3)]
        print(f"{kilobytes:4d} kB body: {min(calls):7.1f} µs of CPU a request")


if __name__ == "__main__":
    main()
