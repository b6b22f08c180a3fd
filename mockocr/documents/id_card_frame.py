"""Where the edges and the photo of an ID card are, from the places of its fields.

The card is 85.6 mm by 54 mm, its photo at the right of the front (GA 450). The shares are those of
the standard's layout; no face is looked for.
"""

from __future__ import annotations

import re

from mockocr.core.recognition import Quad
from mockocr.documents.kinds import Document, Kind

_CARD = Quad.upright(-0.18, -0.16, 1.10, 1.12)
"""The card around its fields, as shares of the fields' box: the labels are left of them."""
_PHOTO = Quad.upright(0.62, 0.10, 0.95, 0.72)
"""The photo, as shares of the card."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)


def card_quad(card: Document) -> Quad | None:
    """The edges of the card in pixels, upright; None if no field has a place."""
    return _within(card.quad, _CARD) if card.quad is not None else None


def photo_quad(card: Document) -> Quad | None:
    """The photo of a front in pixels; None for a back, or if no field has a place."""
    frame = card_quad(card)
    if frame is None or card.kind is not Kind.ID_CARD_FRONT:
        return None
    return _within(frame, _PHOTO)


def is_number_valid(number: str) -> bool:
    """True if the check digit of GB 11643 is right."""
    if _NUMBER.fullmatch(number) is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1]


def birth_in(number: str) -> str:
    """The date of birth that a number of 18 digits contains, as `1990-01-12`."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex_in(number: str) -> str:
    """男 or 女, by the last digit but one."""
    return "男" if int(number[16]) % 2 else "女"


def _within(outer: Quad, shares: Quad) -> Quad:
    left, top, right, bottom = outer.extent
    x1, y1, x2, y2 = shares.extent
    width, height = right - left, bottom - top
    return Quad.upright(left + x1 * width, top + y1 * height, left + x2 * width, top + y2 * height)
