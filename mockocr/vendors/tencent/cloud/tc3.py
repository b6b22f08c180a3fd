"""TC3-HMAC-SHA256: parses the Authorization header, and builds the texts and the signature.

Source: 签名方法 v3 (cloud.tencent.com/document/api/213/30654).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from mockocr.core.http import Request
from mockocr.signing.candidates import candidate_hosts, candidate_targets
from mockocr.signing.canonical_request import canonical_request as join_canonical
from mockocr.signing.hmac_chain import derive_key, hmac_sha256, sha256_hex

ALGORITHM = "TC3-HMAC-SHA256"
UNSIGNED = "UNSIGNED-PAYLOAD"
HOST = "ocr.tencentcloudapi.com"
REQUIRED_HEADERS = ("content-type", "host")

_AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256\s+Credential=([^/,\s]+)/(\d{4}-\d{2}-\d{2})/([^/,\s]+)/tc3_request,"
    r"\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-fA-F]{64})",
    re.ASCII,
)


class Authorization(msgspec.Struct, frozen=True):
    """A parsed Authorization value; `service` is whatever the client put into the scope."""

    secret_id: str
    date: str
    service: str
    headers: tuple[str, ...]
    signature: str

    @property
    def scope(self) -> str:
        return f"{self.date}/{self.service}/tc3_request"


def parse_authorization(request: Request) -> Authorization | None:
    """The parsed Authorization header, None if it has another form; use it through
    `request.cached`.
    """
    match = _AUTHORIZATION.fullmatch(request.header("authorization").strip())
    if match is None:
        return None
    secret_id, date, service, headers, signature = match.groups()
    names = tuple(headers.lower().split(";"))
    return Authorization(secret_id, date, service, names, signature.lower())


def hash_payload(body: bytes, unsigned: bool = False) -> str:
    """SHA-256 hex of the body, or of the literal that replaces an unsigned one."""
    return sha256_hex(UNSIGNED.encode() if unsigned else body)


def is_unsigned(request: Request) -> bool:
    """True if the request says that its body is not signed."""
    return request.header("x-tc-content-sha256").strip().upper() == UNSIGNED


def canonical_request(
    method: str,
    path: str,
    query: str,
    headers: Sequence[tuple[str, str]],
    payload_hash: str,
) -> str:
    """Six parts joined by line feeds; the headers are sorted by name, the query stays as sent."""
    ordered = [(name, value.strip()) for name, value in sorted(headers)]
    return join_canonical(method, path, query, ordered, payload_hash)


def string_to_sign(timestamp: str, scope: str, canonical: str) -> str:
    """Algorithm, time, scope and the SHA-256 of the canonical request, each on a line."""
    hashed = sha256_hex(canonical.encode("latin-1", "replace"))
    return f"{ALGORITHM}\n{timestamp}\n{scope}\n{hashed}"


def signature(secret_key: str, date: str, service: str, text: str) -> str:
    """The signature of a string to sign: 64 hex digits."""
    key = derive_key(f"TC3{secret_key}".encode(), date, service, "tc3_request")
    return hmac_sha256(key, text).hex()


def utc_date(timestamp: int) -> str:
    """The UTC date of a time in epoch seconds, as the scope has it."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d")


def signed_hosts(request: Request) -> tuple[str, ...]:
    """Every host that a client may have signed: the one it sent, the same without its port (the
    Node SDK), and the real ones (a client behind a proxy or a gateway).
    """
    region = request.header("x-tc-region").strip()
    regional = (f"ocr.{region}.tencentcloudapi.com",) if re.fullmatch(r"[\w-]+", region) else ()
    return candidate_hosts(request, HOST, *regional)


def canonical_candidates(request: Request, authorization: Authorization) -> Iterator[str]:
    """The canonical requests that a correct client may have signed, likeliest first.

    SDKs sign header values as they send them, the documentation wants them in lower case; the path
    is `/`, or as sent (the Node SDK).
    """
    hashed = hash_payload(request.body, is_unsigned(request))
    query = request.query if request.method == "GET" else ""
    paths = [target.partition("?")[0] for target in candidate_targets(request)]
    for lower in (False, True):
        for path in paths:
            for host in signed_hosts(request):
                headers = [
                    (name, host if name == "host" else request.header(name))
                    for name in authorization.headers
                ]
                if lower:
                    headers = [(name, value.lower()) for name, value in headers]
                yield canonical_request(request.method, path, query, headers, hashed)
