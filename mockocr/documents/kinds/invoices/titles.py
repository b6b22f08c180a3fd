"""The titles of invoices, tickets and receipts, which tell their kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.document import Kind
from mockocr.documents.kinds.invoices.labels import VARIANTS
from mockocr.documents.kinds.invoices.sheet import Glyph, Sheet, value_of
from mockocr.documents.provinces import TAX_CITIES, cities, short_name

PROVINCES = "|".join(map(short_name, (*cities(), *TAX_CITIES)))
"""Provinces, and the cities that have a tax office of their own."""
_TITLES: Mapping[Kind, str] = {
    Kind.VAT_ROLL_INVOICE: r"增值税普通发票\(卷[票式]\)|卷式发票",
    Kind.TRAIN_TICKET: r"电子发票\(铁路电子客票\)",
    Kind.AIR_ITINERARY: (
        r"电子发票\(航空运输电子客票行程单\)|航空运输电子客票行程单|航空电子客票行程单"
    ),
    Kind.VAT_INVOICE: (
        r"增值税(?:电子)?(?:专用|普通)发票(?:\([一-龥]+\))?"
        r"|电子发票\((?:普通发票|增值税专用发票|专用发票)\)"
    ),
    Kind.TAXI_RECEIPT: r"出租汽?车[一-龥]{0,6}(?:发票|车票)",
    Kind.QUOTA_INVOICE: r"定额(?:专用)?发票",
    Kind.TOLL_RECEIPT: (
        r"(?:通行费|过桥费|过路费|过路过桥费)[一-龥]{0,8}(?:发票|票据|收据)"
        r"|高速公路[一-龥]{0,8}(?:发票|票据)"
    ),
    Kind.BUS_TICKET: r"(?:客运|汽车)[一-龥]{0,6}(?:发票|车票|客票)|汽车票",
    Kind.MACHINE_INVOICE: r"机打(?:平推式|卷式)?发票|通用机打[一-龥]{0,4}发票",
}
"""In the order in which they are tried: a title may contain words of a later one."""
_COMPILED = {
    kind: re.compile(rf"([一-龥]{{0,14}}?)({core})(\([一-龥]{{1,6}}\))?")
    for kind, core in _TITLES.items()
}
_CITY = re.compile(r"(?:省|自治区|^|[^一-龥])([一-龥]{2,4}?市)")


def kind_of(sheet: Sheet) -> Kind | None:
    """The kind that the title names; None if no title was read."""
    found = {kind for kind, _ in _titles(sheet)}
    return next((kind for kind in _TITLES if kind in found), None)


def title_of(sheet: Sheet, kind: Kind) -> Value:
    """The title of that kind; empty if it was not read."""
    return next((title for shown, title in _titles(sheet) if shown is kind), NOTHING)


def city_of(sheet: Sheet, title: Value) -> Value:
    """The city that the title names, or else the first one that stands at the start of a row."""
    texts = [(title.text, title.characters)]
    for row in sheet.rows:
        own = [g for g in row.glyphs if g is not None]
        texts.append(("".join(g.text for g in own), tuple(g.character for g in own)))
    for text, characters in texts:
        match = _CITY.search(text)
        if match and len(text) == len(characters):
            return Value(match[1], tuple(dict.fromkeys(characters[slice(*match.span(1))])))
    return NOTHING


def printed(glyphs: Sequence[Glyph]) -> Value:
    """What stands in a title. Forms print simplified letters, so other forms of the letters of
    labels are misread ones.
    """
    value = value_of(glyphs)
    return replace(value, text=value.text.translate(VARIANTS))


def _titles(sheet: Sheet) -> list[tuple[Kind, Value]]:
    found: list[tuple[Kind, Value]] = []
    for row in sheet.rows:
        own = [g for g in row.glyphs if g is not None]
        text = "".join(g.text for g in own).translate(VARIANTS)
        for kind, pattern in _COMPILED.items():
            match = pattern.search(text)
            if match:
                found.append((kind, printed(own[slice(*match.span())])))
                break
    return found
