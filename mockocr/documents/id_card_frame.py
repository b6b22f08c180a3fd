"""Where the edges and the photo of an ID card are, from the places of its fields.

The card is 85.6 mm by 54 mm, its photo at the right of the front (GA 450). The shares are those of
the standard's layout; no face is looked for.
"""

from __future__ import annotations

from mockocr.core.recognition import Quad
from mockocr.documents.kinds import Document, Kind

_CARD = Quad.upright(-0.18, -0.16, 1.10, 1.12)
"""The card around its fields, as shares of the fields' box: the labels are left of them."""
_PHOTO = Quad.upright(0.62, 0.10, 0.95, 0.72)
"""The photo, as shares of the card."""


def card_quad(card: Document) -> Quad | None:
    """The edges of the card in pixels, upright; None if no field has a place."""
    return _within(card.quad, _CARD) if card.quad is not None else None


def photo_quad(card: Document) -> Quad | None:
    """The photo of a front in pixels; None for a back, or if no field has a place."""
    frame = card_quad(card)
    if frame is None or card.kind is not Kind.ID_CARD_FRONT:
        return None
    return _within(frame, _PHOTO)


def _within(outer: Quad, shares: Quad) -> Quad:
    left, top, right, bottom = outer.extent
    return shares.scaled(right - left, bottom - top).moved(left, top)
