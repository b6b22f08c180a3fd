"""Credentials of mockocr.toml in every state, at every service: the vendor's own refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockocr.core.account import Account
from mockocr.core.errors import ErrorKind
from mockocr.core.service import Vendor
from mockocr.settings import resolve
from tests.asgi import ask
from tests.conformance import (
    CASES,
    SERVICES,
    VENDORS,
    Case,
    mock_for,
    send,
    signed_request,
    unsigned_request,
)

STATES = {
    "disabled": ({"state": "disabled"}, ErrorKind.FORBIDDEN),
    "unsubscribed": ({"state": "unsubscribed"}, ErrorKind.FORBIDDEN),
    "expired": ({"state": "expired"}, ErrorKind.PACKAGE_EXPIRED),
    "arrears": ({"state": "arrears"}, ErrorKind.ARREARS),
    "over": ({"until": "2025-12-31T00:00:00Z"}, ErrorKind.PACKAGE_EXPIRED),
}


LIKE = {
    ("aws", "disabled"): ErrorKind.UNKNOWN_ACCOUNT,
    ("aws", "unsubscribed"): ErrorKind.ARREARS,
}
"""States that a vendor answers like another kind: an inactive key of AWS is an unknown one, and an
account without the service needs a subscription, as one that has not paid does.
"""


def first_case(service_name: str, vendor: str) -> Case | None:
    """The first operation of a service that is verified and billed."""
    for case in CASES.values():
        same = (case.service.name, case.vendor.name) == (service_name, vendor)
        if same and not case.operation.open and not case.operation.free:
            return case
    return None


FIRST = [case for v, s in SERVICES if (case := first_case(s.name, v.name)) is not None]
every_service = pytest.mark.parametrize("case", FIRST, ids=[case.id for case in FIRST])


def account(vendor: Vendor, folder: Path) -> Account:
    """One account with a credential that works and one in every state, read from a file."""
    rows = ["{}"]
    for values, _ in STATES.values():
        pairs = (f"{k} = {v}" if k == "until" else f'{k} = "{v}"' for k, v in values.items())
        rows.append(f"{{ {', '.join(pairs)} }}")
    text = f'[[accounts]]\nname = "many"\n{vendor.name} = [{", ".join(rows)}]\n'
    path = folder / "mockocr.toml"
    path.write_text(text)
    (made,) = resolve(tuple(VENDORS.values()), {}, {}, path).accounts
    return made


@every_service
def test_each_credential_of_an_account_gets_the_response_for_its_state(
    case: Case, tmp_path: Path
) -> None:
    many = account(case.vendor, tmp_path)
    to = mock_for(case, accounts=[many])

    def row_of(number: int) -> dict[str, Any]:
        send(to, signed_request(case, many.credentials[number]))
        row: dict[str, Any] = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
        assert row["account"] == "many"
        return row

    assert row_of(0)["problem"] == ""
    for number, (name, (_, kind)) in enumerate(STATES.items(), 1):
        row = row_of(number)
        entries = [e for e in case.service.errors if str(e.code) == row["code"]]
        assert row["status"] in {entry.status for entry in entries}, (name, row)
        kinds = {k for entry in entries for k in entry.kinds}
        expected = LIKE.get((case.vendor.name, name), kind)
        exact = row["problem"] == "other" and (not kinds or expected in kinds)
        assert row["problem"] == expected or exact, name
        assert row["why"] and "active" not in row["why"], name
        assert name != "over" or "2025-12-31" in row["why"], row["why"]


@every_service
def test_a_rate_limit_is_answered_in_the_vendors_own_words(case: Case) -> None:
    to = mock_for(case)
    ask(to.asgi, "PUT", f"/_mockocr/quotas/dev/{case.id}", (), b'{"per_second": 1}')
    found = []
    for number in range(3):
        request = unsigned_request(case).replaced(seed=number, id=f"{number:032x}")
        send(to, case.service.sign(request, case.credential))
        row = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
        found.append(row["problem"])
        if number == 1:
            ask(to.asgi, "PUT", "/_mockocr/clock", (), b'{"advance": 1}')
    assert found == ["", "rate_limited", ""]
