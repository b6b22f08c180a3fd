"""What every vendor is held to. The vendors are found, not listed: a new folder is a new case."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mockocr.app import Mock
from mockocr.core.errors import ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Vendor
from tests.asgi import Answer, ask
from tests.conformance import (
    EXCHANGES,
    OPERATIONS,
    VENDORS,
    altered,
    call_of,
    good,
    key,
    later,
    mock,
    mock_for,
    sample,
    send,
    signed,
    unsigned,
    with_field,
)
from tests.exchange import DEFAULT_TIME, Exchange, answer_difference

SCHEMAS = Path(__file__).parent / "schemas"
MARKS = ("live", "sdk", "docs", "observed", "guess")
ROW_MARKS = ("doc", "sdk", "observed", "guess")

every_vendor = pytest.mark.parametrize("vendor", VENDORS.values(), ids=VENDORS)
every_exchange = pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda e: e.name)
every_operation = pytest.mark.parametrize(
    ("vendor", "operation"), OPERATIONS, ids=[f"{v.name}.{o.name}" for v, o in OPERATIONS]
)
every_guarded_operation = pytest.mark.parametrize(
    ("vendor", "operation"),
    [(v, o) for v, o in OPERATIONS if not o.open],
    ids=[f"{v.name}.{o.name}" for v, o in OPERATIONS if not o.open],
)


def refusal(vendor: Vendor, request: Request, problem: ErrorKind) -> Response:
    """The vendor's own answer to a problem, as its table has it."""
    return vendor.refuse(request, vendor.row(problem).filled({}))


def newest(to: Mock, name: str) -> dict[str, Any]:
    """The journal's newest entry, which must be of that operation."""
    answer = ask(to.asgi, "GET", "/_mockocr/requests?limit=1")
    (entry,) = answer.json["requests"]
    assert f"{entry['vendor']}.{entry['operation']}" == name
    return entry


def succeeded(to: Mock, vendor: Vendor, answer: Answer) -> bool:
    """Whether the vendor would bill the answer, by its own rule."""
    shown = ask(to.asgi, "GET", f"/_mockocr/requests/{answer.header('x-mockocr-request')}").json
    return vendor.billable(Response(answer.status, answer.body, answer.headers, str(shown["code"])))


@every_exchange
def test_every_exchange_replays(exchange: Exchange) -> None:
    to = mock(exchange.reads, exchange.at, {exchange.vendor: exchange.choices})
    answer = send(to, signed(exchange))
    shown = answer.body[:600].decode("utf-8", "replace")
    assert answer.status == exchange.status, shown
    for name, value in exchange.answer_headers:
        got = answer.header(name)
        assert got if value == "*" else got == value, f"{name}: {got!r} and not {value!r}"
    assert answer_difference(exchange, answer.body) == ""


@every_exchange
def test_every_exchange_says_how_it_was_verified(exchange: Exchange) -> None:
    assert exchange.verified.startswith(MARKS)
    assert exchange.vendor in VENDORS
    assert exchange.operation in {o.name for o in VENDORS[exchange.vendor].operations}


@every_operation
def test_every_operation_has_an_exchange_that_succeeds(
    vendor: Vendor, operation: Operation
) -> None:
    assert sample(vendor.name, operation.name)


@every_operation
def test_every_operation_is_also_there_under_the_vendors_prefix(
    vendor: Vendor, operation: Operation
) -> None:
    to = mock_for(vendor, operation)
    request = good(vendor, operation)
    answer = ask(
        to.asgi, request.method, f"/{vendor.name}{request.target}", request.headers, request.body
    )
    assert succeeded(to, vendor, answer) or answer.status < 300, answer.body[:300]


@every_vendor
def test_every_problem_has_a_row_and_every_row_a_source(vendor: Vendor) -> None:
    for problem in ErrorKind:
        assert vendor.row(problem)
    for row in vendor.catalogue:
        assert row.source.startswith(ROW_MARKS), row


@every_vendor
def test_every_row_renders_with_its_own_status(vendor: Vendor) -> None:
    request = Request("POST", "/", at=DEFAULT_TIME, id="0" * 32)
    for row in vendor.catalogue:
        response = vendor.stamp(request, vendor.refuse(request, row.filled({})))
        assert response.status == row.status, row
        assert "{" not in response.code, row


@every_guarded_operation
def test_an_unsigned_call_is_refused(vendor: Vendor, operation: Operation) -> None:
    to = mock_for(vendor, operation)
    request = unsigned(vendor, operation)
    answer = send(to, request)
    assert not succeeded(to, vendor, answer)
    assert answer.status == refusal(vendor, request, ErrorKind.NO_CREDENTIALS).status
    assert newest(to, f"{vendor.name}.{operation.name}")["why"]


@every_guarded_operation
def test_a_stranger_is_refused(vendor: Vendor, operation: Operation) -> None:
    stranger = key(vendor)
    for name, value in vendor.mint("0123456789abcdef" * 2 + "fedcba98").items():
        stranger = with_field(stranger, name, value)
    to = mock_for(vendor, operation)
    answer = send(to, good(vendor, operation, stranger))
    assert not succeeded(to, vendor, answer)
    assert newest(to, f"{vendor.name}.{operation.name}")["why"]


@every_guarded_operation
def test_any_altered_credential_is_refused(vendor: Vendor, operation: Operation) -> None:
    """One field at a time; a field that does not show on the wire changes nothing there."""
    right = good(vendor, operation)
    shown = 0
    for name, value in vendor.credentials.items():
        forged = good(vendor, operation, with_field(key(vendor), name, altered(value)))
        if (forged.headers, forged.target, forged.body) == (
            right.headers,
            right.target,
            right.body,
        ):
            continue
        shown += 1
        to = mock_for(vendor, operation)
        answer = send(to, forged)
        assert not succeeded(to, vendor, answer), f"{name} altered, and yet {answer.body[:200]!r}"
        assert newest(to, f"{vendor.name}.{operation.name}")["why"]
    assert shown, "no credential shows on the wire"


@every_guarded_operation
def test_a_changed_body_or_target_never_passes_a_body_signature(
    vendor: Vendor, operation: Operation
) -> None:
    """The journal entry of a refusal shows what the server built, if the scheme signs a text."""
    to = mock_for(vendor, operation)
    forged = good(vendor, operation, with_field_of_secret(vendor))
    send(to, forged)
    entry = newest(to, f"{vendor.name}.{operation.name}")
    whole = ask(to.asgi, "GET", f"/_mockocr/requests/{entry['id']}").json
    text = json.dumps(whole, ensure_ascii=False)
    for name, value in vendor.credentials.items():
        if "secret" in name or name in {"sk", "password"}:
            assert value not in text, f"the journal shows {name}"


def with_field_of_secret(vendor: Vendor) -> Any:
    secrets = [n for n in vendor.credentials if "secret" in n or n == "sk"]
    held = key(vendor)
    for name in secrets:
        held = with_field(held, name, altered(vendor.credentials[name]))
    return held


@every_guarded_operation
def test_credentials_live_exactly_as_long_as_declared(vendor: Vendor, operation: Operation) -> None:
    if vendor.lifetime is None:
        return
    request = good(vendor, operation)
    seconds = vendor.lifetime.total_seconds()
    to = mock_for(vendor, operation)
    later(request, to, seconds - 1)
    assert succeeded(to, vendor, send(to, request)), "refused within its lifetime"
    to = mock_for(vendor, operation)
    later(request, to, seconds + 2)
    assert not succeeded(to, vendor, send(to, request)), "accepted past its lifetime"


@every_vendor
def test_a_signature_that_we_did_not_make_is_accepted(vendor: Vendor) -> None:
    foreign = [
        e
        for e in EXCHANGES
        if e.vendor == vendor.name
        and not e.account
        and e.status < 300
        and e.verified.startswith(("sdk", "docs", "observed", "live"))
    ]
    assert foreign, "no exchange with credentials from an SDK or a document succeeds"


@pytest.mark.parametrize(
    ("vendor", "operation"),
    [(v, o) for v, o in OPERATIONS if not o.open and not o.free],
    ids=[f"{v.name}.{o.name}" for v, o in OPERATIONS if not o.open and not o.free],
)
def test_a_quota_runs_out_with_the_vendors_own_answer(vendor: Vendor, operation: Operation) -> None:
    to = mock_for(vendor, operation)
    name = f"{vendor.name}.{operation.name}"
    put = ask(to.asgi, "PUT", f"/_mockocr/quotas/dev/{name}", (), b'{"left": 1}')
    assert put.status < 300, put.body
    first, second = good(vendor, operation), good(vendor, operation)
    second = vendor.sign(
        unsigned(vendor, operation).replaced(seed=99, id=f"{99:032x}"), key(vendor)
    )
    assert succeeded(to, vendor, send(to, first))
    answer = send(to, second)
    expected = refusal(vendor, second, ErrorKind.QUOTA_EXCEEDED)
    assert (answer.status, answer.body) == (
        expected.status,
        answer.body
        if b"nonce" in answer.body or b"request_id" in answer.body or b"RequestId" in answer.body
        else expected.body,
    )
    assert newest(to, name)["code"] == expected.code


@every_vendor
def test_an_unknown_path_gets_the_vendors_own_404(vendor: Vendor) -> None:
    host = vendor.hosts[0].replace("{region}", "cn-north-4")
    for target, headers in (
        (f"/{vendor.name}/no/such/path", ()),
        ("/no/such/path", (("Host", host),)),
    ):
        to = mock()
        answer = ask(to.asgi, "POST", target, headers, b"{}")
        expected = refusal(vendor, Request("POST", "/no/such/path"), ErrorKind.NO_SUCH_OPERATION)
        assert answer.status == expected.status
        assert answer.header("content-type") == vendor.stamp(
            Request("POST", "/no/such/path", at=DEFAULT_TIME, id="0" * 32), expected
        ).header("content-type")
        assert newest(to, f"{vendor.name}.")["why"] == "POST /no/such/path"


@every_operation
def test_a_wrong_method_gets_the_vendors_own_answer(vendor: Vendor, operation: Operation) -> None:
    request = good(vendor, operation)
    answer = ask(mock_for(vendor, operation).asgi, "DELETE", request.target, request.headers)
    assert answer.status == refusal(vendor, request, ErrorKind.WRONG_METHOD).status


@every_operation
def test_the_answer_has_the_documented_shape(vendor: Vendor, operation: Operation) -> None:
    schema = json.loads((SCHEMAS / f"{vendor.name}.{operation.name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    answer = send(mock_for(vendor, operation), good(vendor, operation))
    jsonschema.validate(answer.json, schema)


@every_operation
def test_every_answer_names_its_request_and_nothing_else_of_ours(
    vendor: Vendor, operation: Operation
) -> None:
    to = mock_for(vendor, operation)
    answer = send(to, good(vendor, operation))
    ours = [name for name, _ in answer.headers if name.lower().startswith("x-mockocr")]
    assert ours == ["X-Mockocr-Request"]
    entry = newest(to, f"{vendor.name}.{operation.name}")
    assert entry["id"] == answer.header("x-mockocr-request")


@every_vendor
def test_fresh_credentials_have_the_documented_fields(vendor: Vendor) -> None:
    fresh = vendor.mint("f" * 40)
    assert list(fresh) == list(vendor.credentials)
    assert set(fresh.values()).isdisjoint(v for k, v in vendor.credentials.items() if fresh[k] != v)
    assert vendor.mint("e" * 40) != fresh


GARBAGE: dict[str, tuple[tuple[tuple[str, str], ...], bytes]] = {
    "nothing": ((), b""),
    "no type": ((), b"\x00\xff\xfe garbage"),
    "half json": ((("Content-Type", "application/json"),), b'{"image": "abc'),
    "json list": ((("Content-Type", "application/json"),), b"[1, 2]"),
    "json null": ((("Content-Type", "application/json"),), b"null"),
    "json deep": ((("Content-Type", "application/json"),), b"[" * 100_000),
    "json wrong types": (
        (("Content-Type", "application/json"),),
        b'{"image": {"a": [1]}, "url": 7, "img": [], "appid": {}, "ver": [], "tag": 1}',
    ),
    "json nulls": (
        (("Content-Type", "application/json"),),
        b'{"image": null, "url": null, "img": null, "appid": null, "auth": null}',
    ),
    "lone surrogate": (
        (("Content-Type", "application/json"),),
        b'{"image": "\\ud800", "url": "\\ud800", "img": "\\ud800", "appid": "\\ud800"}',
    ),
    "text as image": (
        (("Content-Type", "application/json"),),
        b'{"appid": "1251000000", "image": "dGhpcyBpcyB0ZXh0", "img": "dGhpcyBpcyB0ZXh0"}',
    ),
    "bad url": (
        (("Content-Type", "application/json"),),
        b'{"appid": "1251000000", "url": "http://127.0.0.1:1/none.png"}',
    ),
    "file url": (
        (("Content-Type", "application/json"),),
        b'{"appid": "1251000000", "url": "file:///etc/passwd"}',
    ),
    "form": ((("Content-Type", "application/x-www-form-urlencoded"),), b"img=%%%&ver=x&&&=&url"),
    "multipart no boundary": ((("Content-Type", "multipart/form-data"),), b"--x\r\n"),
    "multipart half": (
        (("Content-Type", "multipart/form-data; boundary=x"),),
        b'--x\r\nContent-Disposition: form-data; name="image"\r\n\r\nabc',
    ),
    "multipart odd": (
        (("Content-Type", "multipart/form-data; boundary=x"),),
        b"--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n",
    ),
}


@pytest.mark.parametrize(
    ("vendor", "operation"),
    # who is asked by GET alone reads no body
    [(v, o) for v, o in OPERATIONS if o.methods != ("GET",)],
    ids=[f"{v.name}.{o.name}" for v, o in OPERATIONS if o.methods != ("GET",)],
)
@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_gets_the_vendors_own_error_at_once(
    vendor: Vendor, operation: Operation, garbage: str
) -> None:
    headers, body = GARBAGE[garbage]
    model = unsigned(vendor, operation)
    kept = tuple(
        (k, v) for k, v in model.headers if k.lower() not in {"content-type", "content-length"}
    )
    request = model.replaced(headers=(*kept, *headers), body=body, size=len(body))
    request = vendor.sign(request, key(vendor))
    to = mock_for(vendor, operation)
    begun = time.perf_counter()
    answer = send(to, request)
    assert time.perf_counter() - begun < 1.0
    assert not succeeded(to, vendor, answer) or (garbage == "nothing" and request.method == "GET")
    entry = newest(to, f"{vendor.name}.{operation.name}")
    assert entry["why"], answer.body
    assert "defect" not in entry["why"], answer.body
    # as the vendor says them here: some have another status on some of their paths
    said = [vendor.refuse(request, row.filled({})) for row in vendor.catalogue]
    known = {(response.status, response.code) for response in said}
    assert (answer.status, entry["code"]) in known


@every_vendor
def test_fifty_megabytes_are_refused_within_a_second(vendor: Vendor) -> None:
    operation = vendor.operations[0]
    request = call_of(sample(vendor.name, operation.name))
    request = vendor.sign(request.replaced(body=b"x" * (50 * 1024 * 1024)), key(vendor))
    to = mock()
    begun = time.perf_counter()
    answer = send(to, request)
    assert time.perf_counter() - begun < 1.0
    assert answer.status == refusal(vendor, request, ErrorKind.BODY_TOO_LARGE).status
    assert "bytes" in newest(to, f"{vendor.name}.{operation.name}")["why"]


@every_vendor
def test_lenient_checks_accept_a_stranger_and_say_what_strict_would_have_said(
    vendor: Vendor,
) -> None:
    operation = next(o for o in vendor.operations if not o.open)
    stranger = key(vendor)
    for name, value in vendor.mint("0123456789abcdef" * 2 + "fedcba98").items():
        stranger = with_field(stranger, name, value)
    to = mock_for(vendor, operation, auth="lenient")
    answer = send(to, good(vendor, operation, stranger))
    why = newest(to, f"{vendor.name}.{operation.name}")["why"]
    assert why.startswith("strict would refuse"), (answer.status, why)
    assert not succeeded(to, vendor, send(to, unsigned(vendor, operation)))
