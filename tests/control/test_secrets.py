"""A secret that a client sends, right or wrong, appears neither in the journal nor in the log."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

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
    pytest.param(vendor, service, example, id=f"{service.name}-{example.operation}-{example.name}")
    for vendor, service in SERVICES
    for example in service.examples
]


@pytest.mark.parametrize(("vendor", "service", "example"), CASES)
def test_a_secret_is_shown_nowhere(
    vendor: Vendor, service: Service, example: RequestExample, caplog: pytest.LogCaptureFixture
) -> None:
    right, secret = dict(vendor.credentials), list(filter(is_secret, vendor.credentials))
    assert secret
    for values in (right, *({**right, field: WRONG} for field in secret)):
        caplog.clear()
        shown = _shown(vendor, service, example, values, caplog)
        assert [field for field in secret if values[field] in shown] == []


def _shown(
    vendor: Vendor,
    service: Service,
    example: RequestExample,
    values: Mapping[str, str],
    caplog: pytest.LogCaptureFixture,
) -> str:
    """What the journal and the log show of the example, signed with these values."""
    to = kept_mock("hello")
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
    texts = [shown.body.decode(), rows.body.decode(), logged]
    assert all(texts)
    return "\n".join(texts)
