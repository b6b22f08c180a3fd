"""Replaces secrets, and on demand all texts, by others of the same form."""

from __future__ import annotations

import random
import re
import string
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from mockocr.control.journal.known_secrets import SHORTEST, KnownSecrets
from mockocr.core.account import Account, Credential

_URL = re.compile(r"https?://[^\s\"'<>]+", re.I)
_HEX = re.compile(r"[0-9a-f]+")


def masked(text: str) -> str:
    """Each letter as `x` or `X`, each digit as `0`: a token stays well-formed and says nothing."""
    return "".join(map(_class, text))


def masked_text(text: str) -> str:
    """Each character of a reading by its class; those of Chinese, Japanese and Korean as 某."""
    return "".join("某" if unicodedata.category(c) == "Lo" else _class(c) for c in text)


def _class(character: str) -> str:
    if character.isdigit():
        return "0"
    if character.isalpha():
        return "X" if character.isupper() else "x"
    return character


def without_query(text: str) -> str:
    """The text with no user and no query in its URLs: they may carry a signature."""
    return _URL.sub(lambda url: _bare(url[0]), text)


def with_version_alone(text: str) -> str:
    """The text, of whose query only the version of the API is kept if it is a URL."""
    if not _URL.fullmatch(text):
        return without_query(text)
    query = urlsplit(text).query.split("&")
    kept = [pair for pair in query if pair.partition("=")[0].lower().endswith("version")]
    return "?".join([_bare(text), *(["&".join(kept)] if kept else [])])


def _bare(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "http://invalid/"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


class SecretMask:
    """Masks values that were seen in secret fields wherever else they occur: as they are,
    percent-encoded or in base64.
    """

    def __init__(self, values: Iterable[str]) -> None:
        found = {value for value in values if len(value) >= SHORTEST}
        self._known = KnownSecrets()
        named = {f"secret {number}": value for number, value in enumerate(sorted(found))}
        self._known.add(Account("recorded", (Credential("recorded", named),)))

    def __call__(self, text: str) -> str:
        return self._known.replace(text, masked) if text else text


def renewed(text: str, random_: random.Random) -> str:
    """Another id of the same form: hexadecimal digits, digits, or letters and digits."""
    bare = re.sub(r"[^0-9A-Za-z]", "", text)
    if bare.isdigit():
        return "".join(
            c if not c.isdigit() else random_.choice("123456789" if i == 0 else string.digits)
            for i, c in enumerate(text)
        )
    if _HEX.fullmatch(bare.lower()):
        digits = "0123456789ABCDEF" if bare.upper() == bare else "0123456789abcdef"
        return "".join(random_.choice(digits) if c.isalnum() else c for c in text)
    return "".join(_other(c, random_) for c in text)


def _other(character: str, random_: random.Random) -> str:
    for letters in (string.digits, string.ascii_lowercase, string.ascii_uppercase):
        if character in letters:
            return random_.choice(letters)
    return character
