"""Huawei's request signature with AK and SK, `SDK-HMAC-SHA256`: reading it, and the texts that it
is computed over.

Source: the API request signing guide (devg-apisign) and huaweicloudsdkcore 3.1.219, `signer.py`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote

from mockocr.core.http import Request

ALGORITHM = "SDK-HMAC-SHA256"
DATE = "X-Sdk-Date"
CONTENT = "X-Sdk-Content-Sha256"
EMPTY_HASH = hashlib.sha256(b"").hexdigest()

_FIELD = re.compile(r"(Access|SignedHeaders|Signature)=([^,\s]*)")
_DATE_FORMAT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Authorization:
    """The three fields of the Authorization header; `headers` are the signed names in order."""

    access: str
    headers: tuple[str, ...]
    signature: str

    @property
    def text(self) -> str:
        names = ";".join(self.headers)
        return (
            f"{ALGORITHM} Access={self.access}, SignedHeaders={names}, Signature={self.signature}"
        )


def is_signed(request: Request) -> bool:
    """Whether the Authorization header is of this scheme; others (a proxy's Basic) do not count."""
    return request.header("authorization").strip().startswith(ALGORITHM)


def authorization(request: Request) -> Authorization | None:
    """The Authorization header taken apart; None when a field is missing or empty."""
    scheme, _, rest = request.header("authorization").strip().partition(" ")
    fields = dict(_FIELD.findall(rest))
    if scheme != ALGORITHM or not all(fields.get(n) for n in ("Access", "SignedHeaders")):
        return None
    names = tuple(fields["SignedHeaders"].split(";"))
    return Authorization(fields["Access"], names, fields.get("Signature", ""))


def signed_at(request: Request) -> datetime | None:
    """The time in X-Sdk-Date, aware UTC; None when there is none that can be read."""
    try:
        return datetime.strptime(request.header(DATE).strip(), _DATE_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def date_text(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_DATE_FORMAT)


def payload_hash(request: Request) -> str:
    """What the client says the body's hash is (`UNSIGNED-PAYLOAD` included), else the body's
    own SHA-256 in hex.
    """
    return request.header(CONTENT).strip() or hashlib.sha256(request.body).hexdigest()


def canonical_request(
    request: Request, names: Sequence[str], *, target: str = "", host: str = "", payload: str = ""
) -> str:
    """The canonical request over the headers `names`, in that order.

    `target`, `host` and `payload` stand in for the call's own raw target, Host and payload hash
    where a client is known to have signed another one than it sent. The canonical path always ends
    in a slash, which the sent one does not.
    """
    path, _, query = (target or request.target or request.path).partition("?")
    uri = "/".join(quote(segment, safe="~") for segment in unquote(path).split("/"))
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    headers = "".join(f"{name}:{_value(request, name, host)}\n" for name in names)
    return "\n".join(
        (
            request.method.upper(),
            uri if uri.endswith("/") else uri + "/",
            "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in pairs),
            headers,
            ";".join(names),
            payload or payload_hash(request),
        )
    )


def string_to_sign(request: Request, canonical: str) -> str:
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{ALGORITHM}\n{request.header(DATE).strip()}\n{digest}"


def signature(secret: str, text: str) -> str:
    """64 hex digits; the secret key is used as it is, nothing is derived from it."""
    key = secret.encode("utf-8", "surrogateescape")
    return hmac.new(key, text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def _value(request: Request, name: str, host: str) -> str:
    """The header's value as the client wrote it: UTF-8 where its bytes are that."""
    if host and name.lower() == "host":
        return host
    raw = request.header(name).strip().encode("latin-1", "replace")
    return raw.decode("utf-8", "surrogateescape")
