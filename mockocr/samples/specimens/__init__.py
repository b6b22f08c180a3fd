"""Specimens: whole documents of every kind, drawn with known fields of invented people.

Each kind is one module of this folder, named as the kind, with a function `draw`. It takes
`Invented` and returns `Drawn`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from mockocr.core.recognition import Line, line_of_text
from mockocr.core.recognition_json import READABLE, quad_to_json
from mockocr.documents.kinds import Kind
from mockocr.documents.kinds.document import FIELDS
from mockocr.samples.drawing import encode
from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import NEEDED, Invented, SpecimensMissingError

if TYPE_CHECKING:
    from mockocr.samples.photograph import Photo

__all__ = [
    "Drawn",
    "Finish",
    "Specimen",
    "SpecimensMissingError",
    "UnknownKindError",
    "kinds",
    "specimen",
]

ALIASES: Mapping[str, Kind] = {
    "idcard": Kind.ID_CARD_FRONT,
    "idcard_back": Kind.ID_CARD_BACK,
    "bankcard": Kind.BANK_CARD,
    "business_license": Kind.BUSINESS_LICENCE,
    "driving_license": Kind.DRIVING_LICENCE,
    "vehicle_license": Kind.VEHICLE_LICENCE,
    "license_plate": Kind.LICENCE_PLATE,
}
"""Other spellings of a kind."""


class UnknownKindError(ValueError):
    """There is no specimen of that kind. The message names the known ones."""


class Finish(StrEnum):
    """How the document got into the picture."""

    CLEAN = "clean"
    SCAN = "scan"
    PHOTO = "photo"


class Specimen(msgspec.Struct, frozen=True):
    """A picture of a document, and what is on it.

    `image` is a PNG if it is clean, else a JPEG. `fields` are those of the kind, empty where the
    document prints none; `items` are the rows of an invoice. `lines` are the true lines, in pixels
    of the picture.
    """

    kind: Kind
    seed: int
    finish: Finish
    image: bytes
    width: int
    height: int
    fields: Mapping[str, str]
    items: tuple[Mapping[str, str], ...]
    lines: tuple[Line, ...]

    @property
    def truth(self) -> dict[str, Any]:
        """What is on it, as JSON: the forms of the fields are those of docs/documents.md."""
        return {
            "kind": self.kind.value,
            "fields": dict(self.fields),
            **({"items": [dict(item) for item in self.items]} if self.items else {}),
            "lines": [
                {"text": line.text, "corners": quad_to_json(line.quad, READABLE)}
                for line in self.lines
            ],
        }


def kinds() -> tuple[Kind, ...]:
    """The kinds that have specimens, in the order of `Kind`."""
    modules = {module.name for module in pkgutil.iter_modules(__path__)}
    return tuple(kind for kind in Kind if kind.value in modules)


def specimen(kind: str, seed: int = 1, finish: str = Finish.CLEAN) -> Specimen:
    """The specimen of a kind with that seed: the same arguments give the same picture with the
    same versions of Pillow, Faker and the fonts. All finishes of a seed show the same document.

    `UnknownKindError`; ValueError for an unknown finish; `SpecimensMissingError` and
    `FontMissingError` if something is not installed.
    """
    known = ALIASES.get(kind, kind)
    if known not in kinds():
        names = ", ".join(kinds())
        raise UnknownKindError(f"there is no specimen of {kind!r}; there are {names}")
    wanted, finish = Kind(known), Finish(finish)
    module = importlib.import_module(f"{__name__}.{wanted.value}")
    drawn: Drawn = module.draw(Invented(Random(f"{wanted.value} {seed}")))
    drawn.sheet.mark()
    page = drawn.sheet.page
    if finish is Finish.CLEAN:
        image, quads = encode(page), tuple(line.quad for line in drawn.sheet.lines)
        width, height = page.size
    else:
        photo = _finished(drawn, finish, Random(f"{wanted.value} {seed} {finish.value}"))
        image, quads, width, height = photo.data, photo.quads, photo.width, photo.height
    lines = zip(drawn.sheet.lines, quads, strict=True)
    fields = {name: drawn.fields.get(name, "") for name in FIELDS[wanted]}
    return Specimen(
        wanted,
        seed,
        finish,
        image,
        width,
        height,
        fields,
        drawn.items,
        tuple(line_of_text(line.text, quad) for line, quad in lines),
    )


def _finished(drawn: Drawn, finish: Finish, random: Random) -> Photo:
    page, quads = drawn.sheet.page, [line.quad for line in drawn.sheet.lines]
    try:
        from mockocr.samples.photograph import photographed, scanned_card
    except ImportError:
        raise SpecimensMissingError(NEEDED) from None
    if finish is Finish.SCAN:
        return scanned_card(page, quads, random)
    glare = random.random() < 0.5
    return photographed(page, quads, random, border=0.12, turn=6.0, glare=glare)
