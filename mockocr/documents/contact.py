"""Who can be reached where, out of what was read: name, phone and address of one contact.

What a label announces counts most; without labels a phone number is known by its form, an address
by its regions, and a name by its surname, if it stands beside one of the two. What is not there
stays empty. Where sender and recipient are both named, the recipient is the contact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mockocr.core.text import Recognition
from mockocr.documents.address import (
    Address,
    address_at_start,
    address_within,
    is_place,
    tidied,
)
from mockocr.documents.labels import Piece, pieces_of
from mockocr.documents.person import looks_like_a_name, named, titled
from mockocr.documents.phone import Phone, phones

_POSTCODE = re.compile(
    r"[,，;；\s(（]*(?:邮\s*编|邮政编码|zip)?[:\s]*(?<!\d)\d{6}(?!\d)[)）]?\s*$", re.I
)
_SEPARATORS = re.compile(r"[\s,，;；、|/:()（）\[\]【】。]+")


@dataclass(frozen=True, slots=True)
class Contact:
    """Six texts, each empty where nothing was read. `province`, `city` and `district` are written
    in full; `detail_address` is the rest of the address.
    """

    name: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    detail_address: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """Something found in a piece: its value, and the piece's place."""

    index: int
    start: int
    end: int


def contact_of(recognition: Recognition) -> Contact:
    """The contact in a recognition, whose lines are in reading order."""
    pieces = _of_one_party(pieces_of(recognition.lines))
    phone, phone_at = _phone(pieces)
    address, address_at = _address(pieces)
    name = _labelled_name(pieces) or _name_beside(pieces, phone_at, address_at)
    return Contact(name, phone, address.province, address.city, address.district, address.detail)


def _of_one_party(pieces: Sequence[Piece]) -> list[Piece]:
    roles = {piece.role for piece in pieces}
    if {"recipient", "sender"} <= roles:
        return [piece for piece in pieces if piece.role == "recipient"]
    return list(pieces)


def _phone(pieces: Sequence[Piece]) -> tuple[str, _Found | None]:
    """The first mobile number behind a label, else any labelled one, else the same unlabelled."""
    for kinds in ({"phone"}, {"", "name", "address", "region"}):
        found = [
            (phone, _Found(index, phone.start, phone.end))
            for index, piece in enumerate(pieces)
            if piece.kind in kinds
            for phone in phones(piece.text)
        ]
        found.sort(key=lambda item: not item[0].mobile)
        if found:
            return found[0][0].number, found[0][1]
    return "", None


def _address(pieces: Sequence[Piece]) -> tuple[Address, _Found | None]:
    region = Address()
    for piece in pieces:
        if piece.kind == "region" and not region.levels:
            region = address_at_start(_without_tail(piece.text))
    for index, piece in enumerate(pieces):
        if piece.kind != "address":
            continue
        text, last = _continued(pieces, index)
        found = address_at_start(_lead_removed(text))
        if found.levels or found.detail:
            return _merged(region, found), _Found(last, 0, len(pieces[last].text))
    if region.levels:
        return region, None
    for index, piece in enumerate(pieces):
        if piece.kind not in {"", "name", "phone"} or not address_within(piece.text):
            continue
        text, last = _continued(pieces, index)
        within = address_within(text)
        if within is not None:
            detail = within.detail if is_place(within.detail) else ""
            place = _Found(index, within.start, len(piece.text))
            return replace(within, detail=detail), place
    return Address(), None


def _merged(region: Address, found: Address) -> Address:
    """An address line that begins below the region that another line gives."""
    if found.province or found.city or not region.levels:
        return found
    return replace(
        found,
        province=region.province,
        city=region.city,
        district=region.district or found.district,
    )


def _lead_removed(text: str) -> str:
    """The text from its phone's end on when it begins with one, as in a label's mixed value."""
    text = text.strip()
    first = next(iter(phones(text)), None)
    return text[first.end :] if first and first.start == 0 else text


def _continued(pieces: Sequence[Piece], index: int) -> tuple[str, int]:
    """The address from that piece on, with the lines below that carry it on, cut before whatever is
    no address any more; and the index of the last piece used.
    """
    text = _without_tail(pieces[index].text)
    whole = text == pieces[index].text.rstrip()
    last = index
    while whole and last + 1 < len(pieces) and last < index + 3:
        below = pieces[last + 1]
        goes_on = below.kind == "" and below.follows == pieces[last].line
        if not goes_on or address_starts(below.text) or not is_place(below.text):
            break
        more = _without_tail(below.text)
        whole = more == below.text.rstrip()
        if not more:
            break
        joint = " " if text[-1:].isascii() and more[:1].isascii() else ""
        text, last = text.rstrip() + joint + more.lstrip(), last + 1
    return text, last


def address_starts(text: str) -> bool:
    """Whether a new address begins with the text."""
    found = address_within(text)
    return found is not None and found.start == 0 and found.levels >= 2


def _without_tail(text: str) -> str:
    """The text before a phone number, a postcode or a name that stands behind an address."""
    for phone in phones(text):
        if phone.start > 0:
            text = text[: phone.start]
            break
    text = _POSTCODE.sub("", text).rstrip()
    head, _, tail = text.rpartition(" ")
    if head and looks_like_a_name(titled(tail)):
        return head.rstrip()
    return text if text.strip() not in {"收", "启"} else ""


def _labelled_name(pieces: Iterable[Piece]) -> str:
    found = (named(piece.text) for piece in pieces if piece.kind == "name")
    return next(filter(None, found), "")


def _name_beside(
    pieces: Sequence[Piece], phone_at: _Found | None, address_at: _Found | None
) -> str:
    """A short text that looks like a name, in the line of the phone or address or next to it."""
    near: list[int] = []
    for found in (phone_at, address_at):
        if found is not None:
            near += [found.index, found.index - 1, found.index + 1]
    for index in dict.fromkeys(near):
        if not 0 <= index < len(pieces) or pieces[index].kind not in {"", "phone", "address"}:
            continue
        for chunk in _chunks(pieces[index].text):
            name = titled(chunk)
            if looks_like_a_name(name):
                return name
    return ""


def _chunks(text: str) -> list[str]:
    """The pieces of a text between phones, separators and the address in it."""
    found: list[Phone] = phones(text)
    for phone in reversed(found):
        text = text[: phone.start] + "|" + text[phone.end :]
    chunks = [tidied(chunk) for chunk in _SEPARATORS.split(text)]
    return [chunk for chunk in chunks if chunk]
