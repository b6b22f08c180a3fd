"""Access tokens that the token endpoint issues and the API accepts.

A token names its service account, so that faults and clocks of an account apply to a request before
the token is verified: `ya29.c.<account in base64>.<opaque>`.
"""

from __future__ import annotations

import base64
from datetime import timedelta

import msgspec

from mockocr.core.context import Context

SCOPES = (
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/cloud-vision",
)
"""doc: a token for the API must have one of these scopes."""
LIFETIME = timedelta(seconds=3600)
EXPIRES_IN = 3599
"""Seconds that a response states. doc: OAuth 2.0 for server to server applications."""

_KIND = "google access token"
_PREFIX = "ya29.c."


class AccessToken(msgspec.Struct, frozen=True):
    """What a token stands for: a service account, and scopes separated by blanks."""

    client_email: str
    scope: str


async def issue(client_email: str, scope: str, context: Context) -> str:
    """A fresh token for the service account."""
    value = {"client_email": client_email, "scope": scope}
    opaque = await context.issue_token(_KIND, value, LIFETIME)
    name = base64.urlsafe_b64encode(client_email.encode()).rstrip(b"=").decode()
    return f"{_PREFIX}{name}.{opaque}"


def named_account(token: str) -> str:
    """The service account that the token names, unverified; empty if it names none."""
    name = token.removeprefix(_PREFIX).partition(".")[0] if token.startswith(_PREFIX) else ""
    try:
        return base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
    except ValueError:
        return ""


async def find(token: str, context: Context) -> AccessToken | None:
    """A valid token; None if it is unknown or has expired."""
    value = await context.find_token(_KIND, token.rpartition(".")[2])
    if value is None or value["client_email"] != named_account(token):
        return None
    return AccessToken(value["client_email"], value["scope"])
