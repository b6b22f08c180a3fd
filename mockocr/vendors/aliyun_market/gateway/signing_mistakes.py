"""What clients of the gateway sign by mistake, to explain a wrong signature in the journal."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_secrets
from mockocr.vendors.aliyun_market.credentials import EXAMPLE
from mockocr.vendors.aliyun_market.gateway.signature import (
    ALGORITHMS,
    StringToSign,
    digest,
    is_form,
    readable,
    signature,
    signed_parts,
)


def find_mistake(request: Request, principal: Principal, method: str) -> SigningMistake | None:
    """The mistake behind a wrong X-Ca-Signature made by the algorithm `method`, or None."""
    sent, parts = request.header("x-ca-signature"), signed_parts(request)
    text, secret = parts.text, principal.values.get("appsecret", "")
    mistake = diagnose(
        sent,
        lambda key, signed: digest(signed, key, method),
        text,
        secret,
        similar_secrets(principal, "appsecret", "appkey", EXAMPLE["appsecret"]),
        _mistaken_strings(request, parts),
    )
    if mistake is not None:
        return SigningMistake(readable(mistake.text), mistake.cause)
    for other in ALGORITHMS:
        if other != method and hmac.compare_digest(
            signature(text, secret, other).encode(), sent.encode("utf-8", "replace")
        ):
            cause = f"the signature is {other}, and X-Ca-Signature-Method says {method}"
            return SigningMistake(readable(text), cause)
    return None


def _mistaken_strings(request: Request, parts: StringToSign) -> Iterator[SigningMistake]:
    yield from _other_headers(request, parts)
    yield from _other_urls(request, parts)
    yield from _other_blocks(parts)
    method = "GET" if parts.method == "POST" else "POST"
    yield _mistake(parts._replace(method=method), f"the request was signed as a {method}")
    text = parts.text
    yield SigningMistake(text + "\n", "the string was signed with a line end behind it")
    hashes = "the string was signed with # in place of its line ends"
    yield SigningMistake(text.replace("\n", "#"), hashes)


def _other_headers(request: Request, parts: StringToSign) -> Iterator[SigningMistake]:
    for name, without, cause in (
        ("accept", parts._replace(accept=""), "signed no Accept, and its HTTP library sent one"),
        (
            "content-type",
            parts._replace(content_type=""),
            "signed no Content-Type, and its HTTP library sent one",
        ),
        ("content-md5", parts._replace(content_md5=""), "signed no Content-MD5, and sent one"),
        ("date", parts._replace(date=""), "signed no Date, and its HTTP library sent one"),
    ):
        if request.has_header(name):
            yield _mistake(without, f"the client {cause}")
    for accept in ("application/json", "*/*", "application/json; charset=utf-8"):
        cause = f"the client signed Accept: {accept}, and sent another"
        yield _mistake(parts._replace(accept=accept), cause)


def _other_urls(request: Request, parts: StringToSign) -> Iterator[SigningMistake]:
    query = request.target.partition("?")[2]
    if query:
        encoded = "the client signed the query encoded; it must be sorted and decoded"
        yield _mistake(parts._replace(parameters=query), encoded)
        bare = "the client signed the path without its query"
        yield _mistake(parts._replace(parameters=""), bare)
    if is_form(request) and request.body:
        without = signed_parts(request.replaced(body=b""))
        yield _mistake(without, "the client signed the URL without the form's parameters")


def _other_blocks(parts: StringToSign) -> Iterator[SigningMistake]:
    lines = parts.signed_headers.splitlines(keepends=True)
    order = "the signed headers are in another order than X-Ca-Signature-Headers names them"
    for ordered in (sorted(lines), sorted(lines, key=str.lower), lines[::-1]):
        yield _mistake(parts._replace(signed_headers="".join(ordered)), order)
    split = (line.partition(":") for line in lines)
    lower = [name.lower() + ":" + value for name, _, value in split]
    case = "the names of the signed headers are spelled differently than in X-Ca-Signature-Headers"
    for spelled in (lower, sorted(lower)):
        yield _mistake(parts._replace(signed_headers="".join(spelled)), case)
    yield _mistake(parts._replace(signed_headers=""), "the client left the signed headers out")


def _mistake(parts: StringToSign, cause: str) -> SigningMistake:
    return SigningMistake(parts.text, cause)
