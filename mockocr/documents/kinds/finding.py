"""Finds the documents of a page by asking the finder of each kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from mockocr.core.recognition import Recognition, ScriptedFields
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import (
    bank_card,
    business_licence,
    driving_licence,
    household_register,
    id_card,
    licence_plate,
    passport,
    vehicle_licence,
)
from mockocr.documents.kinds.document import FIELDS, Document, Kind
from mockocr.documents.kinds.invoices import (
    air_itinerary,
    bus_ticket,
    machine_invoice,
    quota_invoice,
    taxi_receipt,
    toll_receipt,
    train_ticket,
    vat_invoice,
    vat_roll_invoice,
)

Finder = Callable[[Recognition], Iterable[Document]]

FINDERS: Mapping[Kind, Finder] = {
    Kind.ID_CARD_FRONT: id_card.find_fronts,
    Kind.ID_CARD_BACK: id_card.find_backs,
    Kind.BANK_CARD: bank_card.find,
    Kind.BUSINESS_LICENCE: business_licence.find,
    Kind.DRIVING_LICENCE: driving_licence.find_fronts,
    Kind.DRIVING_LICENCE_BACK: driving_licence.find_backs,
    Kind.VEHICLE_LICENCE: vehicle_licence.find_fronts,
    Kind.VEHICLE_LICENCE_BACK: vehicle_licence.find_backs,
    Kind.LICENCE_PLATE: licence_plate.find,
    Kind.PASSPORT: passport.find,
    Kind.HOUSEHOLD_REGISTER: household_register.find,
    Kind.VAT_INVOICE: vat_invoice.find,
    Kind.VAT_ROLL_INVOICE: vat_roll_invoice.find,
    Kind.TRAIN_TICKET: train_ticket.find,
    Kind.TAXI_RECEIPT: taxi_receipt.find,
    Kind.QUOTA_INVOICE: quota_invoice.find,
    Kind.AIR_ITINERARY: air_itinerary.find,
    Kind.TOLL_RECEIPT: toll_receipt.find,
    Kind.BUS_TICKET: bus_ticket.find,
    Kind.MACHINE_INVOICE: machine_invoice.find,
}
"""Each finder returns the documents of its kind that a page shows, in reading order."""


def find_document(recognition: Recognition, kinds: Collection[Kind]) -> Document | None:
    """The first document of the page that is of one of the `kinds`; None if it shows none."""
    return next(_documents(recognition, kinds), None)


def find_documents(recognition: Recognition, kinds: Collection[Kind]) -> tuple[Document, ...]:
    """The documents of the page that are of the `kinds`, in the order of the kinds.

    Scripted fields make one document: of the scripted kind, or else of the first of the `kinds`
    that has all the fields.
    """
    return tuple(_documents(recognition, kinds))


def what_is_shown(recognition: Recognition) -> str:
    """What the page shows, as a clause for the journal: each document with the fields that were
    read.
    """
    documents = find_documents(recognition, tuple(Kind))
    if not documents:
        return "the picture shows no known document"
    shown = [
        f"{_with_article(document.kind.words)} ({', '.join(document.read) or 'no field was read'})"
        for document in documents
    ]
    return f"the picture shows {' and '.join(shown)}"


def _documents(recognition: Recognition, kinds: Collection[Kind]) -> Iterator[Document]:
    if recognition.scripted is not None:
        yield from _scripted(recognition.scripted, kinds)
        return
    for kind in kinds:
        yield from recognition.cached(_found, kind)


def _found(recognition: Recognition, kind: Kind) -> tuple[Document, ...]:
    return tuple(FINDERS[kind](recognition))


def _scripted(scripted: ScriptedFields, kinds: Collection[Kind]) -> Iterator[Document]:
    for kind in kinds:
        if scripted.kind in ("", kind.value) and all(n in FIELDS[kind] for n in scripted.fields):
            fields = {name: Value(text, (), 1.0) for name, text in scripted.fields.items()}
            items = tuple(
                {name: Value(text, (), 1.0) for name, text in item.items()}
                for item in scripted.items
            )
            yield Document.of(kind, fields, items)
            return


def _with_article(words: str) -> str:
    return f"{'an' if words[0] in 'aeioAEIO' else 'a'} {words}"
