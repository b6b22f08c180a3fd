"""Bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.bankcard import bank_card_of
from mockocr.documents.char_map import Value
from mockocr.documents.kinds.document import Document, Kind


def find(recognition: Recognition) -> Iterable[Document]:
    """The card that the page shows: a number makes it one."""
    card = bank_card_of(recognition)
    if not card.number.text:
        return
    named = re.fullmatch(r"(.*)\((\d{8})\)", card.bank.text)
    fields = {
        "number": card.number,
        "bank": replace(card.bank, text=named[1]) if named else card.bank,
        "bank_code": replace(card.bank, text=named[2]) if named else Value(),
        "card_type": card.kind,
        "card_name": card.name,
        "valid_to": _month(card.end),
    }
    yield Document.of(Kind.BANK_CARD, fields)


def _month(end: Value) -> Value:
    month, _, year = end.text.partition("/")
    return replace(end, text=f"{year}-{month}" if year else "")
