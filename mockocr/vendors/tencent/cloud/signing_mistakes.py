"""What clients of API 3.0 sign by mistake, to explain a wrong signature in the journal."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote_plus

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_bodies, similar_secrets
from mockocr.signing.hmac_chain import derive_key, hmac_sha256
from mockocr.vendors.tencent.cloud import tc3, v1
from mockocr.vendors.tencent.credentials import EXAMPLE


def shown_text(canonical: str, text: str) -> str:
    """What the journal shows of a TC3 signature: canonical request, blank line, string to sign."""
    return f"{canonical}\n\n{text}"


def find_tc3_mistake(
    request: Request,
    authorization: tc3.Authorization,
    timestamp: str,
    principal: Principal,
    shown: str,
) -> SigningMistake | None:
    """The mistake behind a TC3 signature; `shown` is the right text as `shown_text` makes it."""
    secret = principal.values["secret_key"]
    date, service = authorization.date, authorization.service

    def signed(text: str) -> str:
        return text.rpartition("\n\n")[2]

    def derived(key: str, text: str) -> bytes:
        return bytes.fromhex(tc3.signature(key, date, service, signed(text)))

    def underived(key: str, text: str) -> bytes:
        return hmac_sha256(key.encode(), signed(text))

    def unprefixed(key: str, text: str) -> bytes:
        return hmac_sha256(derive_key(key.encode(), date, service, "tc3_request"), signed(text))

    texts = (
        SigningMistake(
            shown_text(canonical, tc3.string_to_sign(timestamp, authorization.scope, canonical)),
            cause,
        )
        for canonical, cause in _wrong_requests(request, authorization)
    )
    secrets = similar_secrets(principal, "secret_key", "secret_id", EXAMPLE["secret_key"])
    found = diagnose(authorization.signature, derived, shown, secret, secrets, texts)
    if found is not None:
        return found
    for digest, cause in (
        (underived, "the SecretKey itself was the key of the HMAC, not the one derived from it"),
        (unprefixed, "the key was derived from the SecretKey without TC3 before it"),
    ):
        if diagnose(authorization.signature, digest, shown, secret) is not None:
            return SigningMistake(shown, cause)
    return None


def _wrong_requests(
    request: Request, authorization: tc3.Authorization
) -> Iterator[tuple[str, str]]:
    """Wrong canonical requests, each with its cause."""
    unsigned = tc3.is_unsigned(request)
    hashed = tc3.hash_payload(request.body, unsigned)
    query = request.query if request.method == "GET" else ""
    headers = [(name, request.header(name)) for name in authorization.headers]
    right = tc3.canonical_request(request.method, "/", query, headers, hashed)
    unhashed = right[: -len(hashed)]
    for body, cause in similar_bodies(request.body):
        yield unhashed + tc3.hash_payload(body), cause
    if unsigned:
        yield (
            unhashed + tc3.hash_payload(request.body),
            "the body was signed, although X-TC-Content-SHA256 says that it was not",
        )
    lines = "".join(f"{name}:{value.strip()}\n" for name, value in headers)
    listed = ";".join(authorization.headers)
    unordered = "\n".join((request.method, "/", query, lines, listed, hashed))
    yield unordered, "the signed headers are not in the order of their names"
    block = "".join(f"{name}:{value.strip()}\n" for name, value in sorted(headers))
    names = ";".join(sorted(authorization.headers))
    missing = "\n".join((request.method, "/", query, block + names, hashed))
    yield missing, "the canonical headers lack the line end after the last of them"
    for other in {"GET", "POST"} - {request.method}:
        yield right.replace(request.method, other, 1), f"the request was signed as a {other}"
    yield right.upper(), "the canonical request was signed in upper case"
    yield unhashed + hashed.upper(), "the body's hash was signed in upper case"
    if query:
        ordered = "&".join(sorted(query.split("&")))
        for written in (ordered, unquote_plus(query), quote(query, safe="=&"), ""):
            changed = tc3.canonical_request(request.method, "/", written, headers, hashed)
            yield changed, "the query was signed in another form than it was sent in"


def find_v1_mistake(
    request: Request,
    fields: Mapping[str, str],
    method: str,
    principal: Principal,
    shown: str,
) -> SigningMistake | None:
    """The mistake behind a v1 signature; `shown` is the right text to sign."""
    secret, received = principal.values["secret_key"], fields["Signature"]
    found = diagnose(
        received,
        lambda key, text: v1.digest(key, text, method),
        shown,
        secret,
        similar_secrets(principal, "secret_key", "secret_id", EXAMPLE["secret_key"]),
        _wrong_texts(request, fields),
    )
    if found is not None:
        return found
    for other in (name for name in v1.METHODS if name != method):
        made = v1.signature(secret, shown, other)
        if hmac.compare_digest(made.encode(), received.encode("utf-8", "replace")):
            return SigningMistake(
                shown, f"the signature is {other}, and SignatureMethod says {method}"
            )
    return None


def _wrong_texts(request: Request, fields: Mapping[str, str]) -> Iterator[SigningMistake]:
    host, method = request.host, request.method
    right = v1.text_to_sign(method, host, "/", fields)
    kept = {name: value for name, value in fields.items() if name != "Signature"}
    encoded = {name: quote(value, safe="") for name, value in kept.items()}
    yield SigningMistake(
        v1.text_to_sign(method, host, "/", encoded),
        "the values were percent-encoded before they were signed",
    )
    unsorted = "&".join(f"{name}={value}" for name, value in kept.items())
    yield SigningMistake(
        f"{method}{host}/?{unsorted}", "the parameters are not in the order of their names"
    )
    folded = "&".join(f"{name}={kept[name]}" for name in sorted(kept, key=str.lower))
    yield SigningMistake(
        f"{method}{host}/?{folded}", "the parameters were ordered without regard to case"
    )
    for other in {"GET", "POST"} - {method}:
        yield SigningMistake(
            v1.text_to_sign(other, host, "/", fields), f"the request was signed as a {other}"
        )
    bare = right.partition("?")[2]
    for text in (bare, f"?{bare}", f"{host}/?{bare}", f"{method}/?{bare}"):
        yield SigningMistake(text, "the signed text lacks method, host or path")
    yield SigningMistake(f"{method}{host}?{bare}", "the signed text lacks the / after the host")
    for name in sorted(kept):
        less = {key: value for key, value in kept.items() if key != name}
        yield SigningMistake(v1.text_to_sign(method, host, "/", less), f"{name} was not signed")
