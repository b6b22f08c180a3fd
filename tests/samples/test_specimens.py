"""Specimens show what their truth says, and the same seed draws the same document."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from mockocr.documents.kinds.document import FIELDS, Kind
from mockocr.samples.invented import Invented
from mockocr.samples.specimens import Specimen, UnknownKindError, kinds, specimen

ALL = kinds()


@cache  # several tests look at the same ones
def drawn(kind: Kind, seed: int, finish: str = "clean") -> Specimen:
    return specimen(kind, seed, finish)


def lines_outside(drawn: Specimen) -> list[str]:
    """The lines that the picture does not show whole."""
    extents = [(line.text, *line.quad.extent) for line in drawn.lines]
    return [
        text
        for text, left, top, right, bottom in extents
        if left < 0 or top < 0 or right > drawn.width or bottom > drawn.height
    ]


def test_id_cards_have_specimens() -> None:
    assert Kind.ID_CARD_FRONT in ALL


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.slow
def test_the_same_seed_draws_the_same_document_and_another_one_does_not(kind: Kind) -> None:
    first, again, other = drawn(kind, 1), specimen(kind, 1), drawn(kind, 2)
    assert first.image == again.image
    assert first.truth == again.truth
    assert first.fields != other.fields


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.slow
def test_a_photo_shows_the_same_fields_as_a_jpeg(kind: Kind) -> None:
    clean, photo = drawn(kind, 3), drawn(kind, 3, "photo")
    assert clean.fields == photo.fields
    assert [line.text for line in clean.lines] == [line.text for line in photo.lines]
    picture = Image.open(BytesIO(photo.image))
    assert picture.format == "JPEG"
    assert picture.size == (photo.width, photo.height)
    assert specimen(kind, 3, "photo").image == photo.image
    assert lines_outside(photo) == []


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.slow
def test_every_line_is_inside_the_picture(kind: Kind) -> None:
    for found in (*(drawn(kind, seed) for seed in range(1, 4)), drawn(kind, 3, "scan")):
        assert lines_outside(found) == [], (found.finish, found.seed)


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.slow
def test_a_specimen_has_every_field_of_its_kind_and_no_other(kind: Kind) -> None:
    found = drawn(kind, 3)
    assert tuple(found.fields) == FIELDS[kind]
    assert any(found.fields.values())


def test_the_truth_has_the_lines_with_their_corners() -> None:
    truth = specimen("id_card_front", 7).truth
    assert truth["kind"] == "id_card_front"
    assert truth["lines"][0]["text"] == "姓名"
    assert len(truth["lines"][0]["corners"]) == 4
    assert "items" not in truth


def test_other_spellings_of_a_kind_are_known() -> None:
    assert specimen("idcard", 7).image == specimen("id_card_front", 7).image


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownKindError, match="no specimen of 'visa'; there are id_card_front"):
        specimen("visa")


def test_an_unknown_finish_is_refused() -> None:
    with pytest.raises(ValueError, match="fax"):
        specimen("id_card_front", 1, "fax")


def test_invented_numbers_have_right_check_characters_and_unassigned_prefixes() -> None:
    # the weights of GB 11643, of Luhn and of GB 32100, written out
    for seed in range(40):
        invented = Invented(Random(seed))
        number = invented.id_number(date(1990, 5, 13), "女")
        assert number[:2] == "99" and number[6:14] == "19900513" and int(number[16]) % 2 == 0
        digits = [10 if c == "X" else int(c) for c in number]
        assert sum(d * pow(2, 17 - i, 11) for i, d in enumerate(digits)) % 11 == 1
        card = invented.card_number(19)
        assert card.startswith("9999") and len(card) == 19
        total = 0
        for place, digit in enumerate(reversed(card)):
            total += sum(map(int, str(int(digit) * (1 + place % 2))))
        assert total % 10 == 0
        code = invented.credit_code()
        alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        assert re.fullmatch("9199[0-9]{4}[0-9A-Z]{10}", code)
        total = sum(alphabet.index(c) * pow(3, i) for i, c in enumerate(code[:17]))
        assert (total + alphabet.index(code[17])) % 31 == 0


def test_invented_plates_have_letters_that_no_province_of_theirs_has_given_out() -> None:
    for seed in range(40):
        assert re.fullmatch(
            "[晋蒙吉黑浙皖闽赣桂琼贵云藏陕甘青宁新][W-Z][0-9A-HJ-NP-Z]{5}",
            Invented(Random(seed)).plate(),
        )
