"""What clients of API 3.0 sign by mistake, for the journal's explanation of a wrong signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote_plus

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.signing.diagnosis import bodies_like, likely, secrets_like
from mockocr.vendors.tencent_cloud import tc3, v1


def of_tc3(
    request: Request, sign: tc3.Sign, timestamp: str, principal: Principal, shown: str, example: str
) -> Slip | None:
    """The slip behind a TC3 signature; `shown` is the canonical request, a blank line and the text
    to sign.
    """
    secret = principal.credential.values["secret_key"]
    secrets = list(secrets_like(principal, "secret_key", "secret_id", example))

    def signed(text: str) -> str:
        return text.rpartition("\n\n")[2]

    def derived(key: str, text: str) -> bytes:
        return bytes.fromhex(tc3.signature(key, sign.date, sign.service, signed(text)))

    def plain(key: str, text: str) -> bytes:
        return hmac.new(key.encode(), signed(text).encode(), hashlib.sha256).digest()

    def unprefixed(key: str, text: str) -> bytes:
        made = key.encode()
        for part in (sign.date, sign.service, "tc3_request", signed(text)):
            made = hmac.new(made, part.encode(), hashlib.sha256).digest()
        return made

    def texts() -> Iterator[Slip]:
        for canonical, cause in _requests(request, sign):
            text = tc3.string_to_sign(timestamp, sign.scope, canonical)
            yield Slip(f"{canonical}\n\n{text}", cause)

    found = likely(sign.signature, derived, shown, secret, secrets, texts())
    if found is not None:
        return found
    for made, cause in (
        (plain, "the SecretKey itself was the key of the HMAC, not the one derived from it"),
        (unprefixed, "the key was derived from the SecretKey without TC3 before it"),
    ):
        if likely(sign.signature, made, shown, secret) is not None:
            return Slip(shown, cause)
    return None


def _requests(request: Request, sign: tc3.Sign) -> Iterator[tuple[str, str]]:
    """Canonical requests that are wrong, each with what is wrong about it."""
    unsigned = request.header("x-tc-content-sha256").strip().upper() == tc3.UNSIGNED
    hashed = tc3.payload_hash(request.body, unsigned)
    query = request.query if request.method == "GET" else ""
    headers = [(name, request.header(name)) for name in sign.headers]
    right = tc3.canonical_request(request.method, "/", query, headers, hashed)
    for body, cause in bodies_like(request.body):
        yield right[: -len(hashed)] + tc3.payload_hash(body), cause
    if unsigned:
        yield (
            right[: -len(hashed)] + tc3.payload_hash(request.body),
            "the body was signed after all",
        )
    lines = "".join(f"{name}:{value.strip()}\n" for name, value in headers)
    listed = ";".join(sign.headers)
    unordered = "\n".join((request.method, "/", query, lines, listed, hashed))
    yield unordered, "the signed headers are not in the order of their names"
    block = "".join(f"{name}:{value.strip()}\n" for name, value in sorted(headers))
    names = ";".join(sorted(sign.headers))
    missed = "\n".join((request.method, "/", query, block + names, hashed))
    yield missed, "the canonical headers lack the line end behind the last of them"
    for other in {"GET", "POST"} - {request.method}:
        yield right.replace(request.method, other, 1), f"the request was signed as a {other}"
    yield right.upper(), "the canonical request was signed in upper case"
    yield right[: -len(hashed)] + hashed.upper(), "the body's hash was signed in upper case"
    if query:
        ordered = "&".join(sorted(query.split("&")))
        for written in (ordered, unquote_plus(query), quote(query, safe="=&"), ""):
            changed = tc3.canonical_request(request.method, "/", written, headers, hashed)
            yield changed, "the query was signed in another form than it was sent in"


def of_v1(
    request: Request,
    fields: Mapping[str, str],
    method: str,
    principal: Principal,
    shown: str,
    example: str,
) -> Slip | None:
    """The slip behind a v1 signature; `shown` is the text to sign."""
    secret = principal.credential.values["secret_key"]
    secrets = list(secrets_like(principal, "secret_key", "secret_id", example))

    def made_by(name: str, key: str, text: str) -> bytes:
        return base64.b64decode(v1.signature(key, text, name))

    def made(key: str, text: str) -> bytes:
        return made_by(method, key, text)

    found = likely(fields["Signature"], made, shown, secret, secrets, _sources(request, fields))
    if found is not None:
        return found
    for other in (name for name in v1.METHODS if name != method):
        digest = base64.b64encode(made_by(other, secret, shown)).decode()
        if hmac.compare_digest(digest.encode(), fields["Signature"].encode("utf-8", "replace")):
            return Slip(shown, f"the signature is {other}, and SignatureMethod says {method}")
    return None


def _sources(request: Request, fields: Mapping[str, str]) -> Iterator[Slip]:
    host = request.host
    right = v1.source_text(request.method, host, "/", fields)
    kept = {name: value for name, value in fields.items() if name != "Signature"}
    encoded = {name: quote(value, safe="") for name, value in kept.items()}
    encoding = "the values were percent-encoded before they were signed"
    yield Slip(v1.source_text(request.method, host, "/", encoded), encoding)
    unsorted = "&".join(f"{name}={value}" for name, value in kept.items())
    yield Slip(
        f"{request.method}{host}/?{unsorted}", "the parameters are not in the order of their names"
    )
    folded = "&".join(f"{name}={kept[name]}" for name in sorted(kept, key=str.lower))
    yield Slip(
        f"{request.method}{host}/?{folded}", "the parameters were ordered without regard to case"
    )
    for other in {"GET", "POST"} - {request.method}:
        yield Slip(v1.source_text(other, host, "/", fields), f"the request was signed as a {other}")
    bare = right.partition("?")[2]
    for text in (bare, f"?{bare}", f"{host}/?{bare}", f"{request.method}/?{bare}"):
        yield Slip(text, "the text that was signed lacks method, host or path")
    yield Slip(
        f"{request.method}{host}?{bare}", "the text that was signed lacks the / behind the host"
    )
    for name in sorted(kept):
        less = {key: value for key, value in kept.items() if key != name}
        yield Slip(v1.source_text(request.method, host, "/", less), f"{name} was not signed")
