"""The access token: made from a credential and a time, so that any server can check it.

observed: a token is a number, `_`, and 100 to 150 letters, digits, `-` and `_`. The content of a
real one is not known.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from datetime import datetime, timedelta

import msgspec

LIFETIME = timedelta(seconds=7200)
"""doc: api_getaccesstoken, expires_in."""
GRACE = timedelta(minutes=5)
"""doc: api_getaccesstoken: a token is valid for five minutes after a newer one was fetched."""
LATEST, STABLE = "wechat.latest", "wechat.stable"
"""Where the store keeps the newest token of an AppID: of `token`, and of `stable_token`."""
_FORM = re.compile(r"(9[01])_([A-Za-z0-9_-]{90,400})", re.ASCII)
_NUMBERS = {False: "90", True: "91"}


class AccessToken(msgspec.Struct, frozen=True):
    """A token whose form is right. `issued` is in milliseconds of the epoch; nothing else is
    checked yet.
    """

    appid: str
    issued: int
    stable: bool
    salt: bytes
    seal: bytes

    def is_made_with(self, secret: str) -> bool:
        made = _seal(self.appid, self.issued, self.stable, self.salt, secret)
        return hmac.compare_digest(self.seal, made)


def make_token(appid: str, secret: str, at: datetime, salt: str, *, stable: bool = False) -> str:
    """A token that is issued at `at`. `salt` is 32 hex digits."""
    issued, raw = milliseconds(at), bytes.fromhex(salt)
    seal = _seal(appid, issued, stable, raw, secret)
    data = raw + issued.to_bytes(8, "big") + seal + appid.encode()
    return f"{_NUMBERS[stable]}_{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def read_token(text: str) -> AccessToken | None:
    """The parts of a token; None for a text of another form."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    try:
        data = base64.urlsafe_b64decode(match[2] + "=" * (-len(match[2]) % 4))
        appid = data[56:].decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    issued = int.from_bytes(data[16:24], "big")
    return AccessToken(appid, issued, match[1] == _NUMBERS[True], data[:16], data[24:56])


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _seal(appid: str, issued: int, stable: bool, salt: bytes, secret: str) -> bytes:
    text = f"{appid}.{issued}.{stable}".encode()
    return hmac.digest(secret.encode(), salt + text, "sha256")
