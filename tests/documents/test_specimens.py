"""The fields of drawn cards and licences are found in their own lines, seen at an angle."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Kind, find_document, what_is_shown
from mockocr.samples.specimens import specimen

KINDS = (
    Kind.ID_CARD_FRONT,
    Kind.ID_CARD_BACK,
    Kind.BANK_CARD,
    Kind.BUSINESS_LICENCE,
    Kind.DRIVING_LICENCE,
    Kind.DRIVING_LICENCE_BACK,
    Kind.VEHICLE_LICENCE,
    Kind.VEHICLE_LICENCE_BACK,
    Kind.PASSPORT,
    Kind.HOUSEHOLD_REGISTER,
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow
def test_a_perfect_reader_finds_every_field_of_a_photo_and_no_other(kind: Kind) -> None:
    drawn = specimen(kind, 11, "photo")
    shown = Recognition(drawn.lines)
    document = find_document(shown, (kind,))
    assert document is not None
    assert {name: document.text(name) for name in document.fields} == drawn.fields
    assert " and a" not in what_is_shown(shown)


def test_a_perfect_reader_finds_the_number_of_a_plate() -> None:
    drawn = specimen(Kind.LICENCE_PLATE, 11, "photo")
    document = find_document(Recognition(drawn.lines), (Kind.LICENCE_PLATE,))
    assert document is not None
    assert document.text("number") == drawn.fields["number"]
