"""A short part of scripts/fuzz: mutated requests and pictures get answers that the journal has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz import mutated_pictures, mutated_requests
from tests.fuzz.fuzzed_server import FuzzedServer, fuzzed_server
from tests.fuzz.run import fuzz
from tests.fuzz.signed_examples import EXAMPLES, WITH_PICTURE

REQUESTS, PICTURES = 60, 30


@pytest.fixture(scope="module")
def server() -> Iterator[FuzzedServer]:
    with fuzzed_server() as server:
        yield server


def test_mutated_requests_are_answered_and_journaled(server: FuzzedServer) -> None:
    fuzz(server, mutated_requests.messages(), REQUESTS, 1)
    assert sum(server.statuses.values()) >= REQUESTS / 2


def test_mutated_pictures_are_answered_and_journaled(server: FuzzedServer) -> None:
    before = sum(server.statuses.values())
    fuzz(server, mutated_pictures.messages(), PICTURES, 1)
    assert sum(server.statuses.values()) >= before + PICTURES / 2


def test_every_service_has_requests_to_mutate() -> None:
    names = {found.service.name for found in EXAMPLES}
    assert {"gateway", "iam", "legacy", "cloud", "hosted"} & names or len(names) >= 7
    assert len(WITH_PICTURE) >= 10
