"""How a member of `SingleInvoiceInfos` gets its value: from a field of the document in a form, from
a function of the document, or as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from mockocr.core.recognition import Quad
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document


class Field(msgspec.Struct, frozen=True):
    """The text of a field, in a form."""

    name: str
    form: Callable[[str], str] = str


class Rows(msgspec.Struct, frozen=True):
    """The rows of the document, each with these members."""

    members: Mapping[str, Field | str]


Source = Field | Rows | Callable[[Document], Any] | str | int


class Place(msgspec.Struct, frozen=True):
    """Where a member was read. `row` counts the rows of an invoice from 0, and is -1 outside."""

    key: str
    quad: Quad
    row: int = -1


def unspaced(text: str) -> str:
    """The text without blanks, its lines joined by commas (observed in remarks)."""
    return ",".join("".join(line.split()) for line in text.split("\n"))


def joined(text: str) -> str:
    """The text without blanks and line ends."""
    return "".join(text.split())


def station(text: str) -> str:
    """The name of a station without 站 at its end (observed)."""
    return text.removesuffix("站")


def sign_before(name: str, sign: str) -> Callable[[Document], str]:
    """The sign if the field was read, else an empty text; `*`, an amount that is not taxed, has
    none (observed).
    """

    def source(document: Document) -> str:
        text = document.text(name)
        return sign if text and not set(text) <= {"*"} else ""

    return source


def object_of(document: Document, members: Mapping[str, Source]) -> dict[str, Any]:
    """The object of the document."""
    return {key: _value(source, document) for key, source in members.items()}


def places(document: Document, members: Mapping[str, Source]) -> Iterator[Place]:
    """The members that were read and have a place, then those of the rows."""
    for key, source in members.items():
        if isinstance(source, Field):
            yield from _placed(key, document.fields, source, -1)
    for source in members.values():
        if isinstance(source, Rows):
            for number, row in enumerate(document.items):
                for key, field in source.members.items():
                    if isinstance(field, Field):
                        yield from _placed(key, row, field, number)


def _placed(key: str, values: Mapping[str, Value], field: Field, row: int) -> Iterator[Place]:
    quad = values[field.name].quad
    if quad is not None:
        yield Place(key, quad, row)


def _value(source: Source, document: Document) -> Any:
    if isinstance(source, Field):
        return source.form(document.text(source.name))
    if isinstance(source, Rows):
        return [
            {
                key: field.form(row[field.name].text) if isinstance(field, Field) else field
                for key, field in source.members.items()
            }
            for row in document.items
        ]
    return source(document) if callable(source) else source
