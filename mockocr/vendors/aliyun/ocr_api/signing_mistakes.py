"""What clients of `ocr-api` sign by mistake, to explain a wrong signature in the journal."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.core.urlencoded import Pairs
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_secrets
from mockocr.signing.hmac_chain import hmac_sha256, sha256_hex
from mockocr.vendors.aliyun.credentials import EXAMPLE
from mockocr.vendors.aliyun.ocr_api import acs3, rpc

_FIELDS = ("access_key_secret", "access_key_id", EXAMPLE["access_key_secret"])

_MOST_PARAMETERS = 40
"""More are not left out one by one: that takes a time that grows with their square."""


def shown_text(canonical: str) -> str:
    """What the journal shows of ACS3: canonical request, blank line, string to sign."""
    return f"{canonical}\n\n{acs3.string_to_sign(canonical)}"


def find_acs3_mistake(
    request: Request, authorization: acs3.Authorization, principal: Principal, shown: str
) -> SigningMistake | None:
    """The mistake behind an ACS3 signature; `shown` is the right text as `shown_text` makes it."""
    secret, received = principal.values["access_key_secret"], authorization.signature

    def signed(key: str, text: str) -> bytes:
        return hmac_sha256(key.encode(), text.rpartition("\n\n")[2])

    texts = (
        SigningMistake(shown_text(canonical), cause)
        for canonical, cause in _wrong_requests(request, authorization)
    )
    found = diagnose(received, signed, shown, secret, similar_secrets(principal, *_FIELDS), texts)
    if found is not None:
        return found
    canonical = shown.rpartition("\n\n")[0]
    made = hmac_sha256(f"{secret}&".encode(), acs3.string_to_sign(canonical)).hex()
    if hmac.compare_digest(made, received):
        cause = "the key has an ampersand behind the secret, as the older RPC signature wants it"
        return SigningMistake(shown, cause)
    if hmac.compare_digest(hmac_sha256(secret.encode(), canonical).hex(), received):
        return SigningMistake(canonical, "the canonical request itself was signed, not its hash")
    return None


def _wrong_requests(
    request: Request, authorization: acs3.Authorization
) -> Iterator[tuple[str, str]]:
    """Wrong canonical requests, each with its cause."""
    pairs = request.query_fields()
    query = acs3.canonical_query(pairs)
    hashed = acs3.payload_hash(request)
    headers = acs3.signed_headers(request, authorization.headers)

    def canonical(method: str, written: str, payload: str = hashed) -> str:
        return acs3.canonical_request(method, "/", written, headers, payload)

    right = canonical(request.method, query)
    for other in {"GET", "POST"} - {request.method}:
        yield canonical(other, query), f"the request was signed as a {other}"
    if pairs:
        unsorted = "&".join(f"{quote(n, safe='')}={quote(v, safe='')}" for n, v in pairs)
        plain = "&".join(f"{n}={v}" for n, v in sorted(pairs))
        plus = "&".join(f"{quote_plus(n)}={quote_plus(v)}" for n, v in sorted(pairs))
        yield canonical(request.method, ""), "the query was left out of the signature"
        yield canonical(request.method, unsorted), "the query was not sorted by name"
        yield canonical(request.method, plain), "the query was signed without percent-encoding"
        yield canonical(request.method, plus), "a blank of the query was signed as + and not %20"
        yield canonical(request.method, request.query), "the query was signed as it was sent"
    for text, cause in (
        ("", "the hash of the body was left out of the signature"),
        (sha256_hex(b""), "the hash of an empty body was signed"),
        (hashed.upper(), "the body's hash was signed in upper case"),
    ):
        yield canonical(request.method, query, text), cause
    ordered = sorted(headers)
    changed = acs3.canonical_request(request.method, "/", query, ordered, hashed)
    yield changed, "the headers were signed in another order than SignedHeaders has"
    lines = "".join(f"{name}:{value}\n" for name, value in headers)
    names = ";".join(name for name, _ in headers)
    cut = "\n".join((request.method, "/", query, lines + names, hashed))
    yield cut, "the canonical headers lack the line feed after the last of them"
    yield right + "\n", "the canonical request ends with a line feed"


def find_rpc_mistake(
    request: Request, pairs: Pairs, received: str, principal: Principal, text: str
) -> SigningMistake | None:
    """The mistake behind an RPC signature; `text` is the right one."""
    secret = principal.values["access_key_secret"]
    secrets = similar_secrets(principal, *_FIELDS)
    found = diagnose(received, rpc.digest, text, secret, secrets, _wrong_texts(request, pairs))
    if found is not None:
        return found
    for key, digest, cause in (
        (secret, "sha1", "the key lacks the ampersand behind the secret"),
        (f"{secret}&", "sha256", "the signature is HMAC-SHA256, not HMAC-SHA1"),
    ):
        made = base64.b64encode(hmac.digest(key.encode(), text.encode(), digest)).decode()
        if hmac.compare_digest(made.encode(), received.encode("utf-8", "replace")):
            return SigningMistake(text, cause)
    return None


def _wrong_texts(request: Request, pairs: Pairs) -> Iterator[SigningMistake]:
    method = request.method
    kept = tuple(pair for pair in pairs if pair[0] != "Signature")
    for other in {"GET", "POST"} - {method}:
        cause = f"the request was signed as a {other}"
        yield SigningMistake(rpc.string_to_sign(other, kept), cause)
    joined = rpc.canonical_query(kept)
    plus = "&".join(f"{quote_plus(n)}={quote_plus(v)}" for n, v in sorted(kept))
    unsorted = "&".join(f"{quote(n, safe='')}={quote(v, safe='')}" for n, v in kept)
    plain = "&".join(f"{n}={v}" for n, v in sorted(kept))
    folded = rpc.string_to_sign(method, kept).replace("%2526", "%26")
    for written, cause in (
        (plus, "blanks were signed as + and not %20"),
        (unsorted, "the parameters are not sorted by name"),
        (plain, "the parameters were encoded once instead of twice"),
    ):
        yield SigningMistake(f"{method}&%2F&{quote(written, safe='')}", cause)
    yield SigningMistake(f"{method}&%2F&{joined}", "the parameters were not encoded as a whole")
    yield SigningMistake(f"{method}&/&{quote(joined, safe='')}", "the path / was not encoded")
    yield SigningMistake(folded, "an ampersand was encoded once instead of twice")
    if len(kept) > _MOST_PARAMETERS:
        return
    for name, _ in kept:
        less = tuple(pair for pair in kept if pair[0] != name)
        yield SigningMistake(rpc.string_to_sign(method, less), f"{name} was not signed")
