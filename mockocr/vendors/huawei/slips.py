"""What clients with AK and SK sign by mistake, to explain a wrong signature in the journal."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from urllib.parse import unquote

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.signing.diagnosis import bodies_like, likely, secrets_like
from mockocr.vendors.huawei import signature


def of(
    request: Request,
    header: signature.Authorization,
    principal: Principal,
    canonical: str,
    example: str,
) -> Slip | None:
    """The slip behind a signature; `canonical` is the request as it should have been signed."""
    secret = principal.credential.values["sk"]
    secrets = list(secrets_like(principal, "sk", "ak", example))

    def made(key: str, text: str) -> bytes:
        return bytes.fromhex(signature.signature(key, signature.string_to_sign(request, text)))

    def direct(key: str, text: str) -> bytes:
        key_bytes = key.encode("utf-8", "surrogateescape")
        return hmac.new(key_bytes, text.encode("utf-8", "surrogateescape"), hashlib.sha256).digest()

    def prefixed(key: str, text: str) -> bytes:
        return made("SDK" + key, text)

    texts = _requests(request, header, canonical)
    found = likely(header.signature, made, canonical, secret, secrets, texts)
    if found is not None:
        return found
    for other, cause in (
        (direct, "the canonical request itself was signed, not the text with its hash"),
        (prefixed, "the SK was used with SDK before it, and Huawei takes it as it is"),
    ):
        if likely(header.signature, other, canonical, secret) is not None:
            return Slip(canonical, cause)
    return None


def _requests(request: Request, header: signature.Authorization, right: str) -> Iterator[Slip]:
    names = header.headers
    hashed = signature.payload_hash(request)
    for body, cause in bodies_like(request.body):
        digest = hashlib.sha256(body).hexdigest()
        yield Slip(signature.canonical_request(request, names, payload=digest), cause)
    unsigned = signature.canonical_request(request, names, payload="UNSIGNED-PAYLOAD")
    yield Slip(unsigned, "the body was signed as UNSIGNED-PAYLOAD, and no header says so")
    if hashed != hashlib.sha256(request.body).hexdigest():
        digest = hashlib.sha256(request.body).hexdigest()
        signed = signature.canonical_request(request, names, payload=digest)
        yield Slip(signed, f"the body's hash was signed, and {signature.CONTENT} names another one")
    lines = right.split("\n")
    yield _with(lines, 1, lines[1].rstrip("/"), "the path was signed without the / at its end")
    path, _, query = (request.target or request.path).partition("?")
    yield _with(lines, 1, path, "the path was signed as it was sent, without the / at its end")
    yield _with(lines, 1, unquote(path).rstrip("/") + "/", "the path was signed decoded")
    written = "the query was signed in another form than sorted and encoded"
    for other in (query, unquote(query), "&".join(sorted(query.split("&"))), ""):
        yield _with(lines, 2, other, written)
    order = "the signed headers are not in the same order in the text as in SignedHeaders"
    for another in (sorted(names), sorted(names, key=str.lower)):
        yield Slip(signature.canonical_request(request, another), order)
    lower = [name.lower() for name in names]
    yield Slip(
        signature.canonical_request(request, lower),
        "the header names were signed in lower case, and SignedHeaders has capitals",
    )
    head, _, tail = right.rpartition("\n\n")
    yield Slip(f"{head}\n{tail}", "the text lacks the empty line behind the signed headers")
    for method in {"GET", "POST"} - {request.method.upper()}:
        yield _with(lines, 0, method, f"the request was signed as a {method}")
    yield _with(lines, -1, hashed.upper(), "the body's hash was signed in upper case")


def _with(lines: list[str], number: int, line: str, cause: str) -> Slip:
    changed = list(lines)
    changed[number] = line
    return Slip("\n".join(changed), cause)
