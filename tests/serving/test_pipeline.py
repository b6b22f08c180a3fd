"""The pipeline refuses, verifies, reserves, answers and bills in that order, each step once."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from mockocr.core.account import ANONYMOUS, Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind, Evidence
from mockocr.core.exchange import CredentialLookup, Exchange, refuse
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service
from mockocr.serving.asgi import Endpoint, Options
from mockocr.serving.pipeline import Dependencies, answer_requests, with_account
from mockocr.serving.routing import Router
from tests.asgi import ask
from tests.control.acme import ACME, NOW, SERVICE, sign

DEV = Account("dev", (Credential("acme", ACME.credentials),))
GUEST = Account("guest", (Credential("acme", {"key": "g", "secret": "h"}),))
LATER = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """One account store, quota and clock, with a record of what was asked of them."""

    calls: list[str] = field(default_factory=list)
    store_error: Exception | None = None
    clock_error: ApiError | None = None
    quota_error: ApiError | None = None

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        self.calls.append(f"find {vendor} {field} {value}")
        if self.store_error is not None:
            raise self.store_error
        known = DEV.credentials[0]
        return Principal(DEV, known) if known.values[field] == value else None

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> World:
        self.calls.append(f"reserve {account.name} {operation_id} {at:%Y}")
        if self.quota_error is not None:
            raise self.quota_error
        return self

    async def commit(self) -> None:
        self.calls.append("commit")

    async def release(self) -> None:
        self.calls.append("release")

    async def refresh(self, account: str = "") -> None:
        self.calls.append(f"refresh {account}")
        if self.clock_error is not None:
            raise self.clock_error

    def now(self, account: str = "") -> datetime:
        return LATER if account == "dev" else NOW


@dataclass
class OnlyCredentials:
    """The part of a context that Acme's `verify` uses."""

    lookup: CredentialLookup

    async def find_credential(self, field: str, value: str) -> Principal | None:
        return await self.lookup.find(field, value)


def good(request: Request, principal: Principal) -> Response:
    return Response.of_json({"code": 0, "account": principal.account.name}, code=0)


def operation(run: Callable[[Request, Principal], Response] = good, **more: Any) -> Operation:
    async def answer(request: Request, principal: Principal, context: Context) -> Response:
        return run(request, principal)

    return Operation("read", ("POST",), "/read", "guess", run=answer, **more)


def break_down(request: Request, principal: Principal) -> Response:
    raise RuntimeError("a defect")


READ = operation()
SIGNED = sign(Request("POST", "/read", at=NOW, id="r"), DEV.credentials[0])


def exchange(request: Request = SIGNED, op: Operation | None = READ, **more: Any) -> Exchange:
    return Exchange(ACME, more.pop("service", SERVICE), op, request, **more)


def send(
    sent: Exchange, world: World | None = None, lenient: Account | None = None, **more: Any
) -> Response:
    world = world or World()

    def context(exchange: Exchange, lookup: CredentialLookup) -> Any:
        return OnlyCredentials(lookup)

    async def run() -> Response:
        return await answer_requests(Dependencies(context, world, world, lenient, **more))(sent)

    return asyncio.run(run())


def document(response: Response) -> Any:
    return json.loads(response.body)


def stamped(request: Request, response: Response) -> Response:
    return response.with_headers(("X-Stamp", request.id))


STAMPED = replace(SERVICE, add_headers=stamped)


def test_a_verified_request_is_answered_billed_and_given_the_services_headers() -> None:
    world, sent = World(), exchange(service=STAMPED)
    response = send(sent, world)
    assert (response.status, response.header("x-stamp")) == (200, "r")
    assert document(response) == {"code": 0, "account": "dev"}
    assert world.calls == ["find acme key acme-dev-key", "reserve dev acme.read 2026", "commit"]
    assert (sent.audit.account, sent.audit.billed, sent.audit.problem) == ("dev", True, "")


def test_a_refusal_has_the_services_headers_once() -> None:
    response = send(exchange(service=STAMPED, op=None))
    assert [value for name, value in response.headers if name == "X-Stamp"] == ["r"]
    broken = send(exchange(service=STAMPED, op=operation(break_down)))
    assert [value for name, value in broken.headers if name == "X-Stamp"] == ["r"]


def test_an_unknown_path_is_refused_without_verification() -> None:
    world, sent = World(), exchange(op=None)
    assert document(send(sent, world))["code"] == 40
    assert sent.audit.why == "no operation at /read"
    assert world.calls == []


def test_the_refusal_of_a_fault_goes_before_an_unknown_path() -> None:
    refusal = ApiError(ErrorKind.ARREARS, "a fault")
    sent = exchange(op=None, refusal=refusal)
    assert document(send(sent))["code"] == 24
    assert sent.audit.why == "a fault"


def test_a_body_over_the_limit_is_refused_without_verification() -> None:
    world, sent = World(), exchange(SIGNED.replaced(oversize=True))
    assert document(send(sent, world))["code"] == 99
    assert sent.audit.problem == ErrorKind.BODY_TOO_LARGE
    assert sent.audit.why == "the body has more than 4194304 bytes"
    assert world.calls == []


def test_a_preflight_is_answered_first_and_only_to_options() -> None:
    service = replace(SERVICE, preflight=lambda request: Response(204))
    refused: dict[str, Any] = {"refusal": ApiError(ErrorKind.ARREARS), "service": service}
    assert send(exchange(SIGNED.replaced(method="OPTIONS"), **refused)).status == 204
    assert send(exchange(**refused)).status == 402
    without = exchange(SIGNED.replaced(method="OPTIONS"), op=None)
    assert send(without).status == 404


def test_an_open_operation_is_neither_verified_nor_billed() -> None:
    world, sent = World(), exchange(Request("POST", "/read"), operation(open=True))
    assert document(send(sent, world))["account"] == ANONYMOUS.account.name
    assert world.calls == []
    assert sent.audit.billed is False
    claimed = exchange(op=operation(open=True), claimed=Principal(GUEST, GUEST.credentials[0]))
    assert document(send(claimed))["account"] == "guest"


def test_the_lookup_of_the_exchange_is_used_again() -> None:
    world = World()
    lookup = CredentialLookup(world, "acme")
    asyncio.run(lookup.find("key", "acme-dev-key"))
    assert send(exchange(credentials=lookup), world).status == 200
    assert world.calls.count("find acme key acme-dev-key") == 1


def test_an_exhausted_quota_is_refused_after_verification() -> None:
    world = World(quota_error=ApiError(ErrorKind.QUOTA_EXCEEDED, "0 left"))
    sent = exchange()
    assert document(send(sent, world))["code"] == 9
    assert (sent.audit.account, sent.audit.why, sent.audit.billed) == ("dev", "0 left", False)
    assert "commit" not in world.calls


def fail(request: Request, principal: Principal) -> Response:
    raise ApiError(ErrorKind.BAD_IMAGE, "no picture")


def test_a_request_that_the_operation_refuses_is_not_billed() -> None:
    world, sent = World(), exchange(op=operation(fail))
    assert send(sent, world).status == 400
    assert world.calls[-1] == "release"
    assert (sent.audit.why, sent.audit.billed) == ("no picture", False)


def test_a_refusal_is_billed_where_the_service_says_so() -> None:
    world = World()
    sent = exchange(service=replace(SERVICE, billed=lambda response: True), op=operation(fail))
    assert send(sent, world).status == 400
    assert world.calls[-1] == "commit"
    assert sent.audit.billed is True


@pytest.mark.parametrize("run", [good, fail])
def test_a_free_operation_is_never_billed(run: Callable[[Request, Principal], Response]) -> None:
    world = World()
    service = replace(SERVICE, billed=lambda response: True)
    sent = exchange(service=service, op=operation(run, free=True))
    send(sent, world)
    assert world.calls[-1] == "release"
    assert sent.audit.billed is False


def test_a_defect_gives_the_request_back_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    world, sent = World(), exchange(op=operation(break_down))
    with caplog.at_level(logging.ERROR, "mockocr"):
        assert document(send(sent, world))["code"] == 99
    assert sent.audit.problem == ErrorKind.INTERNAL
    assert sent.audit.why == "a defect of mockocr; see the log"
    assert world.calls[-1] == "release"
    (record,) = caplog.records
    assert (record.name, record.getMessage()) == ("mockocr", "defect in acme.read, request r")
    assert record.exc_info is not None


def test_a_response_may_say_why_and_an_earlier_reason_stays() -> None:
    def one_of_two(request: Request, principal: Principal) -> Response:
        return Response(200, b"{}", code="0", why="one of two")

    sent = exchange(op=operation(one_of_two))
    send(sent)
    assert sent.audit.why == "one of two"
    sent.audit.why = "earlier"
    send(sent)
    assert sent.audit.why == "earlier"


@dataclass(frozen=True)
class Signer:
    """Signs a response by naming the key."""

    name: str = "acme"

    def sign(self, request: Request, response: Response, key: bytes) -> Response:
        return response.with_headers(("X-Signed", f"{request.id} {key.decode()}"))


def test_every_response_is_signed_last() -> None:
    service: Service = replace(STAMPED, response_signer=Signer())
    for op in (READ, None):
        response = send(exchange(service=service, op=op), signing_key=lambda signer: b"key")
        assert [name for name, _ in response.headers][-2:] == ["X-Stamp", "X-Signed"]
        assert response.header("x-signed") == "r key"
    assert send(exchange(service=service)).header("x-signed") == "r "


# Lenient auth

WRONG = SIGNED.replaced(
    headers=(("X-Key", "acme-dev-key"), ("X-Signature", "00"), ("X-Text", "signed text"))
)
UNKNOWN = SIGNED.replaced(headers=(("X-Key", "other"), ("X-Signature", "00")))


def test_strict_auth_refuses_a_wrong_signature_with_the_evidence() -> None:
    sent = exchange(WRONG)
    assert document(send(sent))["code"] == 20
    assert sent.audit.evidence is not None
    assert sent.audit.evidence.received == "signed text"


def test_lenient_auth_keeps_the_account_and_tells_what_strict_auth_would_do() -> None:
    sent = exchange(WRONG, claimed=Principal(DEV, DEV.credentials[0]))
    assert document(send(sent, lenient=GUEST))["account"] == "dev"
    assert sent.audit.why == (
        "strict auth would refuse: the signature does not match: wrong secret or changed body"
    )
    assert isinstance(sent.audit.evidence, Evidence)
    assert sent.audit.evidence.signature == "00"


def test_lenient_auth_gives_an_unknown_caller_the_lenient_account() -> None:
    sent = exchange(UNKNOWN)
    assert document(send(sent, lenient=GUEST))["account"] == "guest"
    assert sent.audit.account == "guest"


def test_lenient_auth_names_an_error_without_a_sentence() -> None:
    async def verify(request: Request, context: Context) -> Principal:
        raise ApiError(ErrorKind.EXPIRED)

    sent = exchange(service=replace(SERVICE, verify=verify))
    assert send(sent, lenient=GUEST).status == 200
    assert sent.audit.why == "strict auth would refuse: expired: "


@pytest.mark.parametrize(
    "kind", [ErrorKind.NO_CREDENTIALS, ErrorKind.BAD_CREDENTIALS, ErrorKind.UNAVAILABLE]
)
def test_lenient_auth_refuses_a_request_without_usable_credentials(kind: ErrorKind) -> None:
    async def verify(request: Request, context: Context) -> Principal:
        raise ApiError(kind, "strict")

    sent = exchange(service=replace(SERVICE, verify=verify))
    assert send(sent, lenient=GUEST).status >= 400
    assert (sent.audit.problem, sent.audit.why, sent.audit.account) == (kind, "strict", "")


# The account's clock


def passed_on(sent: Exchange, world: World) -> Exchange:
    """The exchange that `with_account` hands to the next handler."""
    seen: list[Exchange] = []

    async def inner(exchange: Exchange) -> Response:
        seen.append(exchange)
        return Response(200)

    async def run() -> Response:
        return await with_account(world, world, inner)(sent)

    assert asyncio.run(run()).status == 200
    (found,) = seen
    return found


def test_a_request_is_set_to_the_clock_of_the_account_that_it_claims() -> None:
    world, sent = World(), exchange(WRONG)
    found = passed_on(sent, world)
    assert found.request.at == LATER
    assert found.claimed is not None
    assert (found.claimed.account, found.audit.account) == (DEV, "dev")
    assert found.credentials is not None
    assert world.calls == ["find acme key acme-dev-key", "refresh dev"]


@pytest.mark.parametrize("request_", [UNKNOWN, SIGNED.replaced(headers=())])
def test_a_request_of_no_account_is_set_to_the_common_clock(request_: Request) -> None:
    world = World()
    found = passed_on(exchange(request_), world)
    assert world.calls[-1] == "refresh "
    assert (found.request.at, found.claimed, found.audit.account) == (NOW, None, "")
    assert found.refusal is None


def test_a_store_that_does_not_answer_makes_the_request_refused() -> None:
    error = ApiError(ErrorKind.UNAVAILABLE, "no store")
    assert passed_on(exchange(), World(store_error=error)).refusal is error
    assert passed_on(exchange(), World(clock_error=error)).refusal is error
    earlier = ApiError(ErrorKind.ARREARS)
    assert passed_on(exchange(refusal=earlier), World(clock_error=error)).refusal is earlier


def test_a_defect_in_the_claim_is_logged_and_leaves_the_request_without_account(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, "mockocr"):
        found = passed_on(exchange(), World(store_error=RuntimeError("broken")))
    assert (found.claimed, found.request.at, found.refusal) == (None, NOW, None)
    (record,) = caplog.records
    assert record.getMessage() == "defect in the claim of acme.read, request r"


def test_a_refusal_that_cannot_be_rendered_is_a_defect_of_ours(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def render(request: Request, entry: ErrorEntry) -> Response:
        if ErrorKind.INTERNAL not in entry.kinds:
            raise UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed")
        return SERVICE.render_error(request, entry)

    forged = SIGNED.with_body(b"changed")
    sent = exchange(forged, service=replace(SERVICE, render_error=render))
    with caplog.at_level(logging.ERROR, "mockocr"):
        assert document(send(sent))["code"] == 99
    assert sent.audit.why == "a defect of mockocr; see the log"
    assert len(caplog.records) == 1


def test_a_defect_around_the_pipeline_is_answered_once_more_and_so_journaled() -> None:
    seen: list[ApiError | None] = []

    async def handle(exchange: Exchange) -> Response:
        seen.append(exchange.refusal)
        if len(seen) == 1:
            raise RuntimeError("a defect of the journal")
        assert exchange.refusal is not None
        return refuse(exchange, exchange.refusal)

    endpoint = Endpoint(
        Router((ACME,)), handle, Options((ACME,)), ids=lambda: "r", seeds=lambda: 1, now=lambda: NOW
    )
    answer = ask(endpoint, "POST", "/read")
    assert (answer.status, answer.json["code"]) == (400, 99)
    assert answer.header("x-mockocr-request") == "r"
    assert seen[0] is None
    assert seen[1] is not None
    assert seen[1].kind == ErrorKind.INTERNAL
