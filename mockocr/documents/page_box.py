"""A box on the straightened page."""

from __future__ import annotations

import msgspec

SAME_ROW = 0.5
"""Boxes overlap by this share of the smaller height if they stand in one row."""


class PageBox(msgspec.Struct, frozen=True):
    """Edges in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Half-way between left and right."""
        return (self.left + self.right) / 2

    def is_beside(self, other: PageBox) -> bool:
        """True if both stand in one row."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= SAME_ROW * min(self.height, other.height)
