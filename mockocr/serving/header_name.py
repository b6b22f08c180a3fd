"""Response header names that leave the server as the vendor spells them."""

from __future__ import annotations

from functools import lru_cache


class HeaderName(bytes):
    """A header name that keeps its letters: some clients compare them, and uvicorn's httptools
    protocol calls `lower()` on each name before it writes it.
    """

    def lower(self) -> HeaderName:
        return self


class _FramingName(HeaderName):
    """Equal to its lower-case form, with which uvicorn compares it."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bytes) and bytes.lower(self) == bytes.lower(other)

    def __hash__(self) -> int:
        return hash(bytes.lower(self))


_FRAMING = frozenset({b"connection", b"content-length", b"transfer-encoding"})
"""The headers that uvicorn acts upon. Only their names are compared in Python, which takes longer
than writing all headers.
"""


@lru_cache(maxsize=1024)
def header_name(name: bytes) -> HeaderName:
    """The name as the server is to write it."""
    return (_FramingName if name.lower() in _FRAMING else HeaderName)(name)
