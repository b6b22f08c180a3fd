"""Fields of driver licences and passports."""

from __future__ import annotations

from datetime import date

from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.documents.us_identity import IdentityField, find_identity, parse_date


def identity(*lines: tuple[int, int, str]) -> dict[str, IdentityField]:
    """The fields of lines at places, 12 pixels a character."""
    made = tuple(
        line_of_text(text, Quad.upright(x, y, x + 12 * len(text), y + 20), 0.9)
        for x, y, text in lines
    )
    return dict(find_identity(Recognition(made)))


def test_values_stand_beside_or_below_their_labels() -> None:
    got = identity(
        (10, 10, "DOB 03/18/2001"),
        (10, 50, "4a ISS"),
        (40, 75, "03/18/2018"),
        (300, 50, "4d NUMBER"),
        (330, 75, "736HDV7874JSB"),
        (10, 120, "9 CLASS D 12 REST NONE"),
    )
    assert {name: field.text for name, field in got.items()} == {
        "date_of_birth": "03/18/2001",
        "date_of_issue": "03/18/2018",
        "document_number": "736HDV7874JSB",
        "class": "D",
        "restrictions": "NONE",
    }
    assert got["date_of_birth"].on == date(2001, 3, 18)


def test_numbered_lines_are_names_and_the_address() -> None:
    got = identity(
        (10, 10, "NEW YORK STATE"),
        (10, 40, "NEW YORK"),
        (300, 40, "DRIVER LICENSE"),
        (10, 80, "1 GARCIA"),
        (10, 110, "2 MARIA"),
        (10, 150, "8 100 MARKET STREET"),
        (10, 180, "BIGTOWN, NY 02801-1234"),
    )
    assert {name: field.text for name, field in got.items()} == {
        "state_name": "NEW YORK",
        "id_type": "DRIVER LICENSE FRONT",
        "last_name": "GARCIA",
        "first_name": "MARIA",
        "address": "100 MARKET STREET",
        "city_in_address": "BIGTOWN",
        "state_in_address": "NY",
        "zip_code_in_address": "02801-1234",
    }


def test_a_label_without_a_date_gives_no_date() -> None:
    assert identity((10, 10, "EXP soon"), (10, 50, "EYES BLK")) == {}


def test_a_passport_is_read_by_its_machine_readable_lines() -> None:
    """The specimen of ICAO 9303, part 4."""
    got = identity(
        (10, 10, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"),
        (10, 50, "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
    )
    assert {name: field.text for name, field in got.items()} == {
        "id_type": "PASSPORT",
        "last_name": "ERIKSSON",
        "first_name": "ANNA",
        "middle_name": "MARIA",
        "document_number": "L898902C3",
        "mrz_code": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "date_of_birth": "12 AUG 1974",
        "expiration_date": "15 APR 2012",
    }
    assert got["date_of_birth"].on == date(1974, 8, 12)


def test_a_month_that_does_not_exist_is_no_date() -> None:
    assert parse_date("13/01/2020") is None
    assert parse_date("12/31/2020") == date(2020, 12, 31)
