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
from tests.request_examples import find_service, prepare

PICTURES = ("hello.png", "page.png", "card.png")

BUSY = {
    "tencent.general": "15",
    "tencent_cloud.general_basic": "RequestLimitExceeded",
    "huawei.web_image": "APIG.0308",
    "tupu.general_ocr": "17",
    "aliyun_market.ocr": "Throttled by GROUP Flow Control",
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


def test_every_operation_has_an_error_for_a_busy_service() -> None:
    for vendor in discover():
        for service in vendor.services:
            for operation in service.operations:
                entry = service.errors.by_kind(ErrorKind.BUSY, operation.name)
                id = service.operation_id(operation)
                # 200: Baidu and OCR.space for everything; 400: Amazon's throttling; 450: Aliyun's
                # own for a full queue; 666: 拇指云's platform for everything
                assert entry.status in (200, 400, 403, 429, 450, 503, 666)
                assert str(entry.code) == BUSY.get(id, str(entry.code))


@pytest.mark.parametrize("operation", sorted(BUSY))
def test_a_request_that_finds_the_queue_full_gets_the_vendors_busy_error(operation: str) -> None:
    service = find_service(operation)
    pool = Pool(1, waiting=1)
    engine = SlowEngine(pool)
    with mockocr.running(engine=engine) as mock, ThreadPoolExecutor(2) as clients:

        def ask(picture: str) -> sender.Answer:
            image = SampleImage(samples.find(picture).data, picture)
            return sender.send(mock.url, prepare(mock.url, operation, image))

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
    assert error.response.status == service.errors.by_kind(ErrorKind.BUSY).status
    assert entry["code"] == BUSY[operation]
    assert entry["problem"] == "busy"
    assert entry["why"] == "2 readings run or wait already"
