"""bce-auth-v1: parses the Authorization header, and builds the text to sign and the signature.

Source: doc Reference/AuthenticationMechanism; `bce-python-sdk` 0.9.79.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import msgspec

from mockocr.core.http import Request
from mockocr.signing.candidates import candidate_hosts, candidate_targets
from mockocr.signing.hmac_chain import hmac_sha256

_AUTHORIZATION = re.compile(
    r"bce-auth-v1/([^/\s]+)/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/(\d{1,9})/([\w;-]*)/([0-9a-f]{64})",
    re.ASCII,
)
_DEFAULT_HEADERS = frozenset({"host", "content-length", "content-type", "content-md5"})
"""doc: signed where the header names none, with all `x-bce-` headers."""
HOST = "aip.baidubce.com"


class Authorization(msgspec.Struct, frozen=True):
    """A parsed Authorization value. `seconds` is how long it is valid from `time` on."""

    access_key: str
    time: str
    seconds: int
    headers: tuple[str, ...]
    signature: str

    @property
    def prefix(self) -> str:
        return f"bce-auth-v1/{self.access_key}/{self.time}/{self.seconds}"

    @property
    def at(self) -> datetime:
        """ValueError for a date that does not exist."""
        return datetime.strptime(self.time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def is_signed(request: Request) -> bool:
    return request.header("authorization").lstrip().startswith("bce-auth-v1")


def parse_authorization(request: Request) -> Authorization | None:
    """The parsed header, None if it has another form; use it through `request.cached`."""
    match = _AUTHORIZATION.fullmatch(request.header("authorization").strip())
    if match is None:
        return None
    access_key, time, seconds, names, signature = match.groups()
    headers = tuple(name for name in names.lower().split(";") if name)
    return Authorization(access_key, time, int(seconds), headers, signature)


def signature(secret: str, prefix: str, canonical: str) -> str:
    """64 hex digits. The signing key is the hex text of an HMAC over the prefix."""
    key = hmac_sha256(secret.encode(), prefix).hex()
    return hmac_sha256(key.encode(), canonical).hex()


def canonical_request(method: str, target: str, headers: list[tuple[str, str]]) -> str:
    """Four parts joined by line feeds: method, path, query and headers, each percent-encoded."""
    path, _, query = target.partition("?")
    lines = sorted(f"{quote(name.lower(), safe='')}:{_encoded(value)}" for name, value in headers)
    return "\n".join((method, quote(unquote(path), safe="/-_.~"), _query(query), "\n".join(lines)))


def canonical_candidates(request: Request, authorization: Authorization) -> Iterator[str]:
    """What a correct client may have signed: several hosts, with and without our prefix.

    sdk: the client for Node adds a second `?aipSdk=node` to the URL after signing.
    """
    for target in candidate_targets(request):
        cut = "?".join(target.split("?")[:2])
        for host in candidate_hosts(request, HOST):
            for shown in dict.fromkeys((target, cut)):
                yield canonical_request(
                    request.method, shown, _signed_headers(request, authorization, host)
                )


def _signed_headers(
    request: Request, authorization: Authorization, host: str
) -> list[tuple[str, str]]:
    names = authorization.headers or tuple(
        dict.fromkeys(
            name.lower()
            for name, value in request.headers
            if (name.lower() in _DEFAULT_HEADERS or name.lower().startswith("x-bce-")) and value
        )
    )
    return [(name, host if name == "host" else request.header(name)) for name in names]


def _query(query: str) -> str:
    pairs = (part.partition("=") for part in query.split("&") if part)
    return "&".join(
        sorted(
            f"{_encoded(unquote(name))}={_encoded(unquote(value))}"
            for name, _, value in pairs
            if name.lower() != "authorization"
        )
    )


def _encoded(text: str) -> str:
    return quote(text.strip(), safe="-_.~")
