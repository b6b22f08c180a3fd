"""When the queue of the worker pool is full, each vendor sends its own error and then recovers."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import mockocr
from mockocr import samples
from mockocr.client import sender
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.core.request_example import SampleImage
from mockocr.recognition.worker_pool import Pool
from mockocr.vendors import discover
from tests.recognitions import HELLO

PICTURES = ("hello.png", "page.png", "card.png")

BUSY = {
    "tencent": "15",
    "tencent_cloud": "RequestLimitExceeded",
    "huawei": "APIG.0308",
    "tupu": "17",
    "aliyun_market": "Throttled by GROUP Flow Control",
}
"""The vendor's code for a busy service. Sources: the error tables of the general OCR page
(866/17600), of API 3.0 (866/33528), the OCR FAQ on APIG.0308, tupu.apistd.com, and the README that
the API console generates.
"""


class SlowEngine:
    """An engine on a real worker pool; its recognitions end when the test sets `go_on`."""

    name = "slow"

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.go_on = threading.Event()

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self.pool.run(self._recognize)

    def _recognize(self) -> Recognition:
        self.go_on.wait(20)
        return HELLO


def test_every_vendor_has_an_error_for_a_busy_service() -> None:
    for vendor in discover():
        assert vendor.row(ErrorKind.BUSY).status in (200, 403, 429, 503)
        if vendor.name in BUSY:
            assert str(vendor.row(ErrorKind.BUSY).code) == BUSY[vendor.name]


@pytest.mark.parametrize("name", sorted(BUSY))
def test_a_request_that_finds_the_queue_full_gets_the_vendors_busy_error(name: str) -> None:
    vendor = next(v for v in discover() if v.name == name)
    forms = sender.forms(vendor)
    form = next(f for f in forms if f.lines is not None and not f.by_url and "token" not in f.name)
    pool = Pool(1, waiting=1)
    engine = SlowEngine(pool)
    with mockocr.running(engine=engine) as mock, ThreadPoolExecutor(2) as clients:

        def ask(picture: str) -> sender.Answer:
            shown = SampleImage(samples.find(picture).data, picture)
            request = sender.prepare(mock.url, vendor, form, shown, dict(vendor.credentials))
            return sender.send(mock.url, request)

        good = [clients.submit(ask, picture) for picture in PICTURES[:2]]
        until = time.monotonic() + 10
        while pool.busy < 2 and time.monotonic() < until:
            time.sleep(0.01)
        error = ask(PICTURES[2])
        (entry,) = [row for row in mock.requests() if row["problem"]]
        engine.go_on.set()
        assert [answer.result().response.status for answer in good] == [200, 200]
        assert ask(PICTURES[2]).response.status == 200
    pool.close()
    assert error.response.status == vendor.row(ErrorKind.BUSY).status
    assert entry["code"] == BUSY[name]
    assert entry["problem"] == "busy"
    assert entry["why"] == "2 readings run or wait already"
