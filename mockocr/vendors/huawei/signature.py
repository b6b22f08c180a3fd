"""Huawei's request signature with AK and SK, `SDK-HMAC-SHA256`: parsing, computing, adding it.

Source: the API request signing guide (devg-apisign) and huaweicloudsdkcore 3.1.219, `signer.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote

import msgspec

from mockocr.core.account import Credential
from mockocr.core.http import Request
from mockocr.signing.canonical_request import canonical_request
from mockocr.signing.hmac_chain import hmac_sha256, sha256_hex

ALGORITHM = "SDK-HMAC-SHA256"
DATE = "X-Sdk-Date"
CONTENT = "X-Sdk-Content-Sha256"
EMPTY_HASH = sha256_hex(b"")

_FIELD = re.compile(r"(Access|SignedHeaders|Signature)=([^,\s]*)")
_DATE_FORMAT = "%Y%m%dT%H%M%SZ"
_SIGNED_HEADERS = frozenset(
    {"content-type", "host", "x-project-id", "x-sdk-date", "x-sdk-content-sha256"}
)


class Authorization(msgspec.Struct, frozen=True):
    """The three fields of the Authorization header; `headers` are the signed names in order."""

    access_key: str
    headers: tuple[str, ...]
    signature: str

    @property
    def text(self) -> str:
        names = ";".join(self.headers)
        return (
            f"{ALGORITHM} Access={self.access_key}, SignedHeaders={names}, "
            f"Signature={self.signature}"
        )


def is_signed(request: Request) -> bool:
    """True if the Authorization header is of this scheme; a proxy's `Basic` does not count."""
    return request.header("authorization").strip().startswith(ALGORITHM)


def authorization(request: Request) -> Authorization | None:
    """The parsed Authorization header; None if it lacks Access or SignedHeaders."""
    scheme, _, rest = request.header("authorization").strip().partition(" ")
    fields = dict(_FIELD.findall(rest))
    if scheme != ALGORITHM or not all(fields.get(n) for n in ("Access", "SignedHeaders")):
        return None
    names = tuple(fields["SignedHeaders"].split(";"))
    return Authorization(fields["Access"], names, fields.get("Signature", ""))


def signed_at(request: Request) -> datetime | None:
    """The time in X-Sdk-Date, aware UTC; None if it is absent or in another format."""
    try:
        return datetime.strptime(request.header(DATE).strip(), _DATE_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def payload_hash(request: Request) -> str:
    """The hash that the client states (`UNSIGNED-PAYLOAD` included), else the SHA-256 of the body
    in hex.
    """
    return request.header(CONTENT).strip() or sha256_hex(request.body)


def build_canonical_request(
    request: Request, names: Sequence[str], *, target: str = "", host: str = "", payload: str = ""
) -> str:
    """The canonical request over the headers `names`, in that order.

    `target`, `host` and `payload` replace the request's own raw target, Host and payload hash where
    a client may have signed other ones. The canonical path always ends in a slash.
    """
    path, _, query = (target or request.target or request.path).partition("?")
    uri = "/".join(quote(segment, safe="~") for segment in unquote(path).split("/"))
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return canonical_request(
        request.method.upper(),
        uri if uri.endswith("/") else uri + "/",
        "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in pairs),
        [(name, _value(request, name, host)) for name in names],
        payload or payload_hash(request),
    )


def string_to_sign(request: Request, canonical: str) -> str:
    digest = sha256_hex(canonical.encode("utf-8", "surrogateescape"))
    return f"{ALGORITHM}\n{request.header(DATE).strip()}\n{digest}"


def compute_signature(secret: str, text: str) -> str:
    """64 hex digits over the string to sign; the SK is the HMAC key as it is."""
    return hmac_sha256(secret.encode("utf-8", "surrogateescape"), text).hex()


def sign(request: Request, credential: Credential) -> Request:
    """The request signed with the credential's AK and SK, as Huawei's SDKs do it.

    An X-Sdk-Date that is already there is kept, so that a wrong clock can be simulated.
    """
    request = request.without_headers("authorization")
    if not request.has_header(DATE):
        date = request.at.astimezone(UTC).strftime(_DATE_FORMAT)
        request = request.with_headers((DATE, date))
    names = tuple(sorted({name.lower() for name, _ in request.headers} & _SIGNED_HEADERS))
    text = string_to_sign(request, build_canonical_request(request, names))
    value = compute_signature(credential.values["sk"], text)
    header = Authorization(credential.values["ak"], names, value)
    return request.with_headers(("Authorization", header.text))


def _value(request: Request, name: str, host: str) -> str:
    """The header's value as the client wrote it: decoded as UTF-8 where its bytes allow that."""
    if host and name.lower() == "host":
        return host
    raw = request.header(name).strip().encode("latin-1", "replace")
    return raw.decode("utf-8", "surrogateescape")
