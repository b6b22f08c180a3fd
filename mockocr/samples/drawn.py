"""A document that is drawn: the sheet, and the fields that are on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mockocr.samples.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the module of a kind draws. `fields` are in the forms of docs/documents.md; those that
    the document does not print may be left out. `items` are the rows of an invoice.
    """

    sheet: Sheet
    fields: Mapping[str, str]
    items: tuple[Mapping[str, str], ...] = field(default=())
