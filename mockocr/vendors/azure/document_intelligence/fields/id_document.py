"""The fields of an identity document: Chinese identity cards, driver licences of the United States
and passports.

doc: ID document model; its types and the names of their fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.formats import dotted_date, slashed_date
from mockocr.documents.kinds import Kind, find_document
from mockocr.documents.us_identity import find_identity
from mockocr.vendors.azure.document_intelligence.fields.builder import Builder, Document
from mockocr.vendors.azure.document_intelligence.page_text import Page

KIND = "idDocument.nationalIdentityCard"
_LICENSE, _PASSPORT = "idDocument.driverLicense", "idDocument.passport"
_NAMES = {
    "first_name": ("FirstName", "string"),
    "last_name": ("LastName", "string"),
    "document_number": ("DocumentNumber", "string"),
    "date_of_birth": ("DateOfBirth", "date"),
    "date_of_issue": ("DateOfIssue", "date"),
    "expiration_date": ("DateOfExpiration", "date"),
    "address": ("Address", "address"),
    "state_in_address": ("Region", "string"),
    "class": ("VehicleClassifications", "string"),
    "endorsements": ("Endorsements", "string"),
    "restrictions": ("Restrictions", "string"),
}
"""Fields of `documents.us_identity`, and their names and types here."""
_FEWEST = 2
"""Fields without which a page is no identity document."""
_SEX = {"男": "M", "女": "F"}


def find(builder: Builder, readings: Sequence[Recognition]) -> Document | None:
    """The fields of the front and the back, whichever the pages show. The name is not divided:
    guess that it is the last name and the first name together in `FirstName`.
    """
    document = Document(KIND)
    for page, recognition in zip(builder.pages, readings, strict=True):
        front = find_document(recognition, (Kind.ID_CARD_FRONT,))
        back = find_document(recognition, (Kind.ID_CARD_BACK,))
        if front is not None:
            birth = replace(front["birth"], text=slashed_date(front.text("birth")))
            _add(document, builder, page, "FirstName", "string", front["name"])
            _add(document, builder, page, "DocumentNumber", "string", front["number"])
            _add(document, builder, page, "DateOfBirth", "date", birth)
            _add(document, builder, page, "Sex", "string", front["sex"])
            _add(document, builder, page, "Address", "address", front["address"])
        if back is not None:
            _add(document, builder, page, "IssuingAuthority", "string", back["authority"])
            for name, field in (("DateOfIssue", "valid_from"), ("DateOfExpiration", "valid_to")):
                dated = replace(back[field], text=dotted_date(back.text(field)))
                _add(document, builder, page, name, "date", dated)
    sex = document.fields.get("Sex")
    if sex is not None:
        sex["valueString"] = _SEX.get(sex["content"], sex["content"])
    return document if document.fields else _find_other(builder, readings)


def _find_other(builder: Builder, readings: Sequence[Recognition]) -> Document | None:
    """A driver licence or a passport."""
    document = Document(_LICENSE)
    for page, recognition in zip(builder.pages, readings, strict=True):
        found = find_identity(recognition)
        if "mrz_code" in found:
            document.kind = _PASSPORT
        for source, (name, kind) in _NAMES.items():
            if source in found:
                field = found[source]
                _add(document, builder, page, name, kind, Value(field.text, field.characters))
    return document if len(document.fields) >= _FEWEST else None


def _add(
    document: Document, builder: Builder, page: Page, name: str, kind: str, value: Value
) -> None:
    field: dict[str, Any] | None = builder.field(kind, value.text, value.characters, page)
    if field is not None and name not in document.fields:
        document.fields[name] = field
