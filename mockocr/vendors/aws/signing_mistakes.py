"""What clients sign by mistake with Signature Version 4, to explain a wrong signature."""

from __future__ import annotations

from collections.abc import Iterator

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_bodies, similar_secrets
from mockocr.signing.hmac_chain import derive_key, hmac_sha256, sha256_hex
from mockocr.vendors.aws import sigv4
from mockocr.vendors.aws.credentials import EXAMPLE

UNSIGNED = "UNSIGNED-PAYLOAD"


def find_mistake(
    request: Request,
    header: sigv4.Authorization,
    date: str,
    principal: Principal,
    canonical: str,
) -> SigningMistake | None:
    """The mistake behind a wrong signature, or None. `canonical` should have been signed."""
    secret = principal.values["secret_access_key"]
    scope = header.scope

    def to_sign(text: str) -> str:
        return sigv4.string_to_sign(date, "/".join(scope), text)

    def derived(key: str, text: str) -> bytes:
        return bytes.fromhex(sigv4.signature(key, scope, to_sign(text)))

    def unprefixed(key: str, text: str) -> bytes:
        return hmac_sha256(derive_key(key.encode(), *scope), to_sign(text))

    def underived(key: str, text: str) -> bytes:
        return hmac_sha256(key.encode(), to_sign(text))

    def unhashed(key: str, text: str) -> bytes:
        return hmac_sha256(derive_key(f"AWS4{key}".encode(), *scope), text)

    secrets = similar_secrets(
        principal, "secret_access_key", "access_key_id", EXAMPLE["secret_access_key"]
    )
    texts = _wrong_requests(request, header, canonical)
    found = diagnose(header.signature, derived, canonical, secret, secrets, texts)
    if found is not None:
        return found
    for digest, cause in (
        (unprefixed, "the key was derived from the secret without AWS4 before it"),
        (underived, "the secret itself was the key of the HMAC, not the one derived from it"),
        (unhashed, "the canonical request was signed instead of the string to sign"),
    ):
        if diagnose(header.signature, digest, canonical, secret) is not None:
            return SigningMistake(canonical, cause)
    return None


def _wrong_requests(
    request: Request, header: sigv4.Authorization, right: str
) -> Iterator[SigningMistake]:
    names = header.headers
    hashed = request.cached(sigv4.body_hash)
    for body, cause in similar_bodies(request.body):
        yield _with_payload(request, names, sha256_hex(body), cause)
    yield _with_payload(
        request, names, UNSIGNED, f"the body was signed as {UNSIGNED}, which only S3 accepts"
    )
    stated = request.header("x-amz-content-sha256").strip()
    if stated and stated != hashed:
        yield _with_payload(
            request, names, stated, "X-Amz-Content-Sha256 is not the SHA-256 of the body"
        )
    yield _with_payload(request, names, hashed.upper(), "the body's hash was signed in upper case")
    ordered = tuple(sorted(names))
    if ordered != names:
        yield SigningMistake(
            sigv4.build_canonical(request, ordered),
            "SignedHeaders lists the headers in another order than they were signed in",
        )
    head, _, tail = right.rpartition("\n\n")
    yield SigningMistake(
        f"{head}\n{tail}", "the canonical request lacks the empty line after the signed headers"
    )
    for method in ("GET", "PUT"):
        yield SigningMistake(
            right.replace(request.method, method, 1), f"the request was signed as a {method}"
        )
    for target in ("/", ""):
        yield SigningMistake(
            sigv4.build_canonical(request, names, target=target or "//"),
            "another path was signed than the one that was sent",
        )


def _with_payload(
    request: Request, names: tuple[str, ...], payload: str, cause: str
) -> SigningMistake:
    return SigningMistake(sigv4.build_canonical(request, names, payload=payload), cause)
