"""One golden as text: whole again when read back, easy to edit, refused in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Line, Point, Quad, Recognition, Segment, line_of_text
from mockocr.recognition.recordings import Golden, InvalidGoldenError, Variant
from mockocr.recognition.recordings.document import dump, load, options_label, rounded
from tests.recognitions import HELLO, NOTHING, TURNED

DIGEST = "ab" * 32
RULED = HELLO.replaced(rules=(Segment(Point(1.0, 2.5), Point(300.0, 2.5)),))


def golden(*variants: Variant) -> Golden:
    return Golden(DIGEST, 640, 240, "00ff00ff00ff00ff", "hello.png", variants)


def edited(change: Any) -> Recognition:
    """The reading of `HELLO` after somebody changed the file."""
    document = json.loads(dump(golden(Variant(rounded(HELLO)))))
    change(document["readings"][0]["lines"])
    return load(json.dumps(document), "x.json").variants[0].recognition


def test_what_was_written_is_read_back_to_the_last_corner() -> None:
    variants = (
        Variant(rounded(HELLO), ReadOptions()),
        Variant(rounded(TURNED), ReadOptions(turn=True, layout="line")),
        Variant(rounded(NOTHING), ReadOptions(handwriting=True)),
        Variant(rounded(RULED), ReadOptions(rules=True)),
    )
    assert load(dump(golden(*variants)), "x.json") == golden(*variants)


def test_a_golden_keeps_the_colour_around_a_line() -> None:
    (line,) = HELLO.lines[:1]
    colored = HELLO.replaced(lines=(replace(line, background=(24, 70, 180)),))
    text = dump(golden(Variant(rounded(colored), ReadOptions(colors=True))))
    assert '"background": [24, 70, 180]' in text
    read = load(text, "hello.json").find(ReadOptions(colors=True))
    assert read is not None
    assert read.lines[0].background == (24, 70, 180)
    assert "colors" not in dump(golden(Variant(rounded(HELLO), ReadOptions())))


def test_a_golden_names_rules_only_where_they_were_looked_for() -> None:
    plain = dump(golden(Variant(rounded(HELLO), ReadOptions())))
    ruled = dump(golden(Variant(rounded(RULED), ReadOptions(rules=True))))
    assert "rules" not in plain
    assert '"rules": [[[1.0, 2.5], [300.0, 2.5]]]' in ruled
    assert options_label(ReadOptions(rules=True)) == "page, rules"


def test_a_settled_reading_differs_by_less_than_the_eye_sees() -> None:
    read, kept = HELLO.lines[0], rounded(HELLO).lines[0]
    assert kept.text == read.text
    assert kept.confidence == pytest.approx(read.confidence, abs=5e-5)
    for one, other in zip(kept.characters, read.characters, strict=True):
        assert one.quad.tl == pytest.approx(other.quad.tl, abs=0.0501)
        assert one.quad.br == pytest.approx(other.quad.br, abs=0.0501)
    assert rounded(rounded(HELLO)) == rounded(HELLO)


def test_the_file_has_a_line_for_each_character_and_none_is_long() -> None:
    lines = dump(golden(Variant(rounded(HELLO), ReadOptions()))).splitlines()
    assert sum('{"text": "发"' in line for line in lines) == 1
    assert max(map(len, lines)) <= 120


def test_the_reading_for_these_options_goes_before_the_one_for_any() -> None:
    kept = golden(Variant(HELLO), Variant(TURNED, ReadOptions(turn=True)))
    assert kept.find(ReadOptions(turn=True)) == TURNED
    assert kept.find(ReadOptions(handwriting=True)) == HELLO
    assert golden(Variant(TURNED, ReadOptions(turn=True))).find(ReadOptions()) is None


def test_a_new_take_replaces_the_one_with_the_same_options() -> None:
    kept = golden(Variant(HELLO, ReadOptions())).with_variant(Variant(NOTHING, ReadOptions()))
    assert kept.variants == (Variant(NOTHING, ReadOptions()),)
    both = kept.with_variant(Variant(TURNED, ReadOptions(turn=True)))
    assert [options_label(variant.options) for variant in both.variants] == ["page", "page, turn"]


def test_an_edited_text_counts_and_its_parts_are_laid_out_evenly() -> None:
    def change(lines: Any) -> None:
        lines[1]["text"] = "合计:12.50"

    line = edited(change).lines[1]
    assert line == line_of_text("合计:12.50", Quad.upright(20, 120, 300, 160), 0.5, 1)


def test_an_edited_word_has_characters_of_its_own() -> None:
    def change(lines: Any) -> None:
        lines[1]["text"] = lines[1]["words"][0]["text"] = "合计"

    line = edited(change).lines[1]
    assert [c.text for c in line.characters] == ["合", "计"]
    assert line.characters[0].quad == Quad.upright(20, 120, 160, 160)


def test_a_line_by_hand_needs_text_and_corners_alone() -> None:
    def change(lines: Any) -> None:
        corners = [[0, 0], [40, 0], [40, 20], [0, 20]]
        lines[:] = [{"text": "盖章", "corners": corners}, {"text": "", "corners": corners}]

    lines = edited(change).lines
    assert lines[0] == line_of_text("盖章", Quad.upright(0, 0, 40, 20))
    assert lines[1] == Line((), Quad.upright(0, 0, 40, 20), 1.0)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ((), [], "x.json: a golden must be a JSON object, not a list"),
        (("strange",), 1, "x.json: a golden has no field 'strange'; it has picture, readings"),
        (("picture",), None, "picture of a golden must be an object, not null"),
        (
            ("picture", "digest"),
            "xyz",
            "digest of the picture must be 64 hexadecimal digits, not 'xyz'",
        ),
        (
            ("picture", "likeness"),
            5,
            "likeness of the picture must be 16 hexadecimal digits, not 5",
        ),
        (
            ("picture", "width"),
            0,
            "width of the picture must be a whole number of at least 1, not 0",
        ),
        (
            ("picture", "height"),
            True,
            "height of the picture must be a whole number of at least 1, not true",
        ),
        (("picture", "name"), None, "name of the picture must be a string, not null"),
        (("readings",), {}, "readings of a golden must be a list, not an object"),
        (("readings", 0), "HELLO", "readings[0] of a golden must be an object, not 'HELLO'"),
        (("readings", 0, "engine"), 5, "readings[0]: engine of a reading must be a string, not 5"),
        (
            ("readings", 0, "angle"),
            181,
            "angle of a reading must be a number from -180 to 180, not 181",
        ),
        (("readings", 0, "angle"), float("nan"), "must be a number from -180 to 180, not nan"),
        (
            ("readings", 0, "options"),
            {"layout": "book"},
            "layout of the options must be one of line, page, not 'book'",
        ),
        (
            ("readings", 0, "options"),
            {"turn": 1},
            "turn of the options must be true or false, not 1",
        ),
        (("readings", 0, "lines"), None, "lines of a reading must be a list, not null"),
        (
            ("readings", 0, "lines", 0, "corners"),
            [1, 2, 3, 4],
            "corners[0] of a line must be a list of 2, not 1",
        ),
        (
            ("readings", 0, "lines", 0, "corners"),
            [[1, "2"]] * 4,
            "corners[0][1] of a line must be a number from -10000000 to 10000000, not '2'",
        ),
        (
            ("readings", 0, "lines", 0, "confidence"),
            1.5,
            "confidence of a line must be a number from 0 to 1, not 1.5",
        ),
        (
            ("readings", 0, "lines", 0, "block"),
            -1,
            "block of a line must be a whole number of at least 0, not -1",
        ),
        (
            ("readings", 0, "lines", 0, "text"),
            None,
            "readings[0].lines[0]: text of a line must be a string, not null",
        ),
        (
            ("readings", 0, "lines", 0, "words", 0, "spaced"),
            1,
            "lines[0].words[0]: spaced of a word must be true or false, not 1",
        ),
        (
            ("readings", 0, "lines", 0, "words", 0, "characters"),
            1,
            "words[0]: characters of a word must be a list, not 1",
        ),
    ],
)
def test_a_damaged_golden_is_refused_in_a_sentence_with_its_place(
    path: tuple[Any, ...], value: Any, said: str
) -> None:
    document: Any = json.loads(dump(golden(Variant(HELLO))))
    if path:
        place = document
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
    else:
        document = value
    with pytest.raises(InvalidGoldenError) as caught:
        load(json.dumps(document), "x.json")
    assert said in str(caught.value)
    assert "x.json" in str(caught.value)


def test_what_is_not_json_is_said_to_be_none() -> None:
    for text in ("", "{", "[" * 100_000):
        with pytest.raises(InvalidGoldenError, match=r"x\.json is not JSON"):
            load(text, "x.json")
