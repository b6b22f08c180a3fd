"""Both signatures of API 3.0 against foreign vectors, and the variants that a server accepts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from mockocr.core.account import Credential
from mockocr.core.http import Headers, Request
from mockocr.signing.hmac_chain import derive_key
from mockocr.vendors.tencent import VENDOR
from mockocr.vendors.tencent.cloud import tc3, v1
from mockocr.vendors.tencent.cloud.service import SERVICE
from tests.asgi import ask
from tests.vendors.tencent.cloud.caller import (
    HELLO,
    NOW,
    T,
    authorization,
    code,
    fields,
    form,
    message,
    posted,
    server,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["tc3"], ids=lambda v: v["name"])
def test_tc3_makes_the_known_hashes_and_signature(vector: dict[str, Any]) -> None:
    headers = [(name, value) for name, value in vector["headers"]]
    payload = tc3.hash_payload(vector["body"].encode())
    assert payload == vector["payload"]
    request = tc3.canonical_request("POST", "/", "", headers, payload)
    assert hashlib.sha256(request.encode()).hexdigest() == vector["canonical"]
    scope = f"{vector['date']}/{vector['service']}/tc3_request"
    assert tc3.utc_date(vector["timestamp"]) == vector["date"]
    text = tc3.string_to_sign(str(vector["timestamp"]), scope, request)
    made = tc3.signature(vector["secret_key"], vector["date"], vector["service"], text)
    assert made == vector["signature"]


def test_the_documented_keys_are_derived_one_from_the_other() -> None:
    vector = VECTORS["tc3"][0]
    secret, parts = f"TC3{vector['secret_key']}".encode(), [vector["date"], vector["service"]]
    made = [derive_key(secret, *[*parts, "tc3_request"][:count]) for count in (1, 2, 3)]
    assert [key.hex() for key in made] == vector["keys"]


@pytest.mark.parametrize("vector", VECTORS["v1"], ids=lambda v: v["name"])
def test_v1_makes_the_known_text_and_signature(vector: dict[str, Any]) -> None:
    text = v1.text_to_sign(vector["method"], vector["host"], "/", vector["fields"])
    assert text == vector["text"]
    assert v1.signature(vector["secret_key"], text, vector["digest"]) == vector["signature"]


def test_an_unsigned_payload_is_hashed_as_its_literal() -> None:
    literal = hashlib.sha256(b"UNSIGNED-PAYLOAD").hexdigest()
    assert tc3.hash_payload(b"anything", unsigned=True) == literal


def test_underscores_in_names_are_signed_as_dots() -> None:
    assert v1.text_to_sign("GET", "h", "/", {"A_0_B": "x"}) == "GETh/?A.0.B=x"


@pytest.mark.parametrize(
    "signed",
    [
        "127.0.0.1:8080",
        "127.0.0.1",
        "ocr.tencentcloudapi.com",
    ],
)
def test_the_host_may_be_signed_as_sent_without_its_port_or_as_the_real_one(signed: str) -> None:
    assert code(posted(HELLO, signed_host=signed)) == ""
    assert code(form(fields(**HELLO), signed_host=signed)) == ""


def test_a_regional_host_may_be_signed_when_its_region_is_named() -> None:
    regional = "ocr.ap-shanghai.tencentcloudapi.com"
    named = {"X-TC-Region": "ap-shanghai"}
    assert code(posted(HELLO, signed_host=regional, extra=named)) == ""
    assert code(posted(HELLO, signed_host=regional)) == "AuthFailure.SignatureFailure"


def test_any_other_host_does_not_verify() -> None:
    assert code(posted(HELLO, signed_host="example.com")) == "AuthFailure.SignatureFailure"
    answer = form(fields(**HELLO), signed_host="example.com")
    assert code(answer) == "AuthFailure.SignatureFailure"


def test_the_scope_may_name_any_service() -> None:
    """The Node SDK names the first label of its endpoint, 127 for 127.0.0.1."""
    assert code(posted(HELLO, service="127")) == ""


def test_the_path_may_be_signed_as_sent_or_as_a_slash() -> None:
    assert code(posted(HELLO, target="/tencent_cloud/")) == ""
    assert code(posted(HELLO, target="/tencent_cloud/", path="/tencent_cloud/")) == ""
    wrong = posted(HELLO, target="/tencent_cloud/", path="/elsewhere")
    assert code(wrong) == "AuthFailure.SignatureFailure"


def test_header_values_may_be_signed_in_lower_case() -> None:
    """The documentation's samples sign the action in lower case, SDKs sign values as they are."""
    body = json.dumps(HELLO).encode()
    for action in ("generalbasicocr", "GeneralBasicOCR"):
        signed = {"content-type": "application/json", "host": "h", "x-tc-action": action}
        answer = posted(HELLO, host="h", extra={"Authorization": authorization(body, signed)})
        assert code(answer) == ""


def test_every_byte_of_body_and_query_counts() -> None:
    to = server()
    body = json.dumps(HELLO).encode()
    signed = {"content-type": "application/json", "host": "h"}
    value = authorization(body, signed)
    altered = posted(body + b" ", to=to, host="h", extra={"Authorization": value})
    assert code(altered) == "AuthFailure.SignatureFailure"
    query = "ImageUrl=http://127.0.0.1:1/a.png&IsPdf=false"
    value = authorization(b"", signed, method="GET", query=query)
    headers = (
        ("Host", "h"),
        ("Content-Type", "application/json"),
        ("X-TC-Action", "GeneralBasicOCR"),
        ("X-TC-Version", "2018-11-19"),
        ("X-TC-Timestamp", str(T)),
        ("Authorization", value),
    )
    assert code(ask(to.asgi, "GET", f"/?{query}", headers)) == "FailedOperation.DownLoadError"
    resorted = "IsPdf=false&ImageUrl=http://127.0.0.1:1/a.png"
    answer = ask(to.asgi, "GET", f"/?{resorted}", headers)
    assert code(answer) == "AuthFailure.SignatureFailure"


@pytest.mark.parametrize(("off", "expected"), [(300, ""), (-300, ""), (301, "x"), (-301, "x")])
def test_the_timestamp_may_be_five_minutes_off_either_way(off: int, expected: str) -> None:
    wanted = "AuthFailure.SignatureExpire" if expected else ""
    assert code(posted(HELLO, timestamp=T + off)) == wanted
    assert code(form(fields(**HELLO, Timestamp=str(T + off)))) == wanted


def test_the_date_of_the_scope_is_that_of_the_timestamp_in_utc() -> None:
    assert code(posted(HELLO, date="2026-01-03")) == "AuthFailure.SignatureFailure"


@pytest.mark.parametrize(
    "value",
    [
        "TC3-HMAC-SHA256",
        "TC3-HMAC-SHA256 Credential=a/2026-01-02/ocr/tc3_request, SignedHeaders=host, Signature=x",
        "TC3-HMAC-SHA256 Credential=a/ocr/tc3_request, SignedHeaders=host, Signature=" + "0" * 64,
        # content-type has to be signed
        "TC3-HMAC-SHA256 Credential=a/2026-01-02/ocr/tc3_request, SignedHeaders=host, Signature="
        + "0" * 64,
    ],
)
def test_a_malformed_authorization_is_invalid(value: str) -> None:
    answer = posted(HELLO, extra={"Authorization": value})
    assert code(answer) == "AuthFailure.InvalidAuthorization"


@pytest.mark.parametrize("name", ["Version", "Timestamp", "Nonce"])
def test_v1_names_the_common_parameter_that_is_missing(name: str) -> None:
    given = fields(**HELLO)
    del given[name]
    answer = form(given)
    assert code(answer) == "MissingParameter"
    assert f"`{name}`" in answer.json["Response"]["Error"]["Message"]


def test_v1_accepts_a_megabyte_and_names_tc3_beyond() -> None:
    answer = form(fields(ImageBase64="A" * (1024 * 1024)))
    assert code(answer) == "AuthFailure.SignatureFailure"
    assert "exceeding request size limit" in answer.json["Response"]["Error"]["Message"]


def test_a_token_of_temporary_credentials_is_refused() -> None:
    assert code(form(fields(**HELLO, Token="abc"))) == "AuthFailure.TokenFailure"


def test_an_unknown_signature_method_is_refused() -> None:
    answer = form(fields(**HELLO, SignatureMethod="MD5"))
    assert code(answer).startswith("InvalidParameterValue")


@pytest.mark.parametrize(("size", "refused"), [(1024 * 1024, False), (1024 * 1024 + 1, True)])
def test_a_v1_form_has_at_most_exactly_a_megabyte(size: int, refused: bool) -> None:
    start = urlencode({**fields(), "Signature": "wrong", "ImageBase64": ""}).encode()
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    answer = ask(server().asgi, "POST", "/", (kind,), start.ljust(size, b"A"))
    assert code(answer) == "AuthFailure.SignatureFailure"
    assert ("exceeding request size limit" in message(answer)) is refused


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_parameter_without_an_equals_sign_is_refused(method: str) -> None:
    text = urlencode(fields()) + "&broken"
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    target, body = (f"/?{text}", b"") if method == "GET" else ("/", text.encode())
    answer = ask(server().asgi, method, target, (kind,), body)
    assert message(answer) == "Url key and value should be splited by `=`."


TC3 = (("X-TC-Action", "GeneralBasicOCR"), ("X-TC-Version", "2018-11-19"))
JSON_BODY = json.dumps(HELLO).encode()
FORM_TYPE = ("Content-Type", "application/x-www-form-urlencoded")
V1 = urlencode({"Action": "GeneralBasicOCR", "Version": "2018-11-19", "SecretId": "x"})
UNREACHABLE = "ImageUrl=http%3A%2F%2F127.0.0.1%3A1%2Fa.png"
UNSIGNED = ("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD")


@pytest.mark.parametrize(
    ("method", "query", "headers", "body", "expected"),
    [
        ("POST", "", TC3, JSON_BODY, ""),
        ("POST", "", (*TC3, UNSIGNED), JSON_BODY, ""),
        ("GET", UNREACHABLE, TC3, b"", "FailedOperation.DownLoadError"),
        ("POST", "", (FORM_TYPE,), f"{V1}&{urlencode(HELLO)}".encode(), ""),
        ("GET", f"{V1}&{UNREACHABLE}", (), b"", "FailedOperation.DownLoadError"),
    ],
)
def test_sign_makes_a_request_that_is_accepted(
    method: str, query: str, headers: Headers, body: bytes, expected: str
) -> None:
    target = f"/?{query}" if query else "/"
    request = Request(
        method, "/", target, (("Host", "h"), *headers), query=query, body=body, at=NOW, seed=7
    )
    signed = SERVICE.sign(request, Credential("tencent", VENDOR.credentials))
    answer = ask(server().asgi, method, signed.target, signed.headers, signed.body)
    assert code(answer) == expected
    if "X-TC-Action" in dict(headers):
        kind = "application/x-www-form-urlencoded" if method == "GET" else "application/json"
        assert signed.header("content-type") == kind
    again = SERVICE.sign(signed, Credential("tencent", VENDOR.credentials))
    assert again == signed
