"""What the conformance suite stands on: a mock with a scripted engine, a signed call for each."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from PIL import Image as Pillow

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.account import Account, Credential
from mockocr.core.http import Request
from mockocr.core.operation import Operation
from mockocr.core.service import Vendor
from mockocr.vendors import discover
from tests.asgi import Answer, ask
from tests.exchange import DEFAULT_TIME, Exchange, exchanges
from tests.recognitions import READINGS, Reader

VENDORS = {vendor.name: vendor for vendor in discover()}
EXCHANGES = exchanges()
OPERATIONS = [(vendor, operation) for vendor in VENDORS.values() for operation in vendor.operations]


def ids() -> Iterator[str]:
    return (f"{number:032x}" for number in itertools.count(1))


def mock(
    reads: str = "hello",
    at: datetime = DEFAULT_TIME,
    choices: Mapping[str, Mapping[str, str]] | None = None,
    auth: str = "strict",
    accounts: Sequence[Account] = (),
) -> Mock:
    """The real composition with a scripted engine, a frozen clock, and counted ids and seeds."""
    clock = Clock()
    clock.freeze(at)
    return build(
        engine=Reader(READINGS[reads]),
        accounts=accounts,
        choices=choices or {},
        auth=auth,
        clock=clock,
        ids=ids().__next__,
        seeds=itertools.count(1).__next__,
    )


def key(vendor: Vendor) -> Credential:
    """The default account's key, as documented."""
    return Credential(vendor.name, vendor.credentials)


def call_of(exchange: Exchange, choices: Mapping[str, str] | None = None) -> Request:
    """The exchange's request as a client would build it, before signing."""
    headers = exchange.headers
    if exchange.body:
        headers = (*headers, ("Content-Length", str(len(exchange.body))))
    return Request(
        method=exchange.method,
        path=exchange.target.partition("?")[0],
        target=exchange.target,
        headers=headers,
        query=exchange.target.partition("?")[2],
        body=exchange.body,
        id=f"{0xC11E47:032x}",
        at=exchange.at,
        seed=0xC11E47,
        size=len(exchange.body),
        choices=choices if choices is not None else exchange.choices,
    )


def signed(exchange: Exchange) -> Request:
    """The exchange's request with the credentials that its file asks for."""
    request = call_of(exchange)
    return (
        VENDORS[exchange.vendor].sign(request, key(VENDORS[exchange.vendor]))
        if (exchange.account)
        else request
    )


def send(to: Mock, request: Request) -> Answer:
    return ask(to.asgi, request.method, request.target, request.headers, request.body)


def mock_for(vendor: Vendor, operation: Operation, **how: Any) -> Mock:
    """A mock whose engine reads what the operation's sample is about."""
    return mock(sample(vendor.name, operation.name).reads, **how)


@cache
def sample(vendor: str, operation: str) -> Exchange:
    """The first exchange of the operation that is signed by us, succeeds and reads something."""
    for exchange in EXCHANGES:
        named = (exchange.vendor, exchange.operation) == (vendor, operation)
        plain = not exchange.choices and exchange.reads != "nothing"
        if named and exchange.account and exchange.status < 300 and plain:
            return exchange
    raise LookupError(f"{vendor}.{operation} has no signed exchange that succeeds")


def unsigned(vendor: Vendor, operation: Operation) -> Request:
    """A request that lacks nothing but its credentials."""
    return call_of(sample(vendor.name, operation.name))


def good(vendor: Vendor, operation: Operation, other: Credential | None = None) -> Request:
    """A request that succeeds, signed for the default account or for another key."""
    return vendor.sign(unsigned(vendor, operation), other or key(vendor))


def later(request: Request, to: Mock, seconds: float) -> None:
    """Set the mock's clock to so many seconds after the call was made."""
    to.clock.freeze(request.at)
    to.clock.advance(seconds)


def altered(text: str) -> str:
    """The text with its last letter or digit changed, so that its form stays."""
    for index in reversed(range(len(text))):
        if text[index].isalnum():
            other = "0" if text[index] != "0" else "1"
            return text[:index] + other + text[index + 1 :]
    return text + "0"


def with_field(held: Credential, field: str, value: str) -> Credential:
    return replace(held, values={**held.values, field: value})


def huge_png() -> bytes:
    """A small file that declares 30000 x 30000 pixels."""
    made = io.BytesIO()
    Pillow.new("1", (30000, 30000)).save(made, "PNG")
    return made.getvalue()
