"""Redacts secrets in what the journal shows, and cuts long texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mockocr.core.account import Account

_SECRET = re.compile(
    r"secret|password|passwd|token|appcode|^key2?$|subscription-key$|^sk$|_sk$|authori[sz]ation",
    re.I,
)
_NOT = re.compile(r"secret_?id|signature|key_?id", re.I)
_QUERY = re.compile(r"(?i)([?&](?:key|subscription-key|token|appcode|secret|password)=)([^&]*)")
_SHOWN = 4
_SHORTEST = 8


def secrets_of(account: Account | None) -> tuple[str, ...]:
    """The secret credential values of an account, longest first."""
    if account is None:
        return ()
    values = (
        value
        for credential in account.credentials
        for field, value in credential.values.items()
        if is_secret(field) and len(value) >= _SHORTEST
    )
    return tuple(sorted(set(values), key=len, reverse=True))


def is_secret(name: str) -> bool:
    """True if the value of a header, parameter or credential of that name is a secret."""
    return bool(_SECRET.search(name)) and not _NOT.search(name)


def shorten(value: str) -> str:
    """The first characters and the length: enough to tell two secrets apart, too few to use."""
    if not value:
        return value
    return f"{value[: min(_SHOWN, len(value) // 3)]}…({len(value)})"


def target(text: str) -> str:
    """A request target with its secret query parameters redacted."""
    return _QUERY.sub(lambda m: m[1] + shorten(m[2]), text)


def header(name: str, value: str) -> str:
    """The value of a header; of a credential only the scheme and a few characters."""
    if name.lower() in ("authorization", "proxy-authorization"):
        scheme, space, rest = value.partition(" ")
        if space and not ("=" in rest and "," in rest):  # the parts of a signature are not secret
            return f"{scheme} {shorten(rest)}"
        return value
    return shorten(value) if is_secret(name) or name.lower() == "cookie" else value


def known(text: str, secrets: Iterable[str]) -> str:
    """The text with every known secret redacted."""
    for secret in secrets:
        text = text.replace(secret, shorten(secret))
    return text


def tree(value: Any, secrets: Iterable[str], longest: int, name: str = "") -> Any:
    """A JSON value with secrets redacted and texts cut to `longest` characters."""
    if isinstance(value, str):
        return shorten(value) if is_secret(name) else cut(known(value, secrets), longest)
    if isinstance(value, dict):
        return {k: tree(v, secrets, longest, str(k)) for k, v in value.items()}
    if isinstance(value, list):
        return [tree(item, secrets, longest, name) for item in value]
    return value


def cut(text: str, longest: int) -> str:
    """The beginning of a long text, and how long it was."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… ({len(text)} characters)"
