"""AWS Signature Version 4: parses the Authorization header, and builds the texts and the signature.

Source: "Create a signed AWS API request" (IAM user guide) and botocore 1.44.8, `auth.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

import msgspec

from mockocr.core.account import Credential
from mockocr.core.http import Request
from mockocr.signing.candidates import candidate_hosts, candidate_targets
from mockocr.signing.canonical_request import canonical_request
from mockocr.signing.hmac_chain import derive_key, hmac_sha256, sha256_hex

ALGORITHM = "AWS4-HMAC-SHA256"
TERMINATOR = "aws4_request"
DATE = "X-Amz-Date"
TOKEN = "X-Amz-Security-Token"
DATE_FORMAT = "%Y%m%dT%H%M%SZ"
REGION = "us-east-1"
"""What `sign` puts into the scope where the host names no region."""

_PART = re.compile(r"(Credential|SignedHeaders|Signature)=([^,\s]*)")
_HOST = re.compile(r"[a-z-]+\.([a-z0-9-]+)\.amazonaws\.com(?::\d+)?")
_BLANKS = re.compile(r"[ \t]+")
_UNSIGNED = frozenset({"authorization", "connection", "user-agent", "expect", "content-length"})
"""Headers that `sign` leaves out, as proxies change them."""


class Authorization(msgspec.Struct, frozen=True):
    """The parts of the Authorization header; a missing one is empty. `headers` are the signed names
    in order.
    """

    credential: str
    headers: tuple[str, ...]
    signature: str

    @property
    def scope(self) -> tuple[str, ...]:
        """The parts of the credential after the key: date, region, service, terminator."""
        return tuple(self.credential.split("/")[1:])

    @property
    def access_key_id(self) -> str:
        return self.credential.partition("/")[0]


def parse_authorization(request: Request) -> Authorization:
    """What the Authorization header holds; use it through `request.cached`."""
    parts = dict(_PART.findall(request.header("authorization")))
    names = tuple(filter(None, parts.get("SignedHeaders", "").lower().split(";")))
    return Authorization(parts.get("Credential", ""), names, parts.get("Signature", ""))


def region_of(request: Request) -> str:
    """The region in a real host name, else empty."""
    match = _HOST.fullmatch(request.host.lower())
    return match[1] if match else ""


def canonical_candidates(request: Request, header: Authorization, host: str) -> Iterator[str]:
    """The canonical requests that a correct client may have signed, likeliest first: with the Host
    and the target as they came, without the port, with the real `host`, and with our path prefix.
    """
    for target in candidate_targets(request):
        for name in candidate_hosts(request, host):
            yield build_canonical(request, header.headers, target=target, host=name)


def build_canonical(
    request: Request,
    names: Sequence[str],
    *,
    target: str = "",
    host: str = "",
    payload: str | None = None,
) -> str:
    """The canonical request over the headers `names`. `target`, `host` and `payload` (the hash of
    the body) replace what came, where a client may have signed another one.
    """
    path, _, query = (target or request.target or request.path).partition("?")
    pairs = sorted(
        (quote(name, safe="~"), quote(value, safe="~"))
        for name, value in parse_qsl(query, keep_blank_values=True)
    )
    return canonical_request(
        request.method,
        quote(path or "/", safe="/~"),
        "&".join(f"{name}={value}" for name, value in pairs),
        [(name, host if name == "host" and host else _value(request, name)) for name in names],
        request.cached(body_hash) if payload is None else payload,
    )


def body_hash(request: Request) -> str:
    """SHA-256 hex of the body; use it through `request.cached`."""
    return sha256_hex(request.body)


def string_to_sign(date: str, scope: str, canonical: str) -> str:
    """Algorithm, time, scope and the SHA-256 of the canonical request, each on a line."""
    hashed = sha256_hex(canonical.encode("utf-8", "surrogateescape"))
    return f"{ALGORITHM}\n{date}\n{scope}\n{hashed}"


def signature(secret: str, scope: Sequence[str], text: str) -> str:
    """64 hex digits, by the key that is derived from the secret and the scope."""
    return hmac_sha256(derive_key(f"AWS4{secret}".encode(), *scope), text).hex()


def sign(request: Request, credential: Credential, service: str) -> Request:
    """The request signed as the SDKs do it: all headers but those that proxies change.

    An X-Amz-Date that is already there is kept, so that a wrong clock can be simulated.
    """
    request = request.without_headers("authorization")
    if not request.has_header(DATE):
        date = request.at.astimezone(UTC).strftime(DATE_FORMAT)
        request = request.with_headers((DATE, date))
    date = request.header(DATE)
    names = tuple(sorted({"host", *(name.lower() for name, _ in request.headers)} - _UNSIGNED))
    scope = (date[:8], region_of(request) or REGION, service, TERMINATOR)
    text = string_to_sign(date, "/".join(scope), build_canonical(request, names))
    made = signature(credential.values["secret_access_key"], scope, text)
    value = (
        f"{ALGORITHM} Credential={'/'.join((credential.values['access_key_id'], *scope))}, "
        f"SignedHeaders={';'.join(names)}, Signature={made}"
    )
    return request.with_headers(("Authorization", value))


def presigned_query(
    method: str,
    host: str,
    target: str,
    scope: tuple[str, str],
    credential: Credential,
    at: datetime,
    payload: str = "UNSIGNED-PAYLOAD",
    lifetime: timedelta = timedelta(minutes=5),
) -> str:
    """The query that signs a request to `host` and `target` (path, and query if it has one).

    `scope` is region and service. The path must be percent-encoded as it is sent.
    """
    date = at.astimezone(UTC).strftime(DATE_FORMAT)
    whole = (date[:8], *scope, TERMINATOR)
    path, _, query = target.partition("?")
    fields = [
        *parse_qsl(query, keep_blank_values=True),
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", "/".join((credential.values["access_key_id"], *whole))),
        ("X-Amz-Date", date),
        ("X-Amz-Expires", str(int(lifetime.total_seconds()))),
        ("X-Amz-SignedHeaders", "host"),
    ]
    text = "&".join(sorted(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in fields))
    canonical = canonical_request(method, path, text, [("host", host)], payload)
    to_sign = string_to_sign(date, "/".join(whole), canonical)
    made = signature(credential.values["secret_access_key"], whole, to_sign)
    return f"{text}&X-Amz-Signature={made}"


def _value(request: Request, name: str) -> str:
    """The values of a header joined by commas, each without outer and repeated blanks."""
    values = [value for key, value in request.headers if key.lower() == name]
    raw = ",".join(_BLANKS.sub(" ", value.strip()) for value in values)
    return raw.encode("latin-1", "replace").decode("utf-8", "surrogateescape")
