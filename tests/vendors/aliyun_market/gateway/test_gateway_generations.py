"""What the gateway puts on responses, in both of its generations, and what is billed."""

from __future__ import annotations

import base64
import re

import pytest

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.vendors.aliyun_market.gateway.entry import GatewayEntry
from mockocr.vendors.aliyun_market.gateway.errors import GATEWAY_ENTRIES
from mockocr.vendors.aliyun_market.gateway.later_errors import LATER_ENTRIES
from tests.exchange import picture
from tests.vendors.aliyun_market.harness import DEFAULTS, THUMB, Market, get, post

CLASSIC = post("/ocr", b"")
LATER = CLASSIC.replaced(options={**DEFAULTS, "gateway": "vpc"})
CLASSIC_ENTRIES = [entry for entry in GATEWAY_ENTRIES if entry.later is not None]


def as_sent(request: Request, entry: ErrorEntry) -> Response:
    return THUMB.add_headers(request, THUMB.render_error(request, entry.filled({})))


def of_kind(request: Request, kind: ErrorKind) -> Response:
    return as_sent(request, THUMB.errors.by_kind(kind))


def test_the_quota_ends_with_the_documents_403_in_header_and_body() -> None:
    response = of_kind(CLASSIC, ErrorKind.QUOTA_EXCEEDED)
    assert (response.status, response.body) == (403, b"Quota Exhausted")
    assert response.header("x-ca-error-message") == "Quota Exhausted"
    assert not response.header("x-ca-error-code")


def test_the_later_generation_ends_the_quota_as_it_was_logged() -> None:
    response = of_kind(LATER, ErrorKind.QUOTA_EXCEEDED)
    assert (response.status, response.body) == (403, b"")
    assert response.header("content-type") == "application/oct-stream"
    assert response.header("server").startswith("Kaede/3.5.3.")
    assert response.header("x-ca-error-code") == "B403MQ"
    assert response.header("x-ca-error-message") == "Api Market Subscription quota exhausted"
    assert re.fullmatch(r"[0-9A-F-]{36}", response.header("x-ca-request-id"))


@pytest.mark.parametrize(
    ("kind", "classic", "later"),
    [
        (ErrorKind.NO_CREDENTIALS, (400, "Invalid AppKey"), (400, "A400MA")),
        (ErrorKind.UNKNOWN_ACCOUNT, (400, "Invalid AppCode"), (400, "A400AC")),
        (ErrorKind.BAD_SIGNATURE, (400, "Invalid Signature, Server"), (403, "A403IS")),
        (ErrorKind.EXPIRED, (400, "Timestamp Expired"), (403, "S403TE")),
        (ErrorKind.REPLAYED, (400, "Nonce Used"), (403, "S403NU")),
        (ErrorKind.FORBIDDEN, (403, "Unauthorized"), (403, "I403AA")),
        (ErrorKind.PACKAGE_EXPIRED, (403, "Quota Expired"), (403, "B403ME")),
        (ErrorKind.ARREARS, (403, "User Arrears"), (403, "B403OD")),
        (ErrorKind.RATE_LIMITED, (403, "Throttled by API Flow Control"), (429, "T429PA")),
        (ErrorKind.BUSY, (403, "Throttled by GROUP Flow Control"), (429, "T429GR")),
        (ErrorKind.BODY_TOO_LARGE, (413, "Payload Too Large"), (413, "I413RL")),
        (ErrorKind.BAD_BODY, (400, "Invalid Request Body"), (400, "I400BD")),
        (ErrorKind.NO_SUCH_OPERATION, (400, "Invalid Url"), (404, "I404NF")),
        (ErrorKind.WRONG_METHOD, (400, "Invalid Url"), (404, "I404NF")),
        (ErrorKind.ENGINE_FAILED, (500, "Failed To Invoke Backend Service"), (504, "D504CO")),
        (ErrorKind.UNAVAILABLE, (503, "Service Unavailable"), (503, "X503BZ")),
        (ErrorKind.INTERNAL, (500, "Internal Error"), (500, "X500ER")),
    ],
)
def test_each_kind_has_its_response_in_both_generations(
    kind: ErrorKind, classic: tuple[int, str], later: tuple[int, str]
) -> None:
    old = of_kind(CLASSIC, kind)
    assert old.status == classic[0]
    assert old.header("x-ca-error-message").startswith(classic[1])
    new = of_kind(LATER, kind)
    assert (new.status, new.header("x-ca-error-code")) == later
    assert new.body == b""


def test_a_code_of_the_later_generation_holds_its_status() -> None:
    for entry in LATER_ENTRIES:
        assert re.fullmatch(r"[A-Z]\d{3}[A-Z0-9]{2}", str(entry.code))
        assert int(str(entry.code)[1:4]) == entry.status


@pytest.mark.parametrize("entry", CLASSIC_ENTRIES, ids=lambda entry: entry.id)
def test_a_classic_entry_is_sent_in_the_spelling_of_the_later_generation(
    entry: GatewayEntry,
) -> None:
    response = as_sent(LATER, entry)
    assert entry.later in LATER_ENTRIES
    assert response.header("x-ca-error-code") == response.code == str(entry.later.code)
    assert response.status == entry.later.status
    assert "{" not in response.header("x-ca-error-message")


@pytest.mark.parametrize("entry", LATER_ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_of_the_later_generation_is_sent_in_both(entry: GatewayEntry) -> None:
    for request in (CLASSIC, LATER):
        response = as_sent(request, entry)
        assert (response.status, response.header("x-ca-error-code")) == (entry.status, entry.code)


def test_the_later_generation_names_what_was_asked_for() -> None:
    market = Market(gateway="vpc")
    answer = market.send(get("/aliyun_market/no/such"))
    assert (answer.status, answer.header("x-ca-error-message")) == (404, "API not found `/no/such`")
    odd = market.send(Request("BREW", "/ocr", "/ocr"))
    assert (odd.status, odd.header("x-ca-error-message")) == (405, "Unsupported Method `BREW`")
    empty = market.send(get("/thumb/ocr?a=1", ("X-Ca-Key", "203753385")))
    assert empty.header("x-ca-error-message") == (
        "Invalid Signature, Server StringToSign:`GET#####/thumb/ocr?a=1`"
    )


def test_the_later_generation_names_protocol_host_and_decoded_path() -> None:
    request = get("/a%20b?c=1", ("Host", "other.example")).replaced(
        scheme="https", options=LATER.options
    )
    for id, message in (
        ("API unsupport the channel", "Invalid protocol HTTPS unsupported"),
        ("Invalid Domain", "Invalid Domain `other.example`"),
        ("API Not Found", "API not found `/a b`"),
        ("Invalid HttpMethod", "Unsupported Method `GET`"),
    ):
        entry = THUMB.errors.find(id)
        assert entry is not None
        assert as_sent(request, entry).header("x-ca-error-message") == message


def test_an_unknown_method_has_another_error_than_a_wrong_one() -> None:
    answers = {m: Market().send(Request(m, "/ocr", "/ocr")) for m in ("GET", "DELETE", "BREW")}
    assert {m: a.header("x-ca-error-message") for m, a in answers.items()} == {
        "GET": "Invalid Url",
        "DELETE": "Invalid Url",
        "BREW": "Invalid HttpMethod",
    }


def test_every_response_has_a_request_id_and_a_billed_one_says_so() -> None:
    market = Market()
    good = market.signed(post("/ocr", {"img": base64.b64encode(picture("hello.png")).decode()}))
    bad = market.signed(post("/ocr", {"ver": "1"}))
    unsigned = market.send(post("/ocr", {"ver": "1"}))
    for answer in (good, bad, unsigned):
        assert answer.header("x-ca-request-id") == "01234567-89AB-CDEF-0123-456789ABCDEF"
    assert [a.status for a in (good, bad, unsigned)] == [200, 666, 400]
    assert [a.header("x-ca-market-billing-result") for a in (good, bad, unsigned)] == ["1", "", ""]
    assert market.quotas.billed == [True, False]


def test_debug_mode_adds_its_header() -> None:
    request = post("/ocr", {"ver": "9"}, ("X-Ca-Request-Mode", "debug"))
    assert "ServiceLatency" in Market().signed(request).header("x-ca-debug-info")


@pytest.mark.parametrize(
    ("status", "paid"), [(199, False), (200, True), (300, True), (301, False), (666, False)]
)
def test_only_200_to_300_is_paid_for(status: int, paid: bool) -> None:
    assert THUMB.billed(Response(status)) is paid


def test_a_request_costs_two_fen() -> None:
    price = {o.name: o.price for o in THUMB.operations}["ocr"]
    assert price is not None
    assert (price.amount, price.currency) == (0.02, "CNY")
