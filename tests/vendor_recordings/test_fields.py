"""Each service names every field of its responses that differs from request to request."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from mockocr.core.recorded_fields import RecordedFields
from mockocr.recordings.request_fields import leaves
from tests.asgi import Answer
from tests.conformance import (
    CASES,
    Case,
    Counted,
    mock,
    sample,
    send,
    send_before,
    unsigned_request,
)
from tests.exchange import DEFAULT_TIME
from tests.exchange_server import for_own_job

every_operation = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


class Later(Counted):
    """Ids and seeds that begin far from those of the first server."""

    def restart(self) -> None:
        self._ids = (f"{0xFEDCBA9876543210 + n:032x}" for n in range(1000))
        self._seeds = itertools.count(123456)


def answered(case: Case, later: bool) -> Answer:
    example = sample(case.id)
    options = {example.namespace: example.options} if example.options else {}
    at = DEFAULT_TIME + (timedelta(seconds=100) if later else timedelta())
    to = mock(example.reads, at, options, counted=Later() if later else Counted())
    earlier = send_before(to, example)
    request = for_own_job(case, unsigned_request(case), earlier).replaced(at=at)
    return send(to, case.service.sign(request, case.credential))


def values(answer: Answer) -> Iterator[tuple[str, str, Any]]:
    """Name, path and value of each header and each scalar of the JSON."""
    for name, value in answer.headers:
        yield name, f"header {name}", value
    body = answer.body
    try:
        value = json.loads(body)
    except ValueError:
        yield "body", "body", body
        return
    if isinstance(value, dict) and isinstance(value.get("json"), str):
        value["json"] = json.loads(value["json"])
    for field in leaves(value):
        yield field.name, field.path, field.value


@every_operation
@pytest.mark.slow
def test_only_declared_fields_differ_between_two_responses(case: Case) -> None:
    one, other = answered(case, later=False), answered(case, later=True)
    assert one.status == other.status == sample(case.id).status
    differing = [
        (path, a, b)
        for (name, path, a), (_, _, b) in zip(values(one), values(other), strict=True)
        if a != b
        and not case.service.recorded.differs(name)
        and not path.lower().startswith(SERVER_HEADERS)
    ]
    assert differing == []


SERVER_HEADERS = ("header x-mockocr", "header date", "header etag", "header content-length")


def test_the_defaults_know_secrets_ids_and_times_in_every_spelling() -> None:
    fields = RecordedFields()
    for name in (
        "Authorization",
        "X-Auth-Token",
        "apikey",
        "api_key",
        "client_secret",
        "APPCODE",
        "Ocp-Apim-Subscription-Key",
        "access_token",
        "SecurityToken",
        "password",
        "key",
    ):
        assert fields.is_secret(name), name
    for name in ("image", "token_type", "words", "Keywords", "keyCode", "monkey"):
        assert not fields.is_secret(name), name
    for name in (
        "RequestId",
        "request_id",
        "X-Request-Id",
        "log_id",
        "x-amzn-RequestId",
        "session_id",
        "apim-request-id",
    ):
        assert fields.is_id(name), name
    assert not fields.is_id("id")
    for name in ("timestamp", "createdDateTime", "lastUpdatedDateTime", "expires_at"):
        assert fields.is_time(name), name
    assert not fields.is_time("ProcessingTimeText")


def test_a_service_adds_names_and_says_which_field_repeats_the_account() -> None:
    fields = RecordedFields(
        secrets=("Seal",), ids=("trace",), varying=("job",), account={"domain.name": "domain"}
    )
    assert fields.is_secret("seal")
    assert fields.is_id("Trace")
    assert fields.is_varying("JOB")
    assert fields.account_field("auth.password.domain.name") == "domain"
    assert fields.account_field("auth.project.name") == ""
