"""Masks the secret credentials of every known account in any text, plain or encoded.

A name cannot tell where clients put a secret; its value can. So the values are looked for: as they
are, percent-encoded, in base64, and in each of these once more.
"""

from __future__ import annotations

import base64
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from mockocr.control.journal.redact import is_public_field, shorten
from mockocr.core.account import Account

SHORTEST = 6
"""Characters of the shortest secret that is looked for: shorter ones occur in other words."""
FORMER = 1000
"""How many deleted accounts are remembered."""
_DEPTH = 3
_FEW = 8
_LINE = 32
"""Characters of a line of a private key from which on the line alone is a secret."""
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_REMEMBERED, _LONGEST_REMEMBERED = 1024, 512
Span = tuple[int, int]


class KnownSecrets:
    """An index of secrets by their first characters, so that a search takes as long for many
    accounts as for one.
    """

    def __init__(self) -> None:
        self._by_start: dict[str, set[str]] = {}
        self._accounts: dict[str, tuple[str, ...]] = {}
        self._former: deque[str] = deque()
        self._retired = 0
        self._owners: dict[str, int] = {}
        self._masked: dict[str, str] = {}

    def add(self, account: Account) -> None:
        """Know the secrets of an account; they replace those it had before."""
        found = tuple(_values(account))
        if self._accounts.get(account.name) == found:
            return
        self.discard(account.name)
        self._accounts[account.name] = found
        for value in found:
            self._owners[value] = self._owners.get(value, 0) + 1
            self._by_start.setdefault(value[:SHORTEST], set()).add(value)

    def discard(self, name: str) -> None:
        """Forget the secrets of an account."""
        self._masked.clear()
        for value in self._accounts.pop(name, ()):
            self._owners[value] -= 1
            if not self._owners[value]:
                del self._owners[value]
                self._by_start[value[:SHORTEST]].discard(value)

    def retire(self, name: str) -> None:
        """Remember the secrets of a deleted account for the requests that the journal still has;
        those of the latest `FORMER` accounts are.
        """
        if name in self._accounts:
            self._retired += 1
            former = f"{name}\n{self._retired}"
            self._accounts[former] = self._accounts.pop(name)
            self._former.append(former)
        if len(self._former) > FORMER:
            self.discard(self._former.popleft())

    def mask(self, text: str) -> str:
        """The text with the first characters and the length in place of each secret."""
        if len(text) < SHORTEST:
            return text
        masked = self._masked.get(text)
        if masked is None:
            masked = _masked(text, self._spans(text, _DEPTH))
            if len(text) <= _LONGEST_REMEMBERED:  # paths and reasons repeat
                if len(self._masked) >= _REMEMBERED:
                    self._masked.clear()
                self._masked[text] = masked
        return masked

    def replace(self, text: str, other: Callable[[str], str]) -> str:
        """The text with `other(secret)` in place of each secret, also of an encoded one."""
        return _masked(text, self._spans(text, _DEPTH), other)

    def cut(self, text: str, longest: int) -> str:
        """The beginning of the text, masked, and how long the text was."""
        if len(text) <= longest:
            return self.mask(text)
        # a secret may begin before the cut and end behind it
        shown = self.mask(text[: longest + max(map(len, self._owners), default=0)])
        return f"{shown[:longest]}… ({len(text)} characters)"

    def _spans(self, text: str, depth: int) -> Iterator[Span]:
        yield from self._plain_spans(text)
        if not depth:
            return
        if "%" in text:
            decoded, places = _unquoted(text)
            if len(decoded) < len(text):
                for start, end in self._spans(decoded, depth - 1):
                    yield places[start], places[end]
        for run in _BASE64.finditer(text):
            for offset in range(min(4, len(run[0]))):
                decoded = _from_base64(run[0][offset:])
                for start, end in self._spans(decoded, 0 if depth == 1 else 1):
                    at = run.start() + offset
                    yield at + start * 4 // 3, min(run.end(), at + -(-end * 4 // 3))

    def _plain_spans(self, text: str) -> Iterator[Span]:
        if len(self._owners) * _FEW < len(text):  # searching for each takes less time
            for value in self._owners:
                at = text.find(value)
                while at >= 0:
                    yield at, at + len(value)
                    at = text.find(value, at + 1)
            return
        for start in range(len(text) - SHORTEST + 1):
            for value in self._by_start.get(text[start : start + SHORTEST], ()):
                if text.startswith(value, start):
                    yield start, start + len(value)


def _values(account: Account) -> Iterator[str]:
    for credential in account.credentials:
        for field, value in credential.values.items():
            if is_public_field(field) or len(value) < SHORTEST:
                continue
            yield value
            encoded = value.encode("utf-8", "replace").decode("latin-1")
            if encoded != value:  # as it comes out of an escaped or encoded text
                yield encoded
            yield from _lines(value)


def _lines(value: str) -> Iterable[str]:
    """The lines of a private key: clients send them with other line ends."""
    lines = value.split("\n")
    return (line for line in lines[1:-1] if len(line) >= _LINE) if len(lines) > 1 else ()


def _unquoted(text: str) -> tuple[str, list[int]]:
    """The text with its escapes decoded to latin-1, and the place of each character and of the end
    in `text`.
    """
    decoded: list[str] = []
    places: list[int] = []
    at = 0
    for escape in _ESCAPE.finditer(text):
        decoded.append(text[at : escape.start()])
        places.extend(range(at, escape.start()))
        decoded.append(chr(int(escape[1], 16)))
        places.append(escape.start())
        at = escape.end()
    decoded.append(text[at:])
    places.extend(range(at, len(text) + 1))
    return "".join(decoded), places


def _from_base64(run: str) -> str:
    plain = run.replace("-", "+").replace("_", "/")
    usable = plain[: len(plain) // 4 * 4]
    rest = plain[len(usable) :]
    if len(rest) > 1:
        usable += rest + "=" * (4 - len(rest))
    return base64.b64decode(usable).decode("latin-1")


def _masked(text: str, spans: Iterable[Span], other: Callable[[str], str] = shorten) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in _joined(sorted(spans)):
        pieces += text[done:start], other(text[start:end])
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def _joined(spans: list[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap as one."""
    begin, end = -1, -1
    for start, stop in spans:
        if start >= end:
            if end > begin:
                yield begin, end
            begin, end = start, stop
        end = max(end, stop)
    if end > begin:
        yield begin, end
