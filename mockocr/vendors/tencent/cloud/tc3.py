"""TC3-HMAC-SHA256: the canonical request, the text that is signed, and the signature.

Source: 签名方法 v3 (cloud.tencent.com/document/api/213/30654). The pure functions here build; what
a server must tolerate because official clients differ is in `readings`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mockocr.core.http import Request

ALGORITHM = "TC3-HMAC-SHA256"
UNSIGNED = "UNSIGNED-PAYLOAD"
HOST = "ocr.tencentcloudapi.com"
REQUIRED = ("content-type", "host")

_AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256\s+Credential=([^/,\s]+)/(\d{4}-\d{2}-\d{2})/([^/,\s]+)/tc3_request,"
    r"\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-fA-F]{64})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """An Authorization value taken apart. `service` is whatever the client put into the scope."""

    secret_id: str
    date: str
    service: str
    headers: tuple[str, ...]
    signature: str

    @property
    def scope(self) -> str:
        return f"{self.date}/{self.service}/tc3_request"


def taken_apart(value: str) -> Sign | None:
    """The Authorization value's parts, None when it has another form."""
    match = _AUTHORIZATION.fullmatch(value.strip())
    if match is None:
        return None
    secret_id, date, service, headers, signature = match.groups()
    return Sign(secret_id, date, service, tuple(headers.lower().split(";")), signature.lower())


def payload_hash(body: bytes, unsigned: bool = False) -> str:
    """SHA-256 hex of the body, or of the literal that stands for one that is not signed."""
    return hashlib.sha256(UNSIGNED.encode() if unsigned else body).hexdigest()


def canonical_request(
    method: str,
    path: str,
    query: str,
    headers: Sequence[tuple[str, str]],
    hashed_payload: str,
) -> str:
    """Six parts joined by line feeds; the headers are ordered by name, the query stays as sent."""
    ordered = sorted(headers)
    lines = "".join(f"{name}:{value.strip()}\n" for name, value in ordered)
    names = ";".join(name for name, _ in ordered)
    return "\n".join((method, path, query, lines, names, hashed_payload))


def string_to_sign(timestamp: str, scope: str, request: str) -> str:
    """Algorithm, time, scope and the request's SHA-256, each on a line."""
    hashed = hashlib.sha256(request.encode("latin-1", "replace")).hexdigest()
    return f"{ALGORITHM}\n{timestamp}\n{scope}\n{hashed}"


def derived_keys(secret_key: str, date: str, service: str) -> tuple[bytes, bytes, bytes]:
    """The page's SecretDate, SecretService and SecretSigning, each made with the one before."""
    by_date = _hmac(f"TC3{secret_key}".encode(), date)
    by_service = _hmac(by_date, service)
    return by_date, by_service, _hmac(by_service, "tc3_request")


def signature(secret_key: str, date: str, service: str, text: str) -> str:
    """The text by the last of the derived keys: 64 hex digits."""
    return _hmac(derived_keys(secret_key, date, service)[-1], text).hex()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def date_of(timestamp: int) -> str:
    """The UTC date of a time in seconds, as the scope has it."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d")


def hosts(call: Request) -> tuple[str, ...]:
    """Every host that a client may have signed: the one it sent, the same without its port (the
    Node SDK), and the real ones (a client behind a proxy or a gateway).
    """
    region = call.header("x-tc-region").strip()
    regional = (f"ocr.{region}.tencentcloudapi.com",) if re.fullmatch(r"[\w-]+", region) else ()
    known = (call.host, re.sub(r":\d+$", "", call.host), HOST, *regional)
    return tuple(dict.fromkeys(known))


def readings(call: Request, sign: Sign) -> Iterator[str]:
    """The canonical requests that the call's signature may have been computed over, likeliest
    first.

    SDKs sign header values as they send them, the documentation wants them in lower case; the path
    is `/`, or as sent (the Node SDK).
    """
    unsigned = call.header("x-tc-content-sha256").strip().upper() == UNSIGNED
    hashed = payload_hash(call.body, unsigned)
    query = call.query if call.method == "GET" else ""
    paths = dict.fromkeys(("/", call.prefix + call.target.partition("?")[0]))
    for lower in (False, True):
        for path in paths:
            for host in hosts(call):
                values: Mapping[str, str] = {"host": host}
                headers = [(name, values.get(name, call.header(name))) for name in sign.headers]
                if lower:
                    headers = [(name, value.lower()) for name, value in headers]
                yield canonical_request(call.method, path, query, headers, hashed)
