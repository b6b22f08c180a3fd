"""The invoice reader handles each failure of the vendor and the network."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from examples.invoices.invoices import (
    FailedError,
    Invoice,
    NothingLeftError,
    Reader,
    UnreadableError,
    batch,
    client_of,
)
from mockocr.testing import Session

pytestmark = pytest.mark.mockocr_refusals("fail")
"""A test fails if the vendor refuses a request for a reason that the test does not expect."""

PICTURE = Path(__file__).parents[2] / "fixtures/images/hello.png"
SCENARIOS = Path(__file__).parents[2] / "fixtures/scenarios"
OTHER = PICTURE.with_name("strip.png")
PROGRAM = Path(__file__).with_name("invoices.py")
SCAN = PICTURE.read_bytes()
LINES = ["发票号码: 12345678", "合计: ¥1280.50"]
INVOICE = Invoice("12345678", Decimal("1280.50"))


class Waits(list[float]):
    """Records how long the reader would have slept."""


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def reader(mockocr: Session, waits: Waits) -> Reader:
    """The program's own reader and client, with the mock's address and account."""
    given = mockocr.tencent_cloud.credentials
    endpoint = urlsplit(mockocr.url).netloc
    client = client_of(given["secret_id"], given["secret_key"], endpoint, seconds=1)
    return Reader(client, sleep=waits.append)


@pytest.mark.tesseract
def test_a_picture_is_really_read(reader: Reader) -> None:
    assert reader.read(SCAN) == Invoice("2026", Decimal("1280.50"))


def test_number_and_total_are_read(mockocr: Session, reader: Reader) -> None:
    mockocr.answers(LINES)
    assert reader.read(SCAN) == INVOICE
    (row,) = mockocr.requests("tencent_cloud.general_basic")
    assert row["status"] == 200


@pytest.mark.parametrize(
    "fault", ["error=rate_limited", "error=internal", "reset", "empty", "truncated", "status=502"]
)
def test_temporary_failures_are_retried_with_growing_pauses(
    mockocr: Session, reader: Reader, waits: Waits, fault: str
) -> None:
    mockocr.answers(LINES, times=None)
    mockocr.tencent_cloud.general_basic.fail(fault, times=2)
    assert reader.read(SCAN) == INVOICE
    assert waits == [0.2, 0.4]
    assert len(mockocr.requests()) == 3


def test_a_timeout_is_retried(mockocr: Session, reader: Reader, waits: Waits) -> None:
    mockocr.answers(LINES, times=None)
    mockocr.tencent_cloud.general_basic.fail("delay=3")
    assert reader.read(SCAN) == INVOICE
    assert waits == [0.2]


def test_the_reader_fails_after_four_tries(mockocr: Session, reader: Reader) -> None:
    mockocr.tencent_cloud.general_basic.fail("error=rate_limited", times=None)
    with pytest.raises(FailedError, match="RequestLimitExceeded after 4 tries"):
        reader.read(SCAN)
    assert len(mockocr.requests()) == 4


def test_a_wrong_key_is_not_retried(mockocr: Session) -> None:
    given = mockocr.tencent_cloud.credentials
    client = client_of(given["secret_id"], given["secret_id"], urlsplit(mockocr.url).netloc)
    mockocr.expect("bad_signature")
    with pytest.raises(FailedError, match=r"AuthFailure\.SignatureFailure"):
        Reader(client).read(SCAN)
    (row,) = mockocr.requests()
    assert "the secret_id was used in place of the secret_key" in row["why"]


def test_a_wrong_clock_is_not_retried(mockocr: Session, reader: Reader) -> None:
    mockocr.advance(3600)
    mockocr.expect("expired")
    with pytest.raises(FailedError, match=r"AuthFailure\.SignatureExpire"):
        reader.read(SCAN)
    assert len(mockocr.requests()) == 1


def test_a_package_may_be_used_up_in_the_middle_of_a_batch(
    mockocr: Session, reader: Reader
) -> None:
    mockocr.answers(LINES, times=None)
    mockocr.tencent_cloud.general_basic.quota(left=2)
    found, missing = batch(reader, {f"{number}.png": SCAN for number in range(5)})
    assert found == {"0.png": INVOICE, "1.png": INVOICE}
    assert missing == {
        "2.png": "nothing left: ResourceUnavailable.ResourcePackageRunOut",
        "3.png": "nothing left: not asked",
        "4.png": "nothing left: not asked",
    }
    assert len(mockocr.requests()) == 3
    assert mockocr.bill()["total"]["billable"] == 2


def test_an_account_in_arrears_reads_nothing(mockocr_server: Session) -> None:
    poor = mockocr_server.account_of_its_own(state="arrears")
    given = poor.tencent_cloud.credentials
    client = client_of(given["secret_id"], given["secret_key"], urlsplit(poor.url).netloc)
    with pytest.raises(NothingLeftError, match="InArrears"):
        Reader(client).read(SCAN)
    poor.close()


def test_a_picture_with_a_missing_line_is_unreadable(mockocr: Session, reader: Reader) -> None:
    mockocr.answers(LINES)
    mockocr.tencent_cloud.general_basic.fail("drop_lines=0.5")
    with pytest.raises(UnreadableError, match=r"no number|no total"):
        reader.read(SCAN)


@pytest.mark.parametrize("scenario", ["flaky-network", "slow-then-throttled"])
def test_a_batch_succeeds_in_spite_of_temporary_failures(
    mockocr: Session, reader: Reader, scenario: str
) -> None:
    mockocr.answers(LINES, times=None)
    mockocr.scenario(tomllib.loads((SCENARIOS / f"{scenario}.toml").read_text("utf-8")))
    found, missing = batch(reader, {f"{number}.png": SCAN for number in range(4)})
    assert (len(found), missing) == (4, {})
    assert len(mockocr.requests()) == 7


def test_no_other_action_is_called(mockocr: Session, reader: Reader) -> None:
    mockocr.answers(LINES)
    reader.read(SCAN)
    assert mockocr.requests("tencent_cloud.general_accurate") == []


def test_the_program_prints_a_line_for_each_picture(mockocr: Session) -> None:
    mockocr.answers(LINES)
    mockocr.tencent_cloud.general_basic.fail("error=bad_image", after=1)
    given = mockocr.tencent_cloud.credentials
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(PICTURE), str(OTHER)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            **os.environ,
            "TENCENTCLOUD_SECRET_ID": given["secret_id"],
            "TENCENTCLOUD_SECRET_KEY": given["secret_key"],
            "INVOICES_ENDPOINT": urlsplit(mockocr.url).netloc,
        },
    )
    assert done.stdout == f"{PICTURE}: invoice 12345678, 1280.50\n"
    assert done.stderr.startswith(f"{OTHER}: FailedOperation.")
    assert done.returncode == 1
