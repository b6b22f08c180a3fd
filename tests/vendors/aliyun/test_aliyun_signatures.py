"""ACS3 and RPC signatures against the vectors of the documentation, and their diagnosis."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest

from mockocr.app import Mock
from mockocr.core.account import Account, Credential
from mockocr.vendors.aliyun.ocr_api import acs3, rpc
from tests.asgi import Answer, ask
from tests.conformance import mock, send
from tests.exchange import DEFAULT_TIME, picture
from tests.vendors.aliyun.calling import CASE, HOST, KEY, NONCE, SECRET, TIME, newest, request

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
NAMES = "host x-acs-action x-acs-content-sha256 x-acs-date x-acs-signature-nonce x-acs-version"
URL = "https://example.com/a b*~.jpg?x=1"


def headers(action: str, payload: str = EMPTY) -> dict[str, str]:
    return {
        "host": HOST,
        "x-acs-action": action,
        "x-acs-content-sha256": payload,
        "x-acs-date": TIME,
        "x-acs-signature-nonce": NONCE,
        "x-acs-version": "2021-07-07",
    }


def acs3_signature(secret: str, canonical: str) -> str:
    return acs3.signature(secret, acs3.string_to_sign(canonical))


def test_the_vendors_own_acs3_vector_has_its_signature() -> None:
    signed = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": EMPTY,
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    image = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
    query = acs3.canonical_query((("RegionId", "cn-shanghai"), ("ImageId", image)))
    canonical = acs3.canonical_request("POST", "/", query, list(signed.items()), EMPTY)
    assert acs3.string_to_sign(canonical) == (
        "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259"
    )
    assert acs3_signature("YourAccessKeySecret", canonical) == (
        "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


@pytest.mark.parametrize(
    ("method", "action", "pairs", "signature"),
    [
        (
            "POST",
            "RecognizeGeneral",
            (("Url", URL),),
            "6eee8501695317ebf8c75d12c115e2679b082fb890a0fd1fd95951f422cd8443",
        ),
        (
            "GET",
            "RecognizeAdvanced",
            (("OutputCharInfo", "true"), ("NeedRotate", "true"), ("Url", "http://e.com/a.png")),
            "0cb50df47bd48863d0123148bb55a11304e736c97230f97307800546077d98f5",
        ),
    ],
)
def test_an_acs3_vector_with_a_query_has_its_signature(
    method: str, action: str, pairs: tuple[tuple[str, str], ...], signature: str
) -> None:
    signed = list(headers(action).items())
    canonical = acs3.canonical_request(method, "/", acs3.canonical_query(pairs), signed, EMPTY)
    assert acs3_signature(SECRET, canonical) == signature


def test_the_canonical_query_encodes_a_url_by_rfc_3986() -> None:
    expected = "Url=https%3A%2F%2Fexample.com%2Fa%20b%2A~.jpg%3Fx%3D1"
    assert acs3.canonical_query((("Url", URL),)) == expected


def test_an_acs3_vector_with_a_body_is_accepted_by_the_server() -> None:
    hashed = "4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6"
    authorization = (
        f"ACS3-HMAC-SHA256 Credential={KEY},SignedHeaders=content-type;{NAMES.replace(' ', ';')},"
        "Signature=7c851277e9de6487d9fd9f1ececf3ee345a19c934050175c67854f2c767abc23"
    )
    sent = {
        **headers("RecognizeGeneral", hashed),
        "content-type": "application/octet-stream",
        "authorization": authorization,
    }
    to = mock()
    answer = ask(to.asgi, "POST", "/", tuple(sent.items()), bytes.fromhex("89504e470d0a1a0a"))
    assert answer.status == 415
    assert answer.json["Code"] == "unsupportedImageFormat"


def test_the_vendors_own_rpc_vector_has_its_signature() -> None:
    pairs = (
        ("Timestamp", "2016-02-23T12:46:24Z"),
        ("Format", "XML"),
        ("AccessKeyId", "testid"),
        ("Action", "DescribeRegions"),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"),
        ("Version", "2014-05-26"),
        ("SignatureVersion", "1.0"),
    )
    text = rpc.string_to_sign("GET", pairs)
    assert rpc.signature("testsecret", text) == "OLeaidS1JvxuMvnyHOwuJ+uX5qY="


RPC = (
    ("AccessKeyId", KEY),
    ("Action", "RecognizeGeneral"),
    ("Format", "JSON"),
    ("SignatureMethod", "HMAC-SHA1"),
    ("SignatureNonce", NONCE),
    ("SignatureVersion", "1.0"),
    ("Timestamp", TIME),
    ("Version", "2021-07-07"),
)


def test_an_rpc_vector_has_its_text_and_signature() -> None:
    text = rpc.string_to_sign("POST", (*RPC, ("Signature", "left out")))
    assert text == (
        "POST&%2F&AccessKeyId%3DLTAIMOCKOCR000000000000%26Action%3DRecognizeGeneral%26Format"
        "%3DJSON%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D0123456789abcdef0123456789abcdef"
        "%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version"
        "%3D2021-07-07"
    )
    assert rpc.signature(SECRET, text) == "J4E5n0ofRs0i5KfmuWJt79A+Omw="


def test_an_rpc_vector_with_a_url_has_its_signature() -> None:
    text = rpc.string_to_sign("GET", (*RPC, ("Url", URL)))
    assert rpc.signature(SECRET, text) == "zjpLy5TYkE43DFNCyvhNClLJJgw="


# What is refused


def sent_acs3(
    to: Mock, canonical: str, secret: str = SECRET, query: str = "Row=true", path: str = "/"
) -> Answer:
    """hello.png, with a signature over that canonical request."""
    body = picture("hello.png")
    values = headers("RecognizeAdvanced", hashlib.sha256(body).hexdigest())
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    made = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    signed = f"SignedHeaders={NAMES.replace(' ', ';')},Signature={made}"
    values["authorization"] = f"ACS3-HMAC-SHA256 Credential={KEY},{signed}"
    return ask(to.asgi, "POST", f"{path}?{query}", tuple(values.items()), body)


def canonical_text(
    method: str = "POST", path: str = "/", query: str = "Row=true", payload: str = ""
) -> str:
    body_hash = hashlib.sha256(picture("hello.png")).hexdigest()
    lines = "".join(f"{n}:{v}\n" for n, v in headers("RecognizeAdvanced", body_hash).items())
    names = NAMES.replace(" ", ";")
    return "\n".join((method, path, query, lines, names, payload or body_hash))


def test_a_request_that_is_signed_by_the_rules_is_read() -> None:
    assert sent_acs3(mock(), canonical_text()).status == 200


def test_the_path_may_be_signed_as_it_is_sent_behind_a_prefix() -> None:
    to = mock()
    body = picture("hello.png")
    made = CASE.service.sign(request("RecognizeGeneral").replaced(at=DEFAULT_TIME), CASE.credential)
    answer = ask(to.asgi, "POST", "/aliyun/", made.headers, body)
    assert answer.status == 200


@pytest.mark.parametrize("host", ["ocr-api.cn-hangzhou.aliyuncs.com", "ocr-api.aliyuncs.com"])
def test_the_vendors_own_host_may_be_signed(host: str) -> None:
    assert sent_acs3(mock(), canonical_text().replace(HOST, host)).status == 200


def test_a_path_that_is_signed_as_it_was_sent_is_right() -> None:
    canonical = canonical_text(path="/aliyun/")
    assert sent_acs3(mock(), canonical, path="/aliyun/").status == 200
    assert sent_acs3(mock(), canonical).status == 400


@pytest.mark.parametrize("query", ["", "AccessKeyId=old&Action=RecognizeGeneral&Signature=old"])
def test_a_request_that_is_signed_already_is_signed_anew(query: str) -> None:
    """By the headers, or by the parameters if they name the action."""
    made = request("RecognizeGeneral", query, headers=(("Content-Type", "image/png"),))
    if query:
        made = made.without_headers("x-acs-action", "x-acs-version")
        made = made.with_query(f"{query}&Version=2021-07-07")
    once = CASE.service.sign(made.replaced(at=DEFAULT_TIME), CASE.credential)
    twice = CASE.service.sign(once, CASE.credential)
    assert (twice.headers, sorted(twice.query_fields())) == (
        once.headers,
        sorted(once.query_fields()),
    )
    assert len(dict(once.query_fields())) == len(once.query_fields())
    assert once.has_header("authorization") != bool(query)
    if not query:
        assert ";".join(sorted(["content-type", *NAMES.split()])) in once.header("authorization")
    assert send(mock(), twice).status == 200


@pytest.mark.parametrize("scheme", ["ACS3", "RPC"])
@pytest.mark.parametrize(("sent", "why"), [("", "no"), ("another", "another"), ("right", "")])
def test_an_option_demands_a_security_token(scheme: str, sent: str, why: str) -> None:
    to = mock(options={"aliyun": {"security_token": "right"}})
    if scheme == "ACS3":
        headers = (("x-acs-security-token", sent),) if sent else ()
        made = request("RecognizeGeneral", headers=headers)
    else:
        made = request("").without_headers("x-acs-action", "x-acs-version")
        fields = {"Action": "RecognizeGeneral", "Version": "2021-07-07", "SecurityToken": sent}
        made = made.with_query(urlencode({name: value for name, value in fields.items() if value}))
    answer = send(to, CASE.service.sign(made.replaced(at=DEFAULT_TIME), CASE.credential))
    if not why:
        assert answer.status == 200
        return
    assert answer.json["Code"] == "invalidStsToken"
    assert newest(to)["why"] == (
        f"the request has {why} security token; the option demands a certain one"
    )


def test_a_wrong_secret_has_its_sentence() -> None:
    to = mock()
    sent_acs3(to, canonical_text(), "wrong")
    assert newest(to)["why"].startswith(
        "the signature does not match: wrong AccessKey secret, or method, query or a signed header"
        " changed after signing; computed over "
    )
    sent_rpc(to, RPC, rpc_signature(RPC_TEXT, "wrong&"))
    assert newest(to)["why"].startswith(
        "the signature does not match: wrong AccessKey secret, or a parameter changed after"
        " signing; computed over "
    )


ACS3_MISTAKES: list[tuple[str, Callable[[], tuple[str, str]]]] = [
    ("the request was signed as a GET", lambda: (canonical_text(method="GET"), SECRET)),
    ("the query was left out of the signature", lambda: (canonical_text(query=""), SECRET)),
    (
        "the hash of an empty body was signed",
        lambda: (canonical_text(payload=EMPTY), SECRET),
    ),
    ("the canonical request ends with a line feed", lambda: (canonical_text() + "\n", SECRET)),
    (
        "the key has an ampersand behind the secret, as the older RPC signature wants it",
        lambda: (canonical_text(), f"{SECRET}&"),
    ),
    (
        "the access_key_id was used in place of the access_key_secret",
        lambda: (canonical_text(), KEY),
    ),
    (
        "the access_key_secret has a blank or a line end around it",
        lambda: (canonical_text(), f"{SECRET}\n"),
    ),
]


@pytest.mark.parametrize(("cause", "mistaken"), ACS3_MISTAKES, ids=[c for c, _ in ACS3_MISTAKES])
def test_the_journal_names_the_mistake_behind_an_acs3_signature(
    cause: str, mistaken: Callable[[], tuple[str, str]]
) -> None:
    to = mock()
    canonical, secret = mistaken()
    answer = sent_acs3(to, canonical, secret)
    hashed = hashlib.sha256(canonical_text().encode()).hexdigest()
    assert answer.status == 400
    assert answer.json["Code"] == "SignatureDoesNotMatch"
    assert answer.json["Message"] == (
        "Specified signature is not matched with our calculation. server string to sign is:"
        f"ACS3-HMAC-SHA256\n{hashed}"
    )
    shown = newest(to)
    assert shown["why"].startswith(f"the signature does not match: {cause}; computed over 'POST")
    assert shown["evidence"]["expected"].startswith("POST\n/\nRow=true\nhost:127.0.0.1:8080\n")


def sent_rpc(to: Mock, pairs: tuple[tuple[str, str], ...], signature: str) -> Answer:
    query = urlencode([*pairs, ("Signature", signature)])
    return ask(to.asgi, "POST", f"/?{query}", (("Host", HOST),), picture("hello.png"))


def rpc_signature(text: str, key: str = f"{SECRET}&") -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), "sha1").digest()).decode()


RPC_TEXT = "POST&%2F&" + quote(
    "&".join(f"{quote(n, safe='')}={quote(v, safe='')}" for n, v in RPC), safe=""
)
RPC_MISTAKES = {
    "the request was signed as a GET": rpc_signature(RPC_TEXT.replace("POST", "GET", 1)),
    "the key lacks the ampersand behind the secret": rpc_signature(RPC_TEXT, SECRET),
    "the parameters were encoded once instead of twice": rpc_signature(
        RPC_TEXT.replace("%25", "%")
    ),
    "the path / was not encoded": rpc_signature(RPC_TEXT.replace("%2F", "/", 1)),
    "Format was not signed": rpc_signature(RPC_TEXT.replace("Format%3DJSON%26", "")),
    "the access_key_secret is empty": rpc_signature(RPC_TEXT, "&"),
}


def test_an_rpc_request_that_is_signed_by_the_rules_is_read() -> None:
    assert sent_rpc(mock(), RPC, rpc_signature(RPC_TEXT)).status == 200


@pytest.mark.parametrize(("cause", "signature"), RPC_MISTAKES.items(), ids=RPC_MISTAKES)
def test_the_journal_names_the_mistake_behind_an_rpc_signature(cause: str, signature: str) -> None:
    to = mock()
    answer = sent_rpc(to, RPC, signature)
    assert (answer.status, answer.json["Code"]) == (400, "SignatureDoesNotMatch")
    assert answer.json["Message"].endswith(f"server string to sign is:{RPC_TEXT}")
    assert newest(to)["why"].startswith(f"the signature does not match: {cause}; computed over")


def test_a_body_that_is_not_the_signed_one_is_refused_with_both_hashes() -> None:
    to = mock()
    made = request("RecognizeGeneral").replaced(at=DEFAULT_TIME)
    signed = CASE.service.sign(made, CASE.credential)
    answer = ask(to.asgi, "POST", "/", signed.headers, b"another body")
    assert answer.json["Code"] == "SignatureDoesNotMatch"
    assert answer.json["Message"].endswith("server string to sign is:ACS3-HMAC-SHA256\n")
    hashed = hashlib.sha256(b"another body").hexdigest()
    assert f"the body of 12 bytes has {hashed}" in newest(to)["why"]


@pytest.mark.parametrize("scheme", ["ACS3", "RPC"])
def test_a_nonce_is_accepted_once_for_a_key(scheme: str) -> None:
    to = mock()

    def again() -> Answer:
        if scheme == "RPC":
            return sent_rpc(to, RPC, rpc_signature(RPC_TEXT))
        return sent_acs3(to, canonical_text())

    assert again().status == 200
    answer = again()
    assert answer.status == 400
    assert answer.json["Code"] == "SignatureNonceUsed"
    assert answer.json["Message"] == "Specified signature nonce was used already."
    assert newest(to)["why"] == f"the nonce '{NONCE}' was used before"


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [
        ("disabled", 400, "InvalidAccessKeyId.Inactive"),
        ("unsubscribed", 401, "ocrServiceNotOpen"),
        ("expired", 401, "OcrServiceExpired"),
        ("arrears", 401, "OcrServiceExpired"),
    ],
)
def test_the_state_of_a_credential_has_its_own_code(state: str, status: int, code: str) -> None:
    values = {"access_key_id": "LTAIpoor", "access_key_secret": "s"}
    credential = Credential("aliyun", values, state=state)  # type: ignore[arg-type]  # one of four
    to = mock(accounts=[Account("poor", (credential,))])
    made = request("RecognizeGeneral").replaced(at=DEFAULT_TIME)
    signed = CASE.service.sign(made, credential)
    answer = ask(to.asgi, "POST", "/", signed.headers, signed.body)
    assert (answer.status, answer.json["Code"]) == (status, code)
