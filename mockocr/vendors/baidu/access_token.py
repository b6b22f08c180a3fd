"""The access token: made from a credential and a time, so that any server can check it.

The form is the vendor's: `24.<32 hex>.2592000.<expiry>.282335-<app id>`. The hex digits are eight
of the request and 24 of an HMAC by the Secret Key; the real ones have no known meaning.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime

import msgspec

LIFETIME = 2_592_000
"""Seconds. doc: REFERENCE/Ck3dwjhhu; 30 days, also what every official client expects."""
_FORM = re.compile(
    r"24\.([0-9a-f]{8})([0-9a-f]{24})\.2592000\.(\d{10,11})\.282335-(\d{1,12})", re.ASCII
)


class AccessToken(msgspec.Struct, frozen=True):
    """A token whose form is right. `expires` is in epoch seconds; the rest is not checked yet."""

    salt: str
    seal: str
    expires: int
    app_id: str

    def is_made_with(self, secret_key: str) -> bool:
        made = _seal(self.salt, self.expires, self.app_id, secret_key)
        return hmac.compare_digest(self.seal, made)


def make_token(app_id: str, secret_key: str, at: datetime, salt: str) -> str:
    """A token that is valid for 30 days from `at`. `salt` is 8 hex digits."""
    expires = int(at.timestamp()) + LIFETIME
    seal = _seal(salt, expires, app_id, secret_key)
    return f"24.{salt}{seal}.{LIFETIME}.{expires}.282335-{app_id}"


def make_refresh_token(app_id: str, at: datetime, salt: str) -> str:
    """A refresh token; no endpoint takes it."""
    expires = int(at.timestamp()) + 315_360_000
    return f"25.{salt * 4}.315360000.{expires}.282335-{app_id}"


def read_token(text: str) -> AccessToken | None:
    """The parts of a token; None for a text of another form."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    salt, seal, expires, app_id = match.groups()
    return AccessToken(salt, seal, int(expires), app_id)


def _seal(salt: str, expires: int, app_id: str, secret_key: str) -> str:
    text = f"{salt}.{expires}.{app_id}"
    return hmac.digest(secret_key.encode(), text.encode(), "sha256").hex()[:24]
