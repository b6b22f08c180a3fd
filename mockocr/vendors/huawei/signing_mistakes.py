"""Mistakes that clients make when they sign with AK and SK, to explain a wrong signature."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_bodies, similar_secrets
from mockocr.signing.hmac_chain import hmac_sha256, sha256_hex
from mockocr.vendors.huawei.credentials import EXAMPLE
from mockocr.vendors.huawei.signature import (
    CONTENT,
    Authorization,
    build_canonical_request,
    compute_signature,
    payload_hash,
    string_to_sign,
)


def find_mistake(
    request: Request, header: Authorization, principal: Principal, canonical: str
) -> SigningMistake | None:
    """The mistake behind a wrong signature, or None.

    `canonical` is the canonical request that should have been signed.
    """
    secret = principal.values["sk"]
    secrets = list(similar_secrets(principal, "sk", "ak", EXAMPLE["sk"]))

    def digest(key: str, text: str) -> bytes:
        return bytes.fromhex(compute_signature(key, string_to_sign(request, text)))

    def digest_without_hash(key: str, text: str) -> bytes:
        return hmac_sha256(key.encode("utf-8", "surrogateescape"), text)

    def digest_with_prefix(key: str, text: str) -> bytes:
        return digest("SDK" + key, text)

    texts = _similar_requests(request, header, canonical)
    found = diagnose(header.signature, digest, canonical, secret, secrets, texts)
    if found is not None:
        return found
    for other, cause in (
        (digest_without_hash, "the canonical request was signed instead of the string to sign"),
        (digest_with_prefix, "the SK was prefixed with SDK, but Huawei uses it unchanged"),
    ):
        if diagnose(header.signature, other, canonical, secret) is not None:
            return SigningMistake(canonical, cause)
    return None


def _similar_requests(
    request: Request, header: Authorization, right: str
) -> Iterator[SigningMistake]:
    names = header.headers
    hashed = payload_hash(request)
    actual = sha256_hex(request.body)
    if hashed != actual:
        text = build_canonical_request(request, names, payload=actual)
        yield SigningMistake(text, f"the body's hash was signed, but {CONTENT} has another value")
    for body, cause in similar_bodies(request.body):
        text = build_canonical_request(request, names, payload=sha256_hex(body))
        yield SigningMistake(text, cause)
    unsigned = build_canonical_request(request, names, payload="UNSIGNED-PAYLOAD")
    yield SigningMistake(
        unsigned, f"the body was signed as UNSIGNED-PAYLOAD, but {CONTENT} does not say so"
    )
    lines = right.split("\n")
    yield _with_line(lines, 1, lines[1].rstrip("/"), "the path was signed without its final /")
    path, _, query = (request.target or request.path).partition("?")
    yield _with_line(lines, 1, path, "the path was signed as sent, without the final /")
    decoded = unquote(path).rstrip("/") + "/"
    yield _with_line(lines, 1, decoded, "the path was signed percent-decoded")
    for other in (query, unquote(query), "&".join(sorted(query.split("&"))), ""):
        yield _with_line(lines, 2, other, "the query was not signed sorted and percent-encoded")
    order = "the headers were signed in another order than SignedHeaders lists them"
    for another in (sorted(names), sorted(names, key=str.lower)):
        yield SigningMistake(build_canonical_request(request, another), order)
    lower = [name.lower() for name in names]
    yield SigningMistake(
        build_canonical_request(request, lower),
        "the header names were signed in lower case, but SignedHeaders has capitals",
    )
    head, _, tail = right.rpartition("\n\n")
    yield SigningMistake(
        f"{head}\n{tail}", "the canonical request lacks the empty line after the signed headers"
    )
    for method in {"GET", "POST"} - {request.method.upper()}:
        yield _with_line(lines, 0, method, f"the request was signed as a {method}")
    yield _with_line(lines, -1, hashed.upper(), "the body's hash was signed in upper case")


def _with_line(lines: list[str], number: int, line: str, cause: str) -> SigningMistake:
    changed = list(lines)
    changed[number] = line
    return SigningMistake("\n".join(changed), cause)
