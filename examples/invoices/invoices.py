"""Reads the number and total of invoices with Tencent's OCR, and retries where that helps.

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

RETRYABLE = (
    "RequestLimitExceeded",
    "InternalError",
    "ClientNetworkError",
    "ServerNetworkError",
    "ChunkedEncodingError",  # the SDK's code for a truncated response
)
"""Codes of the SDK that start like this are worth a retry."""
USED_UP = ("ResourceUnavailable", "ResourcesSoldOut", "FailedOperation.CountLimitError")
"""Codes that start like this mean that the account cannot read any more."""
_NUMBER = re.compile(r"(?:发票号码|Invoice)\s*:?\s*(\d+)")
_TOTAL = re.compile(r"(?:合计|Total)\s*[:：]?\s*[¥￥]?\s*(\d+\.\d{2})")


class NothingLeftError(Exception):
    """The account's package is used up, expired or unpaid."""


class UnreadableError(Exception):
    """The picture was read, but it is not an invoice."""


class FailedError(Exception):
    """The vendor did not answer after several tries."""


@dataclass(frozen=True)
class Invoice:
    """An invoice's number and total amount."""

    number: str
    total: Decimal


class Reader:
    """Reads one picture at a time. Waits `pause` seconds before the second try, and twice as long
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
        """The invoice in the picture. Raises NothingLeftError, UnreadableError or FailedError."""
        request = GeneralBasicOCRRequest()
        request.ImageBase64 = base64.b64encode(picture).decode()
        for attempt in range(self._tries):
            if attempt:
                self._sleep(self._pause * 2 ** (attempt - 1))
            try:
                answer = self._client.GeneralBasicOCR(request)
            except TencentCloudSDKException as error:
                if error.code.startswith(USED_UP):
                    raise NothingLeftError(error.code) from error
                if not error.code.startswith(RETRYABLE):
                    raise FailedError(error.code) from error
                last = error
            else:
                return invoice([item.DetectedText for item in answer.TextDetections])
        raise FailedError(f"{last.code} after {self._tries} tries") from last


def invoice(lines: Iterable[str]) -> Invoice:
    """The invoice in the lines. Raises UnreadableError without a number or a total."""
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
    """The official client; it uses https for Tencent's own endpoint and http for any other."""
    protocol = "https" if endpoint.endswith("tencentcloudapi.com") else "http"
    profile = ClientProfile(
        httpProfile=HttpProfile(protocol=protocol, endpoint=endpoint, reqTimeout=seconds)
    )
    return OcrClient(Credential(secret_id, secret_key), "ap-guangzhou", profile)


def main(names: list[str]) -> int:
    """Print a line for each picture. Returns 1 if an invoice is missing."""
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
