"""ACS3-HMAC-SHA256: parses the Authorization header, and builds the texts and the signature.

Source: doc, "Request syntax and signature method V3"; sdk: alibabacloud_tea_openapi 0.4.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

import msgspec

from mockocr.core.http import Request
from mockocr.core.urlencoded import Pairs
from mockocr.signing.candidates import candidate_hosts, candidate_targets
from mockocr.signing.canonical_request import canonical_request as join_canonical
from mockocr.signing.hmac_chain import hmac_sha256, sha256_hex

ALGORITHM = "ACS3-HMAC-SHA256"
HOSTS = ("ocr-api.cn-hangzhou.aliyuncs.com", "ocr-api.aliyuncs.com")
HASH = "x-acs-content-sha256"
REQUIRED_HEADERS = ("host", "x-acs-action", HASH, "x-acs-date", "x-acs-signature-nonce")

_AUTHORIZATION = re.compile(
    r"ACS3-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*"
    r"Signature=([0-9a-fA-F]{64})",
    re.ASCII,
)


class Authorization(msgspec.Struct, frozen=True):
    """A parsed Authorization value; the header names are in lower case and in their order."""

    access_key_id: str
    headers: tuple[str, ...]
    signature: str


def parse_authorization(request: Request) -> Authorization | None:
    """The parsed header, None if it has another form; use it through `request.cached`."""
    match = _AUTHORIZATION.fullmatch(request.header("authorization").strip())
    if match is None:
        return None
    access_key_id, headers, signature = match.groups()
    return Authorization(access_key_id, tuple(headers.lower().split(";")), signature.lower())


def canonical_query(pairs: Pairs) -> str:
    """The decoded pairs, sorted by name and encoded by RFC 3986."""
    encoded = [(quote(name, safe=""), quote(value, safe="")) for name, value in pairs]
    return "&".join(f"{name}={value}" for name, value in sorted(encoded))


def canonical_request(
    method: str, path: str, query: str, headers: Sequence[tuple[str, str]], payload_hash: str
) -> str:
    """Six parts joined by line feeds; `query` is canonical."""
    ordered = [(name, value.strip()) for name, value in headers]
    return join_canonical(method, path, query, ordered, payload_hash)


def string_to_sign(canonical: str) -> str:
    """The algorithm and the SHA-256 of the canonical request, each on a line."""
    return f"{ALGORITHM}\n{sha256_hex(canonical.encode('latin-1', 'replace'))}"


def signature(secret: str, text: str) -> str:
    """The signature of a string to sign: 64 hex digits. The key is the secret itself."""
    return hmac_sha256(secret.encode(), text).hex()


def payload_hash(request: Request) -> str:
    """What the request says its body's hash is, else the body's hash."""
    return request.header(HASH).strip() or request.body_sha256()


def signed_headers(request: Request, names: Sequence[str], host: str = "") -> list[tuple[str, str]]:
    """The values of those headers, several of one name sorted and joined by commas."""
    found = []
    for name in names:
        values = [value.strip() for key, value in request.headers if key.lower() == name]
        found.append((name, host if name == "host" and host else ",".join(sorted(values))))
    return found


def canonical_candidates(request: Request, authorization: Authorization) -> Iterator[str]:
    """The canonical requests that a correct client may have signed, likeliest first.

    sdk: the path is always `/`, also behind a prefix. The query is decoded and encoded again,
    because clients write it in other ways than they sign it.
    """
    query = canonical_query(request.query_fields())
    paths = ("/", *(target.partition("?")[0] for target in candidate_targets(request)))
    for path in dict.fromkeys(paths):
        for host in candidate_hosts(request, *HOSTS):
            headers = signed_headers(request, authorization.headers, host)
            yield canonical_request(request.method, path, query, headers, payload_hash(request))
