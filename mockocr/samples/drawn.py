"""A document that is drawn: the sheet, and the fields that are on it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mockocr.samples.sheet import Sheet


class Drawn(msgspec.Struct, frozen=True):
    """What the module of a kind draws. `fields` are in the forms of docs/documents.md; those that
    the document does not print may be left out. `items` are the rows of an invoice.
    """

    sheet: Sheet
    fields: Mapping[str, str]
    items: tuple[Mapping[str, str], ...] = msgspec.field(default=())
