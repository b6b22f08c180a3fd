"""Explains a wrong signature: tries the mistakes that clients make when they sign, one by one.

Nothing here decides whether a request is genuine; it runs only after the check has failed.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

import msgspec

from mockocr.core.account import Principal

Digest = Callable[[str, str], bytes]
"""Secret and text to the raw digest of the scheme."""

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes; a longer body is not rewritten in many ways only to explain a failure."""


class SigningMistake(msgspec.Struct, frozen=True):
    """The text that the client signed, and what is wrong: a clause without a full stop."""

    text: str
    cause: str


def diagnose(
    received: str,
    digest: Digest,
    text: str,
    secret: str,
    secrets: Iterable[tuple[str, str]] = (),
    texts: Iterable[SigningMistake] = (),
) -> SigningMistake | None:
    """The mistake that explains a signature, or None.

    `received` is the signature in whatever encoding, `text` what should have been signed with
    `secret`. `secrets` are other secrets with their causes, `texts` other texts with theirs.
    """
    if not received:
        return None
    note = _encoding_mistake(received, digest(secret, text))
    if note is not None:
        return SigningMistake(text, note)
    for other, cause in secrets:
        if _encoding_mistake(received, digest(other, text)) is not None:
            return SigningMistake(text, cause)
    for mistake in texts:
        if _encoding_mistake(received, digest(secret, mistake.text)) is not None:
            return mistake
    return None


def similar_secrets(
    principal: Principal, field: str, id_field: str, example: str = ""
) -> Iterator[tuple[str, str]]:
    """Secrets that are confused with the credential's own one in `field`, each with its cause.

    `id_field` is the field that names the key, `example` the secret of the account `dev`.
    """
    right = principal.values.get(field, "")
    key_id = principal.values.get(id_field, "")
    for credential in principal.account.credentials:
        same_vendor = credential.vendor == principal.credential.vendor
        if same_vendor and credential.values.get(field, right) != right:
            cause = f"the {field} belongs to another key of the same account"
            yield credential.values[field], cause
    if example and example != right:
        yield example, f"the {field} belongs to the account dev, the {id_field} does not"
    for other in (right + "\n", right + "\r\n", right + " ", " " + right, "\ufeff" + right):
        yield other, f"the {field} has a blank or a line end around it"
    yield f'"{right}"', f"the {field} has quotes around it"
    yield f"'{right}'", f"the {field} has quotes around it"
    yield key_id, f"the {id_field} was used in place of the {field}"
    yield "", f"the {field} is empty"
    for other in (right.lower(), right.upper(), quote(right, safe="")):
        if other != right:
            yield other, f"the {field} was changed in case or percent-encoded"


def similar_bodies(body: bytes) -> Iterator[tuple[bytes, str]]:
    """Bodies that a client may have signed instead of the one that arrived, each with its cause."""
    yield b"", "the body was left out of the signature"
    if not body or len(body) > LARGEST_BODY:
        return
    line_end = "the body gained or lost a line end after it was signed"
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
        cause = "the body's JSON was serialised again after it was signed"
        yield from ((other, cause) for other in _serialisations(value))


def _serialisations(value: object) -> Iterator[bytes]:
    """The ways in which the usual JSON libraries write a value."""
    for separators in ((",", ":"), (", ", ": ")):
        for ascii_only in (False, True):
            for ordered in (False, True):
                yield json.dumps(
                    value, separators=separators, ensure_ascii=ascii_only, sort_keys=ordered
                ).encode("utf-8", "replace")
    for indent in (2, 4):
        yield json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace")


def _encoding_mistake(received: str, raw: bytes) -> str | None:
    """How `received` encodes the digest; None if it encodes another one."""
    hexed, based = raw.hex(), base64.b64encode(raw).decode()
    forms = (
        (hexed, "the signature is encoded in hex digits, which this vendor does not use"),
        (hexed.upper(), "the signature is encoded in upper-case hex digits"),
        (based, "the signature is encoded in base64, which this vendor does not use"),
        (quote(based, safe=""), "the signature was percent-encoded once too often"),
        (based.replace("+", " "), "the + of the signature was not percent-encoded"),
        (based.rstrip("="), "the signature has lost its padding"),
        (
            base64.urlsafe_b64encode(raw).decode(),
            "the signature is encoded in base64 for URLs, with - and _",
        ),
        (
            base64.b64encode(hexed.encode()).decode(),
            "the signature is the base64 of the hex digits instead of the digest",
        ),
    )
    sent = received.encode("utf-8", "replace")
    return next((note for form, note in forms if hmac.compare_digest(form.encode(), sent)), None)
