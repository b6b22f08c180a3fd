"""Finds one contact in recognised text: name, phone and address.

Labelled values come first. Without labels a phone number is identified by its form, an address by
its regions, and a name by its surname if it is next to one of the two. Fields that are not found
stay empty. If both a sender and a recipient are labelled, the recipient is the contact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.address import (
    Address,
    address_at_start,
    address_within,
    is_place,
    tidy,
)
from mockocr.documents.labels import Piece, split_at_labels
from mockocr.documents.person import looks_like_a_name, name_after_label, without_title
from mockocr.documents.phone import Phone, phones

_POSTCODE = re.compile(
    r"[,，;；\s(（]*(?:邮\s*编|邮政编码|zip)?[:\s]*(?<!\d)\d{6}(?!\d)[)）]?\s*$", re.I
)
_MARK = re.compile(r"(?:^|\s+)[(（]?[收启][)）]?\s*$")
_SEPARATORS = re.compile(r"[\s,，;；、|/:()（）\[\]【】。]+")


class Contact(msgspec.Struct, frozen=True):
    """The fields of a contact, each empty if it was not found. `province`, `city` and `district`
    are full names; `detail_address` is the rest of the address.
    """

    name: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    detail_address: str = ""


def contact_of(recognition: Recognition) -> Contact:
    """The contact in a recognition; its lines must be in reading order."""
    pieces = _of_one_party(split_at_labels(recognition.lines))
    phone, phone_at = _phone(pieces)
    address, address_at = _address(pieces)
    name = _labelled_name(pieces) or _name_beside(pieces, phone, phone_at, address, address_at)
    number = phone.number if phone else ""
    return Contact(name, number, address.province, address.city, address.district, address.detail)


def _of_one_party(pieces: Sequence[Piece]) -> list[Piece]:
    roles = {piece.role for piece in pieces}
    if {"recipient", "sender"} <= roles:
        return [piece for piece in pieces if piece.role == "recipient"]
    return list(pieces)


def _phone(pieces: Sequence[Piece]) -> tuple[Phone | None, int | None]:
    """The first labelled mobile number, else any labelled number, else the same without labels; and
    the index of its piece.
    """
    for kinds in ({"phone"}, {"", "name", "address", "region"}):
        found = [
            (phone, index)
            for index, piece in enumerate(pieces)
            if piece.kind in kinds
            for phone in phones(piece.text)
        ]
        if found:
            return min(found, key=lambda item: not item[0].mobile)
    return None, None


def _address(pieces: Sequence[Piece]) -> tuple[Address, int | None]:
    region = Address()
    for piece in pieces:
        if piece.kind == "region" and not region.levels:
            region = address_at_start(_without_tail(piece.text))
    for index, piece in enumerate(pieces):
        if piece.kind != "address":
            continue
        text, _ = _with_continuation(pieces, index, _lead_removed(piece.text))
        found = address_at_start(text)
        if found.levels or (found.detail and (piece.sure or is_place(found.detail))):
            return _merged(region, found), index
    if region.levels:
        return region, None
    for index, piece in enumerate(pieces):
        if piece.kind not in {"", "name", "phone"}:
            continue
        text = _around_phones(piece.text)
        if address_within(text) is None:
            continue
        text, _ = _with_continuation(pieces, index, text)
        within = address_within(text)
        if within is not None:
            detail = within.detail if is_place(within.detail) else ""
            return replace(within, detail=detail), index
    return Address(), None


def _around_phones(text: str) -> str:
    """The part of the text between phone numbers that contains an address, or all of it."""
    found, parts, at = phones(text), [], 0
    for phone in found:
        parts.append(text[at : phone.start])
        at = phone.end
    parts.append(text[at:])
    return next((part for part in parts if address_within(part)), text)


def _merged(region: Address, found: Address) -> Address:
    """An address line without a region, completed by the region of another line."""
    if found.province or found.city or not region.levels:
        return found
    return replace(
        found,
        province=region.province,
        city=region.city,
        district=region.district or found.district,
    )


def _lead_removed(text: str) -> str:
    """The text without a phone number at its start, as in a label's mixed value."""
    text = text.strip()
    first = next(iter(phones(text)), None)
    return text[first.end :] if first and first.start == 0 else text


def _with_continuation(pieces: Sequence[Piece], index: int, text: str) -> tuple[str, int]:
    """The address `text` of a piece joined with the lines below that continue it, and the index of
    the last piece used. The text ends where the address ends.
    """
    first, text = text, _without_tail(text)
    whole = text == first.rstrip() and pieces[index].text.rstrip().endswith(text[-1:])
    last = index
    while whole and last + 1 < len(pieces) and last < index + 3:
        below = pieces[last + 1]
        goes_on = below.kind == "" and below.follows == pieces[last].line
        if not goes_on or starts_with_address(below.text) or not is_place(below.text):
            break
        more = _without_tail(below.text)
        whole = more == below.text.rstrip()
        if not more:
            break
        joint = " " if text[-1:].isascii() and more[:1].isascii() else ""
        text, last = text.rstrip() + joint + more.lstrip(), last + 1
    return text, last


def starts_with_address(text: str) -> bool:
    """True if the text starts with a new address."""
    found = address_within(text)
    return found is not None and found.start == 0 and found.levels >= 2


def _without_tail(text: str) -> str:
    """The text without a phone number, a postcode or a name after an address."""
    for phone in phones(text):
        if phone.start > 0:
            text = text[: phone.start]
            break
    text = _MARK.sub("", _POSTCODE.sub("", text)).rstrip()
    head, _, tail = text.rpartition(" ")
    if head and looks_like_a_name(without_title(tail)):
        return head.rstrip()
    return text


def _labelled_name(pieces: Iterable[Piece]) -> str:
    found = (name_after_label(piece.text) for piece in pieces if piece.kind == "name")
    return next(filter(None, found), "")


def _name_beside(
    pieces: Sequence[Piece],
    phone: Phone | None,
    phone_at: int | None,
    address: Address,
    address_at: int | None,
) -> str:
    """A short text that looks like a name, in the line of the phone or address or next to it.

    Shops print hotlines and addresses below their own names, so without a mobile number only a text
    with a title (先生, 收) is a name.
    """
    personal = phone is not None and phone.mobile
    places = (address.province, address.city, address.district, address.detail)
    near = [at + step for at in (phone_at, address_at) if at is not None for step in (0, -1, 1)]
    for index in dict.fromkeys(near):
        if not 0 <= index < len(pieces) or pieces[index].kind not in {"", "phone", "address"}:
            continue
        for chunk in _chunks(pieces[index].text):
            name = without_title(chunk)
            if any(chunk in place for place in places):
                continue
            if looks_like_a_name(name) and (personal or name != chunk):
                return name
    return ""


def _chunks(text: str) -> list[str]:
    """The parts of a text between phone numbers and separators."""
    found: list[Phone] = phones(text)
    for phone in reversed(found):
        text = text[: phone.start] + "|" + text[phone.end :]
    chunks = [tidy(chunk) for chunk in _SEPARATORS.split(text)]
    if all(len(chunk) == 1 for chunk in chunks):
        chunks = ["".join(chunks)]  # a name printed with spaces between its characters
    return [chunk for chunk in chunks if chunk]
