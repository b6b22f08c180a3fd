"""Calls to API 3.0, signed here and not by the code under test, sent to a whole mock."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from mockocr.app import Mock
from tests.asgi import Answer, ask
from tests.conformance import mock
from tests.exchange import picture

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
T = 1767323045
SECRET_ID = "AKIDMOCKOCR0000000000000000000000000"
SECRET = "mockocrSecretKey0000000000000000"
HELLO = {"ImageBase64": base64.b64encode(picture("hello.png")).decode()}


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def authorization(
    body: bytes,
    signed: Mapping[str, str],
    *,
    method: str = "POST",
    path: str = "/",
    query: str = "",
    timestamp: int = T,
    service: str = "ocr",
    date: str = "2026-01-02",
    secret: str = SECRET,
) -> str:
    """TC3 step by step as the page has it; `signed` are the headers as the client saw them."""
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    hashed = hashlib.sha256(body).hexdigest()
    request = f"{method}\n{path}\n{query}\n{lines}\n{names}\n{hashed}"
    scope = f"{date}/{service}/tc3_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    text = f"TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{digest}"
    key = _hmac(_hmac(_hmac(f"TC3{secret}".encode(), date), service), "tc3_request")
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={SECRET_ID}/{scope}"
    return f"TC3-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"


def posted(
    value: Any,
    action: str = "GeneralBasicOCR",
    *,
    to: Mock | None = None,
    host: str = "127.0.0.1:8080",
    signed_host: str = "",
    content_type: str = "application/json",
    extra: Mapping[str, str] | None = None,
    target: str = "/",
    **how: Any,
) -> Answer:
    """A signed POST of JSON; `signed_host` is what the client took for its host."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    signed = {"content-type": content_type, "host": signed_host or host}
    timestamp = str(how.get("timestamp", T))
    headers = {
        "Host": host,
        "Content-Type": content_type,
        "X-TC-Action": action,
        "X-TC-Version": "2018-11-19",
        "X-TC-Timestamp": timestamp,
        "Authorization": authorization(body, signed, **how),
        **(extra or {}),
    }
    return ask((to or mock()).asgi, "POST", target, tuple(headers.items()), body)


def fields(**changes: str) -> dict[str, str]:
    """The common parameters of the older signatures, with the action's own."""
    return {
        "Action": "GeneralBasicOCR",
        "Version": "2018-11-19",
        "Timestamp": str(T),
        "Nonce": "11886",
        "SecretId": SECRET_ID,
        **changes,
    }


def form(given: Mapping[str, str], host: str = "127.0.0.1:8080", signed_host: str = "") -> Answer:
    """A POST of a form with HmacSHA1."""
    joined = "&".join(f"{name}={given[name]}" for name in sorted(given))
    text = f"POST{signed_host or host}/?{joined}"
    made = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest())
    body = urlencode({**given, "Signature": made.decode()}).encode()
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    return ask(mock().asgi, "POST", "/", (("Host", host), kind), body)


def code(answer: Answer) -> str:
    """The error's code, or "" for a reading; the envelope is checked on the way."""
    assert answer.status == 200
    assert answer.header("content-type") == "application/json"
    response = answer.json["Response"]
    assert response["RequestId"]
    assert list(answer.json) == ["Response"]
    return str(response.get("Error", {}).get("Code", ""))


def message(answer: Answer) -> str:
    text: str = answer.json["Response"]["Error"]["Message"]
    return text
