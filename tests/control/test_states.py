"""Keys of mockocr.toml in every state, at every vendor: each refusal is the vendor's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockocr.core.account import Account
from mockocr.core.errors import ErrorKind
from mockocr.core.operation import Operation
from mockocr.core.service import Vendor
from mockocr.settings import resolve
from tests.asgi import ask
from tests.conformance import OPERATIONS, VENDORS, good, key, mock, sample, send, unsigned

STATES = {
    "disabled": ({"state": "disabled"}, {ErrorKind.FORBIDDEN}),
    "unsubscribed": ({"state": "unsubscribed"}, {ErrorKind.FORBIDDEN}),
    "expired": ({"state": "expired"}, {ErrorKind.PACKAGE_EXPIRED}),
    "arrears": ({"state": "arrears"}, {ErrorKind.ARREARS}),
    "ended": ({"until": "2025-12-31T00:00:00Z"}, {ErrorKind.PACKAGE_EXPIRED}),
}
FIRST = {
    vendor.name: next(o for v, o in OPERATIONS if v is vendor and not o.open and not o.free)
    for vendor in VENDORS.values()
}
CASES = [pytest.param(vendor, FIRST[vendor.name], id=vendor.name) for vendor in VENDORS.values()]


def account(vendor: Vendor, folder: Path) -> Account:
    """One account with a key that works and one in every state, read from a file."""
    rows = ["{}"]
    for values, _ in STATES.values():
        pairs = (f"{k} = {v}" if k == "until" else f'{k} = "{v}"' for k, v in values.items())
        rows.append(f"{{ {', '.join(pairs)} }}")
    text = f'[[accounts]]\nname = "many"\n{vendor.name} = [{", ".join(rows)}]\n'
    path = folder / "mockocr.toml"
    path.write_text(text)
    (made,) = resolve(tuple(VENDORS.values()), {}, {}, path).accounts
    return made


@pytest.mark.parametrize(("vendor", "operation"), CASES)
def test_each_key_of_an_account_is_answered_by_its_own_state(
    vendor: Vendor, operation: Operation, tmp_path: Path
) -> None:
    many = account(vendor, tmp_path)
    to = mock(sample(vendor.name, operation.name).reads, accounts=[many])

    def asked(number: int) -> dict[str, Any]:
        send(to, good(vendor, operation, many.keys[number]))
        row: dict[str, Any] = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
        assert row["account"] == "many"
        return row

    assert asked(0)["problem"] == ""
    for number, (name, (_, problems)) in enumerate(STATES.items(), 1):
        row = asked(number)
        codes = {str(r.code) for r in vendor.catalogue if r.status == row["status"]}
        assert row["code"] in codes, (name, row)
        meant = {p for r in vendor.catalogue if str(r.code) == row["code"] for p in r.problems}
        assert row["problem"] in problems or (
            row["problem"] == "other" and not meant & set(ErrorKind)
        ), name
        assert row["why"] and "active" not in row["why"], name
        assert name != "ended" or "2025-12-31" in row["why"], row["why"]


@pytest.mark.parametrize(("vendor", "operation"), CASES)
def test_a_rate_is_kept_with_the_vendors_own_answer(vendor: Vendor, operation: Operation) -> None:
    to = mock(sample(vendor.name, operation.name).reads)
    name = f"{vendor.name}.{operation.name}"
    ask(to.asgi, "PUT", f"/_mockocr/quotas/dev/{name}", (), b'{"per_second": 1}')
    found = []
    for number in range(3):
        bare = unsigned(vendor, operation).replaced(seed=number, id=f"{number:032x}")
        send(to, vendor.sign(bare, key(vendor)))
        row = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
        found.append(row["problem"])
        if number == 1:
            ask(to.asgi, "PUT", "/_mockocr/clock", (), b'{"advance": 1}')
    assert found == ["", "rate_limited", ""]
