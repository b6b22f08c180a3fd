"""No secret that a client sends, right or wrong, can be read in the journal or in the log."""

from __future__ import annotations

import json
import logging

import pytest

from mockocr.client.sender import forms
from mockocr.control.journal.redact import is_secret
from mockocr.core.account import Credential
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Vendor
from tests.asgi import ask
from tests.conformance import DEFAULT_TIME, VENDORS, mock, send
from tests.exchange import picture

SENT = "5e171e1a5e171e1a5e171e1a5e171e1a"
"""Well formed for every vendor, and nobody's."""
CASES = [
    pytest.param(vendor, form, field, id=f"{vendor.name}-{form.operation}-{form.name}-{field}")
    for vendor in VENDORS.values()
    for form in forms(vendor)
    for field in vendor.credentials
    if is_secret(field)
]


@pytest.mark.parametrize(("vendor", "form", "field"), CASES)
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_a_secret_that_was_sent_is_shown_nowhere(
    vendor: Vendor, form: RequestExample, field: str, right: bool, caplog: pytest.LogCaptureFixture
) -> None:
    to = mock()
    values = dict(vendor.credentials) if right else {**vendor.credentials, field: SENT}
    request = form.build(SampleImage(picture("hello.png"), "hello.png"), values)
    request = request.replaced(id="c" * 32, at=DEFAULT_TIME, seed=1)
    with caplog.at_level(logging.INFO, "mockocr.requests"):
        answer = send(to, vendor.sign(request, Credential(vendor.name, values)))
    shown = ask(to.asgi, "GET", f"/_mockocr/requests/{answer.header('x-mockocr-request')}")
    rows = ask(to.asgi, "GET", "/_mockocr/requests")
    assert len(rows.json["requests"]) == 1
    logged = json.dumps([vars(record) for record in caplog.records], default=str)
    for text in (shown.body.decode(), rows.body.decode(), logged):
        assert text
        assert values[field] not in text
