"""What every service is held to. Services are discovered: a new folder is a new case."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import mockocr
from mockocr.app import Mock
from mockocr.control.faults.injection import HEADER as FAULT_HEADER
from mockocr.core.errors import ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.service import Service, Vendor
from mockocr.recordings.expected_answer import answer_difference
from mockocr.vendors import response_schema
from tests.asgi import Answer, ask, run
from tests.conformance import (
    CASES,
    EXCHANGES,
    SERVICES,
    VENDORS,
    Case,
    altered,
    case_of,
    kept_mock,
    mock,
    mock_for,
    refused_method,
    rendered,
    sample,
    send,
    set_later,
    signed,
    signed_request,
    unknown_credential,
    unsigned_request,
    with_field,
)
from tests.exchange import DEFAULT_TIME, FIXTURES, Exchange
from tests.exchange_server import server_of

PACKAGE = Path(mockocr.__file__).parent
LITERALS = Path(__file__).parent / "literals"
EXCHANGE_SOURCES = ("live", "sdk", "docs", "observed", "guess")
ENTRY_SOURCES = ("doc", "sdk", "observed", "guess")

SERVICE_IDS = [f"{vendor.name}/{service.name}" for vendor, service in SERVICES]
GUARDED = {id: case for id, case in CASES.items() if not case.operation.open}

every_service = pytest.mark.parametrize(("vendor", "service"), SERVICES, ids=SERVICE_IDS)
every_vendor = pytest.mark.parametrize("vendor", VENDORS.values(), ids=VENDORS)
every_exchange = pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda e: e.name)
every_operation = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
every_guarded_operation = pytest.mark.parametrize("case", GUARDED.values(), ids=GUARDED)


def newest(to: Mock, operation_id: str) -> dict[str, Any]:
    """The newest entry of the journal, which must be of that operation."""
    (entry,) = run(to.journal.rows(limit=1))
    assert f"{entry['vendor']}.{entry['operation']}" == operation_id
    return dict(entry)


def whole_entry(to: Mock, answer: Answer) -> dict[str, Any]:
    """The journal's detail of a request."""
    id = answer.header("x-mockocr-request")
    return dict(ask(to.asgi, "GET", f"/_mockocr/requests/{id}").json)


def succeeded(to: Mock, service: Service, answer: Answer) -> bool:
    """Whether the service would bill the response, by its own rule."""
    code = str(whole_entry(to, answer)["code"])
    return service.billed(Response(answer.status, answer.body, answer.headers, code))


def first_case(service: Service) -> Case:
    return next(case for case in CASES.values() if case.service is service)


# Exchanges


def claimant(to: Mock, request: Request) -> str:
    """The account that the request names, unverified; empty without one."""
    destination = to.router.find(request.host, request.target).choose(request)
    assert destination.match is not None
    claim = destination.service.claimed(request.replaced(params=destination.match.params))
    found = None if claim is None else run(to.accounts.find(destination.vendor.name, *claim))
    return found.account.name if found else ""


@every_exchange
def test_every_exchange_replays(exchange: Exchange) -> None:
    to, request = server_of(exchange, kept=True), signed(exchange)
    answer = send(to, request)
    shown = answer.body[:600].decode("utf-8", "replace")
    assert answer.status == exchange.status, shown
    for name, value in exchange.answer_headers:
        got = answer.header(name)
        assert got if value == "*" else got == value, f"{name}: {got!r} and not {value!r}"
    assert answer_difference(exchange.answer, answer.body) == ""
    row = whole_entry(to, answer)
    verified = not case_of(exchange).operation.open and not row["problem"]
    if verified and row["account"]:  # a preflight has none
        assert claimant(to, request) == row["account"]


@every_operation
def test_every_exchange_says_how_it_was_verified(case: Case) -> None:
    found = [e for e in EXCHANGES if f"{e.namespace}.{e.operation}" == case.id]
    assert found
    assert [e.name for e in found if not e.verified.startswith(EXCHANGE_SOURCES)] == []


def test_every_exchange_belongs_to_an_operation() -> None:
    assert [e.name for e in EXCHANGES if f"{e.namespace}.{e.operation}" not in CASES] == []


@every_operation
def test_every_operation_has_an_exchange_that_succeeds(case: Case) -> None:
    assert sample(case.id)


@every_operation
def test_every_operation_has_a_request_example(case: Case) -> None:
    named = {example.operation for example in case.service.examples}
    assert case.operation.name in named, "examples.py of the service has none"


@every_operation
def test_every_operation_answers_under_its_prefix_too(case: Case) -> None:
    to = mock_for(case)
    request = signed_request(case)
    target = f"/{case.service.namespace}{request.target}"
    answer = ask(to.asgi, request.method, target, request.headers, request.body)
    assert succeeded(to, case.service, answer) or answer.status < 300, answer.body[:300]


@every_operation
def test_the_response_has_the_documented_shape(case: Case) -> None:
    answer = send(mock_for(case), signed_request(case))
    if "json" not in answer.header("content-type"):
        declared = dict(sample(case.id).answer_headers)
        assert answer.header("content-type") == declared.get("Content-Type", "")
        return
    schema = response_schema(case.vendor, case.service, case.operation.name)
    jsonschema.Draft202012Validator(schema).validate(answer.json)


@every_service
@pytest.mark.slow
def test_every_schema_is_valid(vendor: Vendor, service: Service) -> None:
    schemas = list((PACKAGE / "vendors" / vendor.name / service.name / "schemas").glob("*.json"))
    assert schemas
    for path in schemas:
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


# Error tables


@every_service
def test_every_error_kind_has_an_entry_and_every_entry_a_source(
    vendor: Vendor, service: Service
) -> None:
    for kind in ErrorKind:
        assert service.errors.by_kind(kind)
    for entry in service.errors:
        assert entry.source.startswith(ENTRY_SOURCES), entry


@every_service
def test_every_override_belongs_to_an_operation_and_to_the_table(
    vendor: Vendor, service: Service
) -> None:
    names = {operation.name for operation in service.operations}
    assert set(service.errors.overrides) <= names
    known = {entry.id for entry in service.errors}
    for table in (*service.errors.overrides.values(), service.errors.defaults):
        assert {entry.id for entry in table.values()} <= known


@every_service
def test_every_entry_can_be_sent_on_demand(vendor: Vendor, service: Service) -> None:
    """By its id, over the whole way of a request, with its own code in the journal."""
    case = first_case(service)
    for entry in service.errors:
        to = mock_for(case)
        fault = {"operation": case.id, "fault": f"error={entry.id}"}
        raw = json.dumps(fault).encode()
        posted = ask(to.asgi, "POST", "/_mockocr/faults", JSON, raw)
        assert posted.status == 201, posted.body
        send(to, signed_request(case))
        shown = newest(to, case.id)
        assert str(shown["code"]) == str(entry.code), entry
        assert shown["fault"], entry


JSON = (("Content-Type", "application/json"),)
ERRORS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    **{
        path.name.removeprefix("errors.").removesuffix(".json"): json.loads(path.read_text("utf-8"))
        for path in LITERALS.glob("errors.*.json")
    },
    **{
        path.parent.name: json.loads(path.read_text("utf-8"))
        for path in FIXTURES.glob("*/errors.json")
    },
}
"""Namespace → operation, or `*` for the others → kind → the response, written out."""


def literal(case: Case, kind: ErrorKind) -> Mapping[str, Any]:
    namespace = case.service.namespace
    assert namespace in ERRORS, f"fixtures/{namespace}/errors.json has no literal responses"
    answers = ERRORS[namespace]
    return dict(answers.get(case.operation.name, {}).get(kind) or answers["*"][kind])


def without_signature(body: str) -> str:
    """The body, or the text inside a signed envelope: its signature depends on the user's key."""
    if not body.startswith("{") or '"signature"' not in body:
        return body
    return str(json.loads(body)["json"])


@every_operation
def test_every_kind_of_error_has_its_literal_response(case: Case) -> None:
    """The expected bytes are in tests/literals and are not taken from the error tables."""
    expected = {kind: dict(literal(case, kind)) for kind in ErrorKind}
    found = {kind: response_to(case, kind, expected[kind]["headers"]) for kind in ErrorKind}
    for response in expected.values():
        response["body"] = without_signature(response["body"])
    assert found == expected


def response_to(case: Case, kind: ErrorKind, headers: Iterable[str]) -> dict[str, Any]:
    """The response to a request that a fault refuses with that kind of error, as literals have it,
    with these of its headers.
    """
    to = kept_mock(sample(case.id).reads)
    answer = send(to, signed_request(case).with_headers((FAULT_HEADER, f"error={kind}")))
    return {
        "status": answer.status,
        "code": str(newest(to, case.id)["code"]),
        "headers": {name: answer.header(name) for name in headers},
        "body": without_signature(answer.body.decode()),
    }


# Credentials


@every_guarded_operation
def test_an_unsigned_request_is_refused(case: Case) -> None:
    to = mock_for(case)
    answer = send(to, unsigned_request(case))
    assert not succeeded(to, case.service, answer)
    assert answer.status == literal(case, ErrorKind.NO_CREDENTIALS)["status"]
    assert newest(to, case.id)["why"]


@every_guarded_operation
def test_an_unknown_account_is_refused(case: Case) -> None:
    to = mock_for(case)
    answer = send(to, signed_request(case, unknown_credential(case.vendor)))
    assert not succeeded(to, case.service, answer)
    assert newest(to, case.id)["why"]


@every_guarded_operation
def test_any_altered_credential_is_refused(case: Case) -> None:
    """One field at a time; a field that does not show on the wire changes nothing there."""
    right = signed_request(case)
    shown = 0
    for name, value in case.vendor.credentials.items():
        forged = signed_request(case, with_field(case.credential, name, altered(value)))
        sent = (forged.headers, forged.target, forged.body)
        if sent == (right.headers, right.target, right.body):
            continue
        shown += 1
        to = mock_for(case)
        answer = send(to, forged)
        body = answer.body[:200]
        assert not succeeded(to, case.service, answer), f"{name} altered, and yet {body!r}"
        assert newest(to, case.id)["why"]
    assert shown, "no credential shows on the wire"


BODY_SIGNED = {"aliyun/ocr_api", "aws/textract", "huawei/ocr", "tencent/cloud"}
"""Services whose scheme signs the body of the sample request; the others sign something else."""


def with_changed_body(request: Request) -> Request:
    """The same fields in other bytes: the meaning stays, a signature over the body does not."""
    if request.content_type == "application/json" or not request.content_type:
        return request.with_body(request.body + b" ")
    if request.content_type == "multipart/form-data":
        return request.with_body(request.body + b"\r\n")
    return request.with_body(request.body + b"&")


@every_guarded_operation
def test_a_body_that_was_changed_after_signing_is_refused_where_the_body_is_signed(
    case: Case,
) -> None:
    request = signed_request(case)
    if not request.body:
        assert case.id not in READS_BODY
        return
    to = mock_for(case)
    answer = send(to, with_changed_body(request))
    signs_body = f"{case.vendor.name}/{case.service.name}" in BODY_SIGNED
    assert succeeded(to, case.service, answer) is not signs_body, answer.body[:300]
    if signs_body:
        assert whole_entry(to, answer)["problem"] == ErrorKind.BAD_SIGNATURE


@every_guarded_operation
def test_the_journal_shows_no_secret_of_a_forged_request(case: Case) -> None:
    secrets = [n for n in case.vendor.credentials if "secret_key" in n or n in SECRET_FIELDS]
    forged = case.credential
    for name in secrets:
        forged = with_field(forged, name, altered(case.vendor.credentials[name]))
    to = mock_for(case)
    answer = send(to, signed_request(case, forged))
    text = json.dumps(whole_entry(to, answer), ensure_ascii=False)
    for name in secrets:
        assert case.vendor.credentials[name] not in text, f"the journal shows {name}"


SECRET_FIELDS = {
    "sk",
    "password",
    "appsecret",
    "platform_secret",
    "private_key",
    "secret_access_key",
    "access_key_secret",
}

LIFETIMES = {
    "aliyun/ocr_api": timedelta(minutes=15),
    "aws/textract": timedelta(minutes=5),
    "tencent/legacy": timedelta(days=30),
    "tencent/cloud": timedelta(seconds=300),
    "huawei/ocr": timedelta(minutes=15),
    "huawei/iam": timedelta(minutes=15),
    "aliyun_market/platform": timedelta(minutes=5),
    "baidu/ocr": timedelta(days=30),
    "wechat/ocr": timedelta(hours=2),
}
"""How long a signed request stays valid; the samples of the other services carry no time."""


@every_service
def test_the_declared_lifetime_is_the_documented_one(vendor: Vendor, service: Service) -> None:
    assert service.lifetime == LIFETIMES.get(f"{vendor.name}/{service.name}")


@pytest.mark.parametrize(
    "case",
    [case for case in GUARDED.values() if case.service.lifetime is not None],
    ids=[id for id, case in GUARDED.items() if case.service.lifetime is not None],
)
def test_a_request_is_valid_exactly_for_its_lifetime(case: Case) -> None:
    assert case.service.lifetime is not None
    request = signed_request(case)
    seconds = case.service.lifetime.total_seconds()
    to = mock_for(case)
    set_later(to, request, seconds - 1)
    assert succeeded(to, case.service, send(to, request)), "refused within its lifetime"
    to = mock_for(case)
    set_later(to, request, seconds + 2)
    assert not succeeded(to, case.service, send(to, request)), "accepted past its lifetime"


@every_vendor
def test_a_signature_that_we_did_not_make_is_accepted(vendor: Vendor) -> None:
    foreign = [
        exchange
        for exchange in EXCHANGES
        if exchange.namespace in vendor.namespaces
        and not exchange.account
        and exchange.status < 300
        and exchange.verified.startswith(("sdk", "docs", "observed", "live"))
    ]
    assert foreign, "no exchange with credentials from an SDK or a document succeeds"


@every_vendor
def test_fresh_credentials_have_the_documented_fields(vendor: Vendor) -> None:
    fresh = vendor.generate_credentials("f" * 40)
    assert list(fresh) == list(vendor.credentials)
    assert set(fresh.values()).isdisjoint(v for k, v in vendor.credentials.items() if fresh[k] != v)
    assert vendor.generate_credentials("e" * 40) != fresh


@every_vendor
def test_lenient_auth_accepts_an_unknown_account_and_says_what_strict_would_have_said(
    vendor: Vendor,
) -> None:
    case = next(case for case in GUARDED.values() if case.vendor is vendor)
    to = mock_for(case, auth="lenient")
    answer = send(to, signed_request(case, unknown_credential(vendor)))
    why = newest(to, case.id)["why"]
    assert why.startswith("strict auth would refuse"), (answer.status, why)
    assert not succeeded(to, case.service, send(to, unsigned_request(case)))


# Quota, routing, headers


BILLED = {id: case for id, case in GUARDED.items() if not case.operation.free}


@pytest.mark.parametrize("case", BILLED.values(), ids=BILLED)
def test_a_quota_ends_with_the_vendors_own_response(case: Case) -> None:
    to = mock_for(case)
    put = ask(to.asgi, "PUT", f"/_mockocr/quotas/dev/{case.id}", JSON, b'{"left": 1}')
    assert put.status < 300, put.body
    first = signed_request(case)
    other = unsigned_request(case).replaced(seed=99, id=f"{99:032x}")
    second = case.service.sign(other, case.credential)
    assert succeeded(to, case.service, send(to, first))
    answer = send(to, second)
    seen_by_server = second.replaced(id=answer.header("x-mockocr-request"), seed=2, at=DEFAULT_TIME)
    expected = rendered(case, seen_by_server, ErrorKind.QUOTA_EXCEEDED)
    assert answer.status == expected.status
    assert without_signature(answer.body.decode()) == expected.body.decode()
    assert newest(to, case.id)["code"] == literal(case, ErrorKind.QUOTA_EXCEEDED)["code"]


@every_service
def test_an_unknown_path_gets_the_services_own_404(vendor: Vendor, service: Service) -> None:
    to = kept_mock("hello")
    if service.hosts:
        host = service.hosts[0].replace("{region}", "cn-north-4")
        answer = ask(to.asgi, "POST", "/no/such/path", (("Host", host), *JSON), b"{}")
        expected = literal(first_case(service), ErrorKind.NO_SUCH_OPERATION)
        assert answer.status == expected["status"]
        assert answer.header("content-type") == expected["headers"].get("Content-Type", "")
        assert newest(to, f"{service.namespace}.")["why"] == "POST /no/such/path"
    prefixed = ask(to.asgi, "POST", f"/{service.namespace}/no/such/path", JSON, b"{}")
    assert prefixed.status >= 200
    assert newest(to, f"{service.namespace}.")["why"] == "POST /no/such/path"


@every_operation
def test_a_wrong_method_gets_the_vendors_own_response(case: Case) -> None:
    request = signed_request(case)
    answer = ask(mock_for(case).asgi, refused_method(case), request.target, request.headers)
    assert answer.status == literal(case, ErrorKind.WRONG_METHOD)["status"]


@every_operation
def test_every_response_names_its_request_and_nothing_else_of_ours(case: Case) -> None:
    to = mock_for(case)
    answer = send(to, signed_request(case))
    ours = [name for name, _ in answer.headers if name.lower().startswith("x-mockocr")]
    assert ours == ["X-Mockocr-Request"]
    assert newest(to, case.id)["id"] == answer.header("x-mockocr-request")


# Bad input


BODILESS = {"azure.issue_token", "wechat.token"}
"""Operations with POST whose request has no body, and which look at none."""

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


READS_BODY = {
    id: case
    for id, case in CASES.items()
    if not {"GET", "DELETE"}.issuperset(case.operation.methods) and id not in BODILESS
}
GARBAGE_ANSWERS: Mapping[str, Mapping[str, list[Any]]] = {
    id: answers
    for path in (LITERALS / "garbage.json", *FIXTURES.glob("*/garbage.json"))
    for id, answers in json.loads(path.read_text("utf-8")).items()
}
"""Operation id → garbage → status and code, written out."""


@pytest.mark.parametrize("case", READS_BODY.values(), ids=READS_BODY)
def test_garbage_gets_the_vendors_own_error(case: Case) -> None:
    assert case.id in GARBAGE_ANSWERS, "fixtures/<namespace>/garbage.json has no literal answers"
    found = {}
    for garbage, (headers, body) in GARBAGE.items():
        model = unsigned_request(case).without_headers("content-type", "content-length")
        request = model.with_headers(*headers).replaced(body=body, size=len(body))
        to = mock_for(case)
        answer = send(to, case.service.sign(request, case.credential))
        entry = newest(to, case.id)
        assert entry["why"], (garbage, answer.body)
        assert "defect" not in entry["why"], (garbage, answer.body)
        found[garbage] = [answer.status, entry["code"]]
    assert found == {garbage: GARBAGE_ANSWERS[case.id][garbage] for garbage in GARBAGE}


@every_service
def test_fifty_megabytes_cost_no_more_than_reading_them(vendor: Vendor, service: Service) -> None:
    """The body is dropped beyond the limit: as quick as a body that no operation takes."""
    case = first_case(service)
    big = unsigned_request(case).with_body(b"x" * (50 * 1024 * 1024))
    request = case.service.sign(big, case.credential)
    to = mock()

    def seconds(target: str) -> tuple[float, Answer]:
        begun = time.perf_counter()
        answer = ask(to.asgi, request.method, target, request.headers, request.body)
        return time.perf_counter() - begun, answer

    nowhere, _ = seconds(f"/{service.namespace}/no/such/path")
    taken, answer = seconds(request.target)
    assert answer.status == literal(case, ErrorKind.BODY_TOO_LARGE)["status"]
    assert "bytes" in newest(to, case.id)["why"]
    assert taken < 20 * nowhere + 1.0
