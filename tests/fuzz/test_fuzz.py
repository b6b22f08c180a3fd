"""A short part of scripts/fuzz: mutated requests, pictures and gRPC calls get answers that the
journal has.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz import mutated_calls, mutated_pictures, mutated_requests
from tests.fuzz.defective_server import VARIABLE
from tests.fuzz.fuzzed_server import FuzzedServer, fuzzed_server
from tests.fuzz.run import fuzz
from tests.fuzz.signed_examples import EXAMPLES, WITH_PICTURE

pytestmark = pytest.mark.slow

REQUESTS, PICTURES, CALLS = 200, 100, 200
DEFECTIVE = "tests.fuzz.defective_server"


@pytest.fixture(scope="module")
def server() -> Iterator[FuzzedServer]:
    with fuzzed_server() as server:
        yield server


def test_mutated_requests_are_answered_and_journaled(server: FuzzedServer) -> None:
    fuzz(server, mutated_requests.mutated_message, REQUESTS, 1)
    assert sum(server.statuses.values()) >= REQUESTS
    assert server.statuses["200"] >= REQUESTS / 10  # some mutations are harmless


def test_mutated_pictures_are_answered_and_journaled(server: FuzzedServer) -> None:
    before = sum(server.statuses.values())
    fuzz(server, mutated_pictures.mutated_message, PICTURES, 1)
    assert sum(server.statuses.values()) >= before + PICTURES


def test_mutated_calls_are_answered_and_journaled(server: FuzzedServer) -> None:
    before = sum(server.statuses.values())
    fuzz(server, mutated_calls.mutated_call, CALLS, 1)
    assert sum(server.statuses.values()) >= before + CALLS
    assert server.statuses["OK"] >= CALLS / 20


@pytest.mark.tesseract
def test_one_message_of_each_batch_is_really_read(server: FuzzedServer) -> None:
    with fuzzed_server("tesseract") as reader:
        fuzz(server, mutated_pictures.mutated_message, PICTURES, 2, reader)
        assert sum(reader.statuses.values()) == PICTURES / 50


@pytest.mark.parametrize(
    ("defect", "finding"),
    [
        ("exception", "a defect.*ZeroDivisionError"),
        ("journal", "not in the journal"),
        ("memory", "the server grows"),
    ],
)
def test_a_planted_defect_is_found(
    defect: str, finding: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, defect)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where the finding is kept
    with (
        fuzzed_server(module=DEFECTIVE) as server,
        pytest.raises(AssertionError, match=f"(?s){finding}"),
    ):
        fuzz(server, mutated_requests.mutated_message, 2000, 1)


def test_every_service_has_requests_to_mutate() -> None:
    services = {(found.vendor.name, found.service.name) for found in EXAMPLES}
    assert services >= {
        *(("aliyun_market", name) for name in ("official", "platform", "thumb")),
        *(("aws", "textract"), ("azure", "document_intelligence"), ("azure", "vision")),
        *(("baidu", "oauth"), ("baidu", "ocr"), ("google", "oauth"), ("google", "vision")),
        *(("huawei", "iam"), ("huawei", "ocr"), ("ocr_space", "api"), ("tencent", "cloud")),
        *(("tencent", "legacy"), ("tupu", "hosted"), ("tupu", "platform")),
    }
    assert len(WITH_PICTURE) >= 40
