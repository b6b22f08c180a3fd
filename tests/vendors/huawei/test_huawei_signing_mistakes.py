"""The journal names the mistake behind a wrong signature, and shows what the client signed.

The requests are signed here by hand, so that each can be signed in one wrong way.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable

import pytest

from mockocr.core.http import Request
from tests.vendors.huawei.harness import AT, CREDENTIAL, PATH, Harness, error, harness, send

SK = CREDENTIAL.values["sk"]
BODY = json.dumps({"image": "aGVsbG8=", "note": "发票"}).encode()
DATE = "20260102T030405Z"
VALUES = {"content-type": "application/json", "host": "127.0.0.1:8080", "x-sdk-date": DATE}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def signed(
    *,
    body: bytes = BODY,
    hashed: str = sha256(BODY),
    method: str = "POST",
    path: str = f"{PATH}/",
    query: str = "",
    sent_query: str = "",
    names: str = "content-type;host;x-sdk-date",
    listed: str = "content-type;host;x-sdk-date",
    gap: str = "\n",
    key: str = SK,
    whole_text: bool = False,
    encode: Callable[[bytes], str] = bytes.hex,
    extra: tuple[tuple[str, str], ...] = (),
) -> Request:
    """A request whose signature covers the given parts; `body`, `listed` and `sent_query` are sent.

    `whole_text` signs the canonical request itself.
    """
    lines = "".join(f"{name}:{VALUES[name.lower()]}\n" for name in names.split(";"))
    canonical = f"{method}\n{path}\n{query}\n{lines}{gap}{names}\n{hashed}"
    text = f"SDK-HMAC-SHA256\n{DATE}\n{sha256(canonical.encode())}"
    if whole_text:
        text = canonical
    made = encode(hmac.digest(key.encode(), text.encode(), "sha256"))
    ak = CREDENTIAL.values["ak"]
    header = f"SDK-HMAC-SHA256 Access={ak}, SignedHeaders={listed}, Signature={made}"
    headers = (
        ("Content-Type", "application/json"),
        ("Host", VALUES["host"]),
        ("X-Sdk-Date", DATE),
        *extra,
        ("Authorization", header),
    )
    target = PATH + ("?" + sent_query if sent_query else "")
    return Request("POST", PATH, target, headers, sent_query, body, at=AT, size=len(body))


def refused(request: Request) -> Harness:
    to = harness()
    answer = send(to, request)
    message = "Incorrect IAM authentication information: verify aksk signature fail"
    assert error(answer) == (401, "APIG.0301", message)
    return to


def test_these_requests_are_signed_right_without_a_mistake() -> None:
    assert send(harness(), signed()).json["error_code"] == "AIS.0102"


@pytest.mark.parametrize(
    ("request_", "cause"),
    [
        (signed(key=SK + "\n"), "the sk has a blank or a line end around it"),
        (signed(key=CREDENTIAL.values["ak"]), "the ak was used in place of the sk"),
        (signed(key="SDK" + SK), "the SK was prefixed with SDK, but Huawei uses it unchanged"),
        (
            signed(whole_text=True),
            "the canonical request was signed instead of the string to sign",
        ),
        (
            signed(encode=lambda raw: base64.b64encode(raw).decode()),
            "the signature is encoded in base64, which this vendor does not use",
        ),
        (
            signed(encode=lambda raw: raw.hex().upper()),
            "the signature is encoded in upper-case hex digits",
        ),
        (signed(key="another"), "the SK is wrong, or the request was changed after it was signed"),
    ],
)
def test_a_wrong_secret_or_encoding_is_named(request_: Request, cause: str) -> None:
    to = refused(request_)
    assert to.why.startswith(f"the signature does not match: {cause}; computed over ")
    assert SK not in f"{to.why} {to.audit.evidence}"


@pytest.mark.parametrize(
    ("request_", "cause"),
    [
        (
            signed(body=BODY + b"\n"),
            "the body gained or lost a line end after it was signed",
        ),
        (
            signed(body=json.dumps(json.loads(BODY), ensure_ascii=False).encode()),
            "the body's JSON was serialised again after it was signed",
        ),
        (
            signed(
                body='{"note":"发票"}'.encode(), hashed=sha256('{"note":"发票"}'.encode("gb18030"))
            ),
            "the body was signed in GB18030 and sent in UTF-8",
        ),
        (signed(hashed=sha256(b"")), "the body was left out of the signature"),
        (
            signed(hashed="UNSIGNED-PAYLOAD"),
            "the body was signed as UNSIGNED-PAYLOAD, but X-Sdk-Content-Sha256 does not say so",
        ),
        (
            signed(extra=(("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"),)),
            "the body's hash was signed, but X-Sdk-Content-Sha256 has another value",
        ),
        (signed(hashed=sha256(BODY).upper()), "the body's hash was signed in upper case"),
        (signed(path=PATH), "the path was signed without its final /"),
        (
            signed(query="b=2&a=1", sent_query="b=2&a=1"),
            "the query was not signed sorted and percent-encoded",
        ),
        (
            signed(query="", sent_query="a=1"),
            "the query was not signed sorted and percent-encoded",
        ),
        (
            signed(listed="x-sdk-date;host;content-type"),
            "the headers were signed in another order than SignedHeaders lists them",
        ),
        (
            signed(listed="Content-Type;host;x-sdk-date"),
            "the header names were signed in lower case, but SignedHeaders has capitals",
        ),
        (
            signed(gap=""),
            "the canonical request lacks the empty line after the signed headers",
        ),
        (signed(method="GET"), "the request was signed as a GET"),
    ],
)
def test_a_wrong_text_is_named_and_shown(request_: Request, cause: str) -> None:
    to = refused(request_)
    assert to.why.startswith(f"the signature does not match: {cause}; computed over ")
    evidence = to.audit.evidence
    assert evidence is not None
    assert evidence.received
    assert evidence.received != evidence.expected


def encoded_path(path: str, *, signed_path: str) -> Request:
    """A request for another path, with the canonical path that the client signed."""
    return signed(path=signed_path).replaced(path=path, target=path)


@pytest.mark.parametrize(
    ("signed_path", "cause"),
    [
        ("/v2/a b/ocr/web-image/", "the path was signed percent-decoded"),
        ("/v2/a+b%2fc/ocr/web-image", "the path was signed as sent, without the final /"),
    ],
)
def test_a_path_in_another_encoding_is_named(signed_path: str, cause: str) -> None:
    sent = signed_path.rstrip("/").replace(" ", "%20")
    to = refused(encoded_path(sent, signed_path=signed_path))
    assert to.why.startswith(f"the signature does not match: {cause}; computed over ")
