"""Response header names that leave the server as the vendor spells them."""

from __future__ import annotations


class HeaderName(bytes):
    """A header name that keeps its letters: some clients compare them, and uvicorn's httptools
    protocol calls `lower()` on each name before it writes it. Equal to its lower-case form.
    """

    def lower(self) -> HeaderName:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bytes) and bytes.lower(self) == bytes.lower(other)

    def __hash__(self) -> int:
        return hash(bytes.lower(self))
