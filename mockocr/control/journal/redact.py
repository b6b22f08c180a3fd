"""Redacts what may be a secret by where it stands, and cuts long texts.

`known_secrets` masks the credentials of known accounts wherever they stand. This module is for
values that no account has: of headers, only those that are known to be harmless are shown whole.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

_SECRET = re.compile(
    r"secret|passw|token|appcode|(api|access)_?key|(^|[^a-z])(key|sk)($|[^a-z])|authori[sz]ation",
    re.I,
)
_NOT = re.compile(r"secret_?id|signature|key_?id|public_?key|^appkey$|^x-ca-key$", re.I)
_PUBLIC_FIELD = re.compile(
    r"(.*_)?(id|appid|name|number|email|user|domain|bucket|region|host|endpoint)"
    r"|ak|app_?key|public_key|access_key"
)
"""Fields of credentials that are no secrets: they name whose the credential is."""
_PARAMETER = re.compile(r"([?&;])([^=&;#]*)=([^&;#]*)")
_PLAIN_HEADERS = frozenset(
    """
    accept accept-charset accept-encoding accept-language alt-svc apigw-requestid apim-request-id
    cache-control connection content-disposition content-encoding content-language content-length
    content-md5 content-type date dnt etag expect expires forwarded host keep-alive last-modified
    location operation-location origin pragma priority proxy-connection range region retry-after
    server te trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary via
    www-authenticate
    """.split()  # noqa: SIM905  # a list of quoted words would take 46 lines
)
_PLAIN_PREFIXES = (
    *("access-control-", "amz-sdk-", "sec-ch-", "sec-fetch-", "x-forwarded-", "x-request-"),
    *("x-acs-", "x-amz-", "x-amzn-", "x-bce-", "x-ca-", "x-goog-", "x-mockocr-", "x-ms-"),
    *("x-project-", "x-sdk-", "x-tc-"),
)
"""Of the headers that vendors and SDKs send to describe a request, those with a secret's name are
not shown.
"""
_SIGNATURE_PARTS = frozenset({"access", "credential", "signature", "signedheaders", "timestamp"})
_SHOWN = 4


def is_secret(name: str) -> bool:
    """True if the value of a header or parameter of that name may be a secret."""
    return bool(_SECRET.search(name)) and not _NOT.search(name)


def is_public_field(name: str) -> bool:
    """True if a credential field of that name only says whose the credential is."""
    return bool(_PUBLIC_FIELD.fullmatch(name))


def shorten(value: str) -> str:
    """The first characters and the length: enough to tell two secrets apart, too few to use."""
    if not value:
        return value
    return f"{value[: min(_SHOWN, len(value) // 3)]}…({len(value)})"


def target(text: str) -> str:
    """A request target with its secret query parameters redacted, whose names may be escaped."""
    return _PARAMETER.sub(_parameter, text)


def _parameter(match: re.Match[str]) -> str:
    if is_secret(unquote_plus(match[2])):
        return f"{match[1]}{match[2]}={shorten(match[3])}"
    return match[0]


def header(name: str, value: str) -> str:
    """The value of a header whole if it is known to be harmless, else a few characters of it; of a
    credential also the scheme, and the parts of a signature.
    """
    name = name.lower()
    if name in ("authorization", "proxy-authorization"):
        scheme, space, rest = value.partition(" ")
        if space and "=" in rest and "," in rest:
            return f"{scheme} {','.join(map(_signature_part, rest.split(',')))}"
        return f"{scheme} {shorten(rest)}" if space else shorten(value)
    if name in _PLAIN_HEADERS or (name.startswith(_PLAIN_PREFIXES) and not is_secret(name)):
        return target(value) if "=" in value else value
    return shorten(value)


def _signature_part(part: str) -> str:
    name, equals, value = part.partition("=")
    return part if name.strip().lower() in _SIGNATURE_PARTS else f"{name}{equals}{shorten(value)}"


def cut(text: str, longest: int) -> str:
    """The beginning of a long text, and how long it was."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… ({len(text)} characters)"
