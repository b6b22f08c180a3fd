"""The fields of an identity document: those of Chinese identity cards are found.

doc: ID document model, national identity cards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.idcard import back_of, front_of
from mockocr.vendors.azure.document_intelligence.fields.builder import Builder, Document
from mockocr.vendors.azure.document_intelligence.page_text import Page

KIND = "idDocument.nationalIdentityCard"
_SEX = {"男": "M", "女": "F"}


def find(builder: Builder, readings: Sequence[Recognition]) -> Document | None:
    """The fields of the front and the back, whichever the pages show. The name is not divided:
    guess that it is the last name and the first name together in `FirstName`.
    """
    document = Document(KIND)
    for page, recognition in zip(builder.pages, readings, strict=True):
        front, back = front_of(recognition), back_of(recognition)
        if front is not None:
            _add(document, builder, page, "FirstName", "string", front.name)
            _add(document, builder, page, "DocumentNumber", "string", front.id)
            _add(document, builder, page, "DateOfBirth", "date", front.birth)
            _add(document, builder, page, "Sex", "string", front.sex)
            _add(document, builder, page, "Address", "address", front.address)
        if back is not None:
            _add(document, builder, page, "IssuingAuthority", "string", back.authority)
            start, _, end = back.valid_date.text.partition("-")
            count = sum(character.isdigit() for character in start)
            dated = back.valid_date.characters
            _add(document, builder, page, "DateOfIssue", "date", Value(start, dated[:count]))
            _add(document, builder, page, "DateOfExpiration", "date", Value(end, dated[count:]))
    sex = document.fields.get("Sex")
    if sex is not None:
        sex["valueString"] = _SEX.get(sex["content"], sex["content"])
    return document


def _add(
    document: Document, builder: Builder, page: Page, name: str, kind: str, value: Value
) -> None:
    field: dict[str, Any] | None = builder.field(kind, value.text, value.characters, page)
    if field is not None and name not in document.fields:
        document.fields[name] = field
