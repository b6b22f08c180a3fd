"""What wrong clients often do when they sign, tried one after the other, so that a refusal can name
the one slip that fits.

Nothing here decides whether a call is right: it is asked only after the check has failed.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from mockocr.core.service import Principal

Made = Callable[[str, str], bytes]
"""The raw digest that a secret makes of a text."""

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes; a longer body is not written anew in many ways only to find out why a call failed."""
_ZONE_SLACK = 120


@dataclass(frozen=True, slots=True)
class Slip:
    """The text that the client signed, and what is wrong about it: a clause without a full stop."""

    text: str
    cause: str


def likely(
    sent: str,
    made: Made,
    text: str,
    secret: str,
    secrets: Iterable[tuple[str, str]] = (),
    texts: Iterable[Slip] = (),
) -> Slip | None:
    """The slip that explains a signature, or None.

    `sent` is the signature in whatever spelling, `text` the one that should have been signed with
    `secret`; `secrets` are others with their causes, `texts` other texts with theirs.
    """
    if not sent:
        return None
    note = _spelling(sent, made(secret, text))
    if note is not None:
        return Slip(text, note)
    for other, cause in secrets:
        if _spelling(sent, made(other, text)) is not None:
            return Slip(text, cause)
    for slip in texts:
        if _spelling(sent, made(secret, slip.text)) is not None:
            return slip
    return None


def secrets_like(
    principal: Principal, field: str, public: str, example: str = ""
) -> Iterator[tuple[str, str]]:
    """Secrets that are taken for the key's own one in `field`, each with how that comes.

    `public` is the field that names the key, `example` the secret of the account `dev`.
    """
    right = principal.key.values.get(field, "")
    named = principal.key.values.get(public, "")
    for key in principal.account.keys:
        if key.vendor == principal.key.vendor and key.values.get(field, right) != right:
            yield key.values[field], f"the {field} is that of another key of the same account"
    if example and example != right:
        yield example, f"the {field} is that of the account dev, the {public} is not"
    for other in (right + "\n", right + "\r\n", right + " ", " " + right, "\ufeff" + right):
        yield other, f"the {field} has a blank or a line end around it"
    yield f'"{right}"', f"the {field} has quotes around it"
    yield f"'{right}'", f"the {field} has quotes around it"
    yield named, f"the {public} was used in place of the {field}"
    yield "", f"the {field} is empty"
    for other in (right.lower(), right.upper(), quote(right, safe="")):
        if other != right:
            yield other, f"the {field} was changed in its case or encoded"


def bodies_like(body: bytes) -> Iterator[tuple[bytes, str]]:
    """Bodies that a client may have signed where another one arrived, each with how that comes."""
    yield b"", "the body was left out when it was signed"
    if not body or len(body) > LARGEST_BODY:
        return
    line_end = "the body got or lost a line end after it was signed"
    for other in (body + b"\n", body + b"\r\n", body.rstrip(b"\r\n")):
        yield other, line_end
    yield body.replace(b"\r\n", b"\n"), "the body's line ends were changed after it was signed"
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return
    for name in ("gb18030", "utf-16-le"):
        yield text.encode(name), f"the body was signed in {name.upper()} and sent in UTF-8"
    yield "\ufeff".encode() + body, "the body was signed with a byte order mark and sent without"
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(value, dict | list):
        again = "the body's JSON was written anew after it was signed"
        yield from ((other, again) for other in _written(value))


def zone_hint(seconds: float) -> str:
    """What a clock that is off by whole hours tells; empty for any other."""
    hours = round(abs(seconds) / 1800) / 2
    if 1 <= hours <= 14 and abs(abs(seconds) - hours * 3600) <= _ZONE_SLACK:
        return f"; that is {hours:g} h, as when a local time is sent for UTC"
    return ""


def _written(value: object) -> Iterator[bytes]:
    """The ways in which the usual JSON libraries write a value."""
    for separators in ((",", ":"), (", ", ": ")):
        for ascii_only in (False, True):
            for ordered in (False, True):
                yield json.dumps(
                    value, separators=separators, ensure_ascii=ascii_only, sort_keys=ordered
                ).encode("utf-8", "replace")
    for indent in (2, 4):
        yield json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace")


def _spelling(sent: str, raw: bytes) -> str | None:
    """How `sent` writes the digest; None when it writes another one."""
    hexed, based = raw.hex(), base64.b64encode(raw).decode()
    forms = (
        (hexed, "the signature is written in hex digits, not as the vendor wants it"),
        (hexed.upper(), "the signature is written in upper-case hex digits"),
        (based, "the signature is written in base64, not as the vendor wants it"),
        (quote(based, safe=""), "the signature was percent-encoded once too often"),
        (based.replace("+", " "), "the + of the signature was not percent-encoded"),
        (based.rstrip("="), "the signature has lost its padding"),
        (
            base64.urlsafe_b64encode(raw).decode(),
            "the signature is written in base64 for URLs, with - and _",
        ),
        (
            base64.b64encode(hexed.encode()).decode(),
            "the signature is the base64 of the hex digits instead of the digest",
        ),
    )
    came = sent.encode("utf-8", "replace")
    return next((note for form, note in forms if hmac.compare_digest(form.encode(), came)), None)
