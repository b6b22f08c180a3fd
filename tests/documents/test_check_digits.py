"""Check characters agree with the examples of their standards."""

from __future__ import annotations

from mockocr.documents.kinds.check_digits import (
    has_right_credit_check,
    has_right_id_check,
    has_right_vin_check,
    machine_check,
    repaired_credit_code,
    repaired_machine_part,
)


def test_the_number_of_an_identity_card_has_a_check_character() -> None:
    assert has_right_id_check("11010519491231002X")  # GB 11643
    assert not has_right_id_check("110105194912310021")
    assert not has_right_id_check("1101051949123100")
    assert not has_right_id_check("1101O519491231002X")
    assert not has_right_id_check("1101²519491231002X")  # a digit for str.isdigit, not for int


def test_a_credit_code_has_a_check_character() -> None:
    assert has_right_credit_check("91350100M000100Y43")  # GB 32100
    assert not has_right_credit_check("91350100M000100Y44")
    assert not has_right_credit_check("91350100I000100Y43")
    assert not has_right_credit_check("91350100M000100Y4")


def test_a_credit_code_is_repaired_only_if_its_check_character_fits_then() -> None:
    assert repaired_credit_code("9I350100M0OO100Y43") == "91350100M000100Y43"
    assert repaired_credit_code("9I350100M0OO100Y44") == "9I350100M0OO100Y44"


def test_the_number_of_a_vehicle_has_a_check_character() -> None:
    assert has_right_vin_check("1M8GDM9AXKP042788")
    assert has_right_vin_check("11111111111111111")
    assert not has_right_vin_check("1M8GDM9A1KP042788")
    assert not has_right_vin_check("1M8GDM9AXKP04278")
    assert not has_right_vin_check("1M8GDM9AXKPO42788")


def test_a_part_of_a_line_for_machines_has_a_check_digit() -> None:
    # the specimen of ICAO 9303, part 4
    assert machine_check("L898902C3") == "6"
    assert machine_check("740812") == "2"
    assert machine_check("ZE184226B<<<<<") == "1"


def test_a_zero_is_read_as_the_letter_only_if_the_check_digit_wants_it() -> None:
    assert machine_check("LMOPNIAH<<<<A<") == "0"
    assert repaired_machine_part("LM0PNIAH<<<<A<", "0") == "LMOPNIAH<<<<A<"
    assert repaired_machine_part("LMOPNIAH<<<<A<", "0") == "LMOPNIAH<<<<A<"
    assert repaired_machine_part("ZE184226B<<<<<", "2") == "ZE184226B<<<<<"
