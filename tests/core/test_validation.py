"""Documents are converted to their types, and each mistake is one sentence that names its place."""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar, Literal

import pytest
from msgspec import Meta, Struct

from mockocr.core.validation import InvalidDocumentError, convert_document, whole_floats

Count = Annotated[int, Meta(ge=1, le=9)]


class Wheel(Struct, forbid_unknown_fields=True):
    label: ClassVar[str] = "a wheel"
    size: Count
    place: Annotated[tuple[int, int], Meta(extra={"allowed": "[x, y]"})] | None = None

    def __post_init__(self) -> None:
        if self.size == 7:
            raise ValueError("no wheel has size 7")


class Car(Struct, forbid_unknown_fields=True):
    label: ClassVar[str] = "a car"
    name: str
    doors: Annotated[int, Meta(ge=2)] = 4
    speed: Annotated[float, Meta(ge=0, lt=300)] = 0.0
    kind: Literal["small", "large"] = "small"
    open: bool = False
    wheels: Annotated[list[Wheel], Meta(max_length=2)] = []
    seats: dict[str, list[Wheel]] = {}
    notes: list[str | Wheel] = []


CASES: list[tuple[Any, str]] = [
    ([], "a car must be a JSON object, not a list"),
    ("x", "a car must be a JSON object, not 'x'"),
    ({}, "a car needs name, a string"),
    ({"name": None}, "name of a car must be a string, not null"),
    ({"name": "x", "door": 4}, "a car has no field 'door' (did you mean 'doors'?); it has name,"),
    ({"name": "x", "zzz": 4}, "a car has no field 'zzz'; it has name, doors, speed"),
    ({"name": "x", "doors": 1}, "doors of a car must be a whole number of at least 2, not 1"),
    ({"name": "x", "doors": 2.5}, "doors of a car must be a whole number of at least 2, not 2.5"),
    ({"name": "x", "doors": True}, "doors of a car must be a whole number of at least 2, not true"),
    ({"name": "x", "speed": 300}, "speed of a car must be a number between 0 and 300, not 300"),
    (
        {"name": "x", "speed": float("nan")},
        "speed of a car must be a number between 0 and 300,",
    ),
    ({"name": "x", "kind": "big"}, "kind of a car must be one of large, small, not 'big'"),
    ({"name": "x", "open": 1}, "open of a car must be true or false, not 1"),
    ({"name": "x", "wheels": {}}, "wheels of a car must be a list of at most 2, not an object"),
    (
        {"name": "x", "wheels": [{"size": 1}] * 3},
        "wheels of a car must be a list of at most 2, not a list of 3",
    ),
    ({"name": "x", "wheels": [5]}, "wheels[0] of a car must be an object, not 5"),
    (
        {"name": "x", "wheels": [{"size": 1}, {"size": 0}]},
        "wheels[1]: size of a wheel must be a whole number from 1 to 9, not 0",
    ),
    ({"name": "x", "wheels": [{}]}, "wheels[0]: a wheel needs size, a whole number from 1 to 9"),
    (
        {"name": "x", "wheels": [{"size": 1, "sise": 2}]},
        "wheels[0]: a wheel has no field 'sise' (did you mean 'size'?); it has size, place",
    ),
    ({"name": "x", "wheels": [{"size": 7}]}, "wheels[0]: no wheel has size 7"),
    (
        {"name": "x", "wheels": [{"size": 1, "place": [1]}]},
        "wheels[0]: place of a wheel must be [x, y], not a list of 1",
    ),
    (
        {"name": "x", "seats": {"a": [{"size": 1}], "b": [{"size": 1}, {"size": "2"}]}},
        "seats.b[1]: size of a wheel must be a whole number from 1 to 9, not '2'",
    ),
    ({"name": "x", "notes": ["y", 5]}, "notes[1] of a car must be a string or an object, not 5"),
    ({"name": "x", "\ud800": 5}, "a field name of a car is not valid Unicode"),
    ({"name": 5 * 10**99}, "name of a car must be a string, not 5000"),
]


@pytest.mark.parametrize(("value", "sentence"), CASES, ids=[text for _, text in CASES])
def test_a_mistake_is_one_sentence_that_names_its_place(value: Any, sentence: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        convert_document(value, Car)
    assert str(caught.value).startswith(sentence)
    assert len(str(caught.value)) < 200


def test_a_valid_document_becomes_its_type() -> None:
    car = convert_document({"name": "x", "wheels": [{"size": 2, "place": [1, 2]}]}, Car)
    assert car == Car("x", wheels=[Wheel(2, (1, 2))])


def test_a_whole_number_may_be_written_with_a_point() -> None:
    value = json.loads('{"name": "x", "doors": 3.0, "speed": 1e1}', parse_float=whole_floats)
    assert convert_document(value, Car) == Car("x", 3, 10.0)
    assert whole_floats("1e300") == 1e300
