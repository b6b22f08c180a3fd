"""What the conformance suite builds on: a mock with a scripted engine, and a signed request for
each operation.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from msgspec.structs import replace

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.account import Account, Credential
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor
from mockocr.recognition.recordings.folder import Folder
from mockocr.recognition.recordings.replay import Goldens
from mockocr.recordings.reading import VendorReading
from mockocr.vendors import discover
from tests.asgi import Answer, ask, ask_async, run
from tests.exchange import DEFAULT_TIME, FIXTURES, Exchange, exchanges, read
from tests.recognitions import NOTHING, READINGS, Reader


@dataclass(frozen=True)
class Case:
    """One operation with its service and vendor."""

    vendor: Vendor
    service: Service
    operation: Operation

    @property
    def id(self) -> str:
        return self.service.operation_id(self.operation)

    @property
    def credential(self) -> Credential:
        """The default account's credential, as documented."""
        return Credential(self.vendor.name, self.vendor.credentials)


VENDORS = {vendor.name: vendor for vendor in discover()}
SERVICES = [(vendor, service) for vendor in VENDORS.values() for service in vendor.services]
CASES = {
    case.id: case
    for vendor, service in SERVICES
    for operation in service.operations
    for case in [Case(vendor, service, operation)]
}
EXCHANGES = exchanges()


RESPONSE = "response"
"""The reading of an exchange whose response says what was read."""


def ids() -> Iterator[str]:
    return (f"{number:032x}" for number in itertools.count(1))


class Counted:
    """Ids and seeds that count from 1."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self._ids, self._seeds = ids(), itertools.count(1)

    def id(self) -> str:
        return next(self._ids)

    def seed(self) -> int:
        return next(self._seeds)


def mock(
    reads: str = "hello",
    at: datetime = DEFAULT_TIME,
    options: Mapping[str, Mapping[str, str]] | None = None,
    auth: str = "strict",
    accounts: Sequence[Account] = (),
    counted: Counted | None = None,
) -> Mock:
    """The real composition with a scripted engine, a frozen clock, and counted ids and seeds."""
    counted = counted or Counted()
    clock = Clock()
    clock.freeze(at)
    # `goldens`: what the full reader read on each sample picture, and nothing else
    assert reads in {"goldens", RESPONSE, *READINGS}, reads
    goldens = Goldens(Folder(FIXTURES / "goldens"), "replay") if reads == "goldens" else None
    engine = VendorReading() if reads == RESPONSE else Reader(READINGS.get(reads, NOTHING))
    return build(
        engine=engine,
        goldens=goldens,
        accounts=accounts,
        options=options or {},
        auth=auth,
        clock=clock,
        ids=counted.id,
        seeds=counted.seed,
    )


_KEPT: dict[str, tuple[Mock, Counted]] = {}


def kept_mock(
    reads: str,
    at: datetime = DEFAULT_TIME,
    options: Mapping[str, Mapping[str, str]] | None = None,
    auth: str = "strict",
) -> Mock:
    """Like `mock`, but the calls with the same arguments return one mock, which is reset first.

    So only one of them can be used at a time. It saves three quarters of the suite's time.
    """
    key = json.dumps([reads, options, auth], sort_keys=True)
    if key not in _KEPT:
        counted = Counted()
        _KEPT[key] = mock(reads, at, options, auth, counted=counted), counted
        return _KEPT[key][0]
    to, counted = _KEPT[key]
    counted.restart()
    if isinstance(to.engine, Reader):
        to.engine.asked.clear()
    run(to.reset())
    to.clock.freeze(at)
    return to


def case_of(exchange: Exchange) -> Case:
    return CASES[f"{exchange.namespace}.{exchange.operation}"]


def request_of(exchange: Exchange) -> Request:
    """The exchange's request as a client builds it, before it is signed."""
    case = case_of(exchange)
    defaults = case.vendor.default_options(case.service.namespace)
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
        options={**defaults, **exchange.options},
    )


def signed(exchange: Exchange) -> Request:
    """The exchange's request with the credentials that its file asks for."""
    request, case = request_of(exchange), case_of(exchange)
    return case.service.sign(request, case.credential) if exchange.account else request


def send(to: Mock, request: Request) -> Answer:
    return ask(to.asgi, request.method, request.target, request.headers, request.body)


def mock_for(case: Case, **how: Any) -> Mock:
    """A kept mock whose engine reads what the operation's sample is about, with its options, and
    which has answered the exchange that the sample follows.
    """
    example = sample(case.id)
    options = {example.namespace: example.options} if example.options else {}
    make = mock if "accounts" in how else kept_mock
    to = make(example.reads, **{"options": options, **how})
    send_before(to, example)
    return to


def send_before(to: Mock, exchange: Exchange) -> Answer | None:
    """Send the request that the exchange comes after, and let the jobs that it starts finish. The
    response to it, None if there is no such exchange.
    """
    if not exchange.after:
        return None
    earlier = read(exchange.path.with_name(f"{exchange.after}.http"))
    request = signed(earlier)

    async def go() -> Answer:
        answer = await ask_async(
            to.asgi, request.method, request.target, request.headers, request.body
        )
        assert answer.status < 300, answer.body[:300]
        await to.finish_jobs()
        return answer

    return run(go())


def refused_method(case: Case) -> str:
    """A method that no operation at the path of this one takes."""
    taken = {
        method
        for other in CASES.values()
        if other.operation.path == case.operation.path
        for method in other.operation.methods
    }
    return next(method for method in ("DELETE", "PATCH") if method not in taken)


_UNFIT = ("nothing", "goldens", RESPONSE)
"""Readings that no sample has: others than its own picture are unread."""


@cache
def sample(operation_id: str) -> Exchange:
    """The first exchange of the operation that we sign, that succeeds and that reads something; one
    without options, if there is any.
    """
    for optional in (False, True):
        for exchange in _exchanges_by_operation().get(operation_id, ()):
            plain = (optional or not exchange.options) and exchange.reads not in _UNFIT
            refused = "-refused" in exchange.name or exchange.fault
            succeeds = exchange.status < 300 and not refused
            if exchange.account and succeeds and plain:
                return exchange
    raise LookupError(f"{operation_id} has no signed exchange that succeeds")


@cache
def _exchanges_by_operation() -> Mapping[str, Sequence[Exchange]]:
    found: dict[str, list[Exchange]] = {}
    for exchange in EXCHANGES:
        found.setdefault(f"{exchange.namespace}.{exchange.operation}", []).append(exchange)
    return found


def unsigned_request(case: Case) -> Request:
    """A request that lacks nothing but its credentials."""
    return request_of(sample(case.id))


def signed_request(case: Case, credential: Credential | None = None) -> Request:
    """A request that succeeds, signed for the default account or with another credential."""
    return case.service.sign(unsigned_request(case), credential or case.credential)


def unknown_credential(vendor: Vendor) -> Credential:
    """Well-formed credentials of no account."""
    generated = vendor.generate_credentials("0123456789abcdef" * 2 + "fedcba98")
    return Credential(vendor.name, {**vendor.credentials, **generated})


def rendered(case: Case, request: Request, kind: ErrorKind) -> Response:
    """The response that the service's own table and renderer give for a kind."""
    table = case.service.errors
    options = case.vendor.default_options(case.service.namespace)
    entry = table.entry(ApiError(kind), case.operation.name).filled({})
    return case.service.render_error(request.replaced(options=options), entry)


def set_later(to: Mock, request: Request, seconds: float) -> None:
    """Sets the mock's clock to so many seconds after the request was made."""
    to.clock.freeze(request.at)
    to.clock.advance(seconds)


def altered(text: str) -> str:
    """The text with its last letter or digit changed, so that it stays well-formed."""
    for index in reversed(range(len(text))):
        if text[index].isalnum():
            other = "0" if text[index] != "0" else "1"
            return text[:index] + other + text[index + 1 :]
    return text + "0"


def with_field(credential: Credential, field: str, value: str) -> Credential:
    return replace(credential, values={**credential.values, field: value})
