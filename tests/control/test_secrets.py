"""A secret that a client sends, right or wrong, appears neither in the journal nor in the log."""

from __future__ import annotations

import json
import logging

import pytest

from mockocr.control.journal.redact import is_secret
from mockocr.core.account import Credential
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Service, Vendor
from tests.asgi import ask
from tests.conformance import SERVICES, kept_mock, send
from tests.exchange import DEFAULT_TIME, picture

WRONG = "5e171e1a5e171e1a5e171e1a5e171e1a"
"""Well formed for every vendor, and of no account."""
CASES = [
    pytest.param(
        vendor,
        service,
        example,
        field,
        id=f"{service.name}-{example.operation}-{example.name}-{field}",
    )
    for vendor, service in SERVICES
    for example in service.examples
    for field in vendor.credentials
    if is_secret(field)
]


@pytest.mark.parametrize(("vendor", "service", "example", "field"), CASES)
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_a_secret_is_shown_nowhere(
    vendor: Vendor,
    service: Service,
    example: RequestExample,
    field: str,
    right: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    to = kept_mock("hello")
    values = dict(vendor.credentials) if right else {**vendor.credentials, field: WRONG}
    request = example.build(SampleImage(picture("hello.png"), "hello.png"), values)
    request = request.replaced(
        id="c" * 32, at=DEFAULT_TIME, seed=1, options=vendor.default_options(service.namespace)
    )
    with caplog.at_level(logging.INFO, "mockocr.requests"):
        answer = send(to, service.sign(request, Credential(vendor.name, values)))
    shown = ask(to.asgi, "GET", f"/_mockocr/requests/{answer.header('x-mockocr-request')}")
    rows = ask(to.asgi, "GET", "/_mockocr/requests")
    assert len(rows.json["requests"]) == 1
    logged = json.dumps([vars(record) for record in caplog.records], default=str)
    for text in (shown.body.decode(), rows.body.decode(), logged):
        assert text
        assert values[field] not in text
