"""The journal names the mistake behind a wrong signature, and where the signed text differs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from mockocr.core.exchange import Audit
from tests.asgi import ask
from tests.vendors.tencent.cloud.caller import SECRET, SECRET_ID, T, code, server

HOST = "127.0.0.1:8080"
BODY = json.dumps({"ImageBase64": "aGVsbG8=", "Scene": "发票"}).encode()
Signed = tuple[tuple[tuple[str, str], ...], bytes]
"""Headers and body of a request that is signed wrongly."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def hmac256(key: str | bytes, text: str) -> bytes:
    raw = key.encode() if isinstance(key, str) else key
    return hmac.new(raw, text.encode(), hashlib.sha256).digest()


def audit_of(signed: Signed) -> Audit:
    """What the journal gets to know about the refused request."""
    headers, body = signed
    to = server()
    answer = ask(to.asgi, "POST", "/", (("Host", HOST), *headers), body)
    assert code(answer) == "AuthFailure.SignatureFailure"
    (audit,) = to.audits
    assert SECRET not in audit.why
    return audit


def differs(audit: Audit) -> bool:
    assert audit.evidence is not None
    return audit.evidence.received not in ("", audit.evidence.expected)


def tc3(
    *,
    sent: bytes = BODY,
    hashed: str = sha256(BODY),
    names: str = "content-type;host",
    gap: str = "\n",
    prefix: str = "TC3",
    secret: str = SECRET,
    method: str = "POST",
    derived: bool = True,
) -> Signed:
    values = {"content-type": "application/json", "host": HOST}
    lines = "".join(f"{name}:{values[name]}\n" for name in names.split(";"))
    canonical = f"{method}\n/\n\n{lines}{gap}{names}\n{hashed}"
    scope = "2026-01-02/ocr/tc3_request"
    text = f"TC3-HMAC-SHA256\n{T}\n{scope}\n{sha256(canonical.encode())}"
    key = hmac256(hmac256(hmac256(prefix + secret, "2026-01-02"), "ocr"), "tc3_request")
    made = hmac256(key if derived else secret, text).hex()
    given = f"Credential={SECRET_ID}/{scope}, SignedHeaders={names}, Signature={made}"
    headers = (
        ("Content-Type", "application/json"),
        ("X-TC-Action", "GeneralBasicOCR"),
        ("X-TC-Version", "2018-11-19"),
        ("X-TC-Timestamp", str(T)),
        ("Authorization", f"TC3-HMAC-SHA256 {given}"),
    )
    return headers, sent


@pytest.mark.parametrize(
    ("signed", "cause", "different"),
    [
        (tc3(secret=f" {SECRET}"), "the secret_key has a blank or a line end around it", False),
        (tc3(prefix=""), "the key was derived from the SecretKey without TC3 before it", False),
        (tc3(derived=False), "the SecretKey itself was the key of the HMAC", False),
        (tc3(names="host;content-type"), "headers are not in the order of their names", True),
        (tc3(gap=""), "the canonical headers lack the line end after the last of them", True),
        (tc3(method="GET"), "the request was signed as a GET", True),
        (tc3(hashed=sha256(BODY).upper()), "the body's hash was signed in upper case", True),
        (tc3(hashed=sha256(b"")), "the body was left out of the signature", True),
        (
            tc3(sent=BODY.replace(b", ", b",").replace(b": ", b":")),
            "the body's JSON was serialised again after it was signed",
            True,
        ),
        (
            tc3(secret="another"),
            "wrong SecretKey, or body, host, content type or query changed after signing",
            False,
        ),
    ],
)
def test_the_mistake_of_a_tc3_client_is_named(signed: Signed, cause: str, different: bool) -> None:
    audit = audit_of(signed)
    assert cause in audit.why
    assert differs(audit) is different


FIELDS = {
    "Action": "GeneralBasicOCR",
    "ImageUrl": "http://127.0.0.1/a b.png",
    "Nonce": "11886",
    "SecretId": SECRET_ID,
    "Timestamp": str(T),
    "Version": "2018-11-19",
}
ENCODED = "&".join(f"{name}={quote(FIELDS[name], safe='')}" for name in FIELDS)
PLAIN = "&".join(f"{name}={FIELDS[name]}" for name in FIELDS)


def v1(text: str, digest: Any = hashlib.sha1, encode: Callable[[str], str] = str) -> Signed:
    made = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), digest).digest()).decode()
    pairs = {**FIELDS, "Signature": encode(made)}
    body = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items()).encode()
    return (("Content-Type", "application/x-www-form-urlencoded"),), body


@pytest.mark.parametrize(
    ("signed", "cause", "different"),
    [
        (v1(f"POST{HOST}/?{ENCODED}"), "values were percent-encoded before they were", True),
        (v1(f"GET{HOST}/?{PLAIN}"), "the request was signed as a GET", True),
        (v1(PLAIN), "the signed text lacks method, host or path", True),
        (v1(f"POST{HOST}?{PLAIN}"), "the signed text lacks the / after the host", True),
        (
            v1(f"POST{HOST}/?{PLAIN.replace('Nonce=11886&', '')}"),
            "Nonce was not signed",
            True,
        ),
        (
            v1(f"POST{HOST}/?{PLAIN}", hashlib.sha256),
            "the signature is HmacSHA256, and SignatureMethod says HmacSHA1",
            False,
        ),
        (
            v1(f"POST{HOST}/?{PLAIN}", encode=lambda text: base64.b64decode(text).hex()),
            "encoded in hex digits",
            False,
        ),
        (
            v1("nonsense"),
            "wrong SecretKey, or host or a parameter (HmacSHA1) changed after signing",
            False,
        ),
    ],
)
def test_the_mistake_of_a_v1_client_is_named(signed: Signed, cause: str, different: bool) -> None:
    audit = audit_of(signed)
    assert cause in audit.why
    assert differs(audit) is different


def test_a_clock_in_another_zone_is_named() -> None:
    to = server()
    headers, body = tc3()
    early = tuple(
        (name, str(T - 8 * 3600) if name == "X-TC-Timestamp" else value) for name, value in headers
    )
    answer = ask(to.asgi, "POST", "/", (("Host", HOST), *early), body)
    assert code(answer) == "AuthFailure.SignatureExpire"
    assert to.audits[0].why == (
        "X-TC-Timestamp is 28800 s behind the clock; 300 s are allowed; "
        "that is 8 h, as when local time is sent instead of UTC"
    )
