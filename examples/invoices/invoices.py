"""Reads invoices through Tencent's OCR: number and total of each, trying again where that helps.

python invoices.py scan-1.png scan-2.png
"""

from __future__ import annotations

import base64
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ocr.v20181119.models import GeneralBasicOCRRequest
from tencentcloud.ocr.v20181119.ocr_client import OcrClient

PASSING = (
    "RequestLimitExceeded",
    "InternalError",
    "ClientNetworkError",
    "ServerNetworkError",
    "ChunkedEncodingError",  # what the SDK calls an answer that ends too early
)
"""What is worth another try: the beginning of the SDK's codes."""
OVER = ("ResourceUnavailable", "ResourcesSoldOut", "FailedOperation.CountLimitError")
"""Nothing can be read any more with this account."""
_NUMBER = re.compile(r"(?:发票号码|Invoice)\s*:?\s*(\d+)")
_TOTAL = re.compile(r"(?:合计|Total)\s*[:：]?\s*[¥￥]?\s*(\d+\.\d{2})")


class NothingLeftError(Exception):
    """The account's package is used up, over, or unpaid."""


class UnreadableError(Exception):
    """The picture was read, and no invoice is in it."""


class FailedError(Exception):
    """The vendor did not answer, however often it was asked."""


@dataclass(frozen=True)
class Invoice:
    """What the books need."""

    number: str
    total: Decimal


class Reader:
    """Reads one picture at a time; waits `pause` seconds before the second try, and twice as long
    before each further one.
    """

    def __init__(
        self,
        client: Any,
        tries: int = 4,
        pause: float = 0.2,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._tries = tries
        self._pause = pause
        self._sleep = sleep

    def read(self, picture: bytes) -> Invoice:
        """The invoice in the picture; NothingLeftError, UnreadableError or FailedError."""
        request = GeneralBasicOCRRequest()
        request.ImageBase64 = base64.b64encode(picture).decode()
        for attempt in range(self._tries):
            if attempt:
                self._sleep(self._pause * 2 ** (attempt - 1))
            try:
                answer = self._client.GeneralBasicOCR(request)
            except TencentCloudSDKException as error:
                if error.code.startswith(OVER):
                    raise NothingLeftError(error.code) from error
                if not error.code.startswith(PASSING):
                    raise FailedError(error.code) from error
                last = error
            else:
                return invoice([item.DetectedText for item in answer.TextDetections])
        raise FailedError(f"{last.code} after {self._tries} tries") from last


def invoice(lines: Iterable[str]) -> Invoice:
    """The invoice that the lines tell of; UnreadableError when number or total is missing."""
    text = "\n".join(lines)
    number, total = _NUMBER.search(text), _TOTAL.search(text)
    if number is None or total is None:
        raise UnreadableError("no number" if number is None else "no total")
    return Invoice(number[1], Decimal(total[1]))


def batch(reader: Reader, pictures: dict[str, bytes]) -> tuple[dict[str, Invoice], dict[str, str]]:
    """The invoices by name, and by name why the others have none."""
    found: dict[str, Invoice] = {}
    missing: dict[str, str] = {}
    for name, picture in pictures.items():
        if any(reason.startswith("nothing left") for reason in missing.values()):
            missing[name] = "nothing left: not asked"
            continue
        try:
            found[name] = reader.read(picture)
        except NothingLeftError as error:
            missing[name] = f"nothing left: {error}"
        except (UnreadableError, FailedError) as error:
            missing[name] = str(error)
    return found, missing


def client_of(secret_id: str, secret_key: str, endpoint: str, seconds: int = 10) -> Any:
    """The official client; an endpoint without a dot-com name is asked over plain http."""
    protocol = "https" if endpoint.endswith("tencentcloudapi.com") else "http"
    profile = ClientProfile(
        httpProfile=HttpProfile(protocol=protocol, endpoint=endpoint, reqTimeout=seconds)
    )
    return OcrClient(Credential(secret_id, secret_key), "ap-guangzhou", profile)


def main(names: list[str]) -> int:
    """Print a line per picture; 1 when any has no invoice."""
    client = client_of(
        os.environ["TENCENTCLOUD_SECRET_ID"],
        os.environ["TENCENTCLOUD_SECRET_KEY"],
        os.environ.get("INVOICES_ENDPOINT", "ocr.tencentcloudapi.com"),
    )
    found, missing = batch(Reader(client), {name: Path(name).read_bytes() for name in names})
    for name, read in found.items():
        print(f"{name}: invoice {read.number}, {read.total}")
    for name, reason in missing.items():
        print(f"{name}: {reason}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
