"""One golden as text: whole again when read back, easy to edit, refused in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Line, Quad, Recognition, line_of_text
from mockocr.recognition.recordings import Golden, InvalidGoldenError, Variant
from mockocr.recognition.recordings.document import dump, load, settled, ways
from tests.recognitions import HELLO, NOTHING, TURNED

DIGEST = "ab" * 32


def golden(*takes: Variant) -> Golden:
    return Golden(DIGEST, 640, 240, "00ff00ff00ff00ff", "hello.png", takes)


def edited(change: Any) -> Recognition:
    """The reading of `HELLO` after somebody changed the file."""
    document = json.loads(dump(golden(Variant(settled(HELLO)))))
    change(document["readings"][0]["lines"])
    return load(json.dumps(document), "x.json").takes[0].recognition


def test_what_was_written_is_read_back_to_the_last_corner() -> None:
    takes = (
        Variant(settled(HELLO), ReadOptions()),
        Variant(settled(TURNED), ReadOptions(turn=True, layout="line")),
        Variant(settled(NOTHING), ReadOptions(handwriting=True)),
    )
    assert load(dump(golden(*takes)), "x.json") == golden(*takes)


def test_a_settled_reading_differs_by_less_than_the_eye_sees() -> None:
    read, kept = HELLO.lines[0], settled(HELLO).lines[0]
    assert kept.text == read.text
    assert kept.confidence == pytest.approx(read.confidence, abs=5e-5)
    for one, other in zip(kept.characters, read.characters, strict=True):
        assert one.quad.tl == pytest.approx(other.quad.tl, abs=0.0501)
        assert one.quad.br == pytest.approx(other.quad.br, abs=0.0501)
    assert settled(settled(HELLO)) == settled(HELLO)


def test_the_file_has_a_line_for_each_character_and_none_is_long() -> None:
    lines = dump(golden(Variant(settled(HELLO), ReadOptions()))).splitlines()
    assert sum('{"text": "发"' in line for line in lines) == 1
    assert max(map(len, lines)) <= 120


def test_the_reading_for_these_options_goes_before_the_one_for_any() -> None:
    kept = golden(Variant(HELLO), Variant(TURNED, ReadOptions(turn=True)))
    assert kept.reading(ReadOptions(turn=True)) == TURNED
    assert kept.reading(ReadOptions(handwriting=True)) == HELLO
    assert golden(Variant(TURNED, ReadOptions(turn=True))).reading(ReadOptions()) is None


def test_a_new_take_replaces_the_one_with_the_same_options() -> None:
    kept = golden(Variant(HELLO, ReadOptions())).with_take(Variant(NOTHING, ReadOptions()))
    assert kept.takes == (Variant(NOTHING, ReadOptions()),)
    both = kept.with_take(Variant(TURNED, ReadOptions(turn=True)))
    assert [ways(take.options) for take in both.takes] == ["page", "page, turn"]


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
        ((), [], "x.json is not an object"),
        (("strange",), 1, "unknown key 'strange'"),
        (("picture",), None, "x.json: picture is not an object"),
        (("picture", "digest"), "xyz", "64 hexadecimal"),
        (("picture", "likeness"), 5, "16 hexadecimal"),
        (("picture", "width"), 0, "width is not a whole number"),
        (("picture", "height"), True, "height is not a whole number"),
        (("picture", "name"), None, "name is not text"),
        (("readings",), {}, "readings is not a list"),
        (("readings", 0), "HELLO", "reading 1 is not an object"),
        (("readings", 0, "engine"), 5, "engine is not text"),
        (("readings", 0, "angle"), 181, "angle: 181 is not a number from -180 to 180"),
        (("readings", 0, "angle"), float("nan"), "angle: nan is not"),
        (("readings", 0, "options"), {"layout": "book"}, "layout is page or line"),
        (("readings", 0, "options"), {"turn": 1}, "true or false"),
        (("readings", 0, "lines"), None, "lines is not a list"),
        (("readings", 0, "lines", 0, "corners"), [1, 2, 3, 4], "corners are four [x, y]"),
        (("readings", 0, "lines", 0, "corners"), [[1, "2"]] * 4, "'2' is not a number"),
        (("readings", 0, "lines", 0, "confidence"), 1.5, "confidence: 1.5 is not"),
        (("readings", 0, "lines", 0, "block"), -1, "block is a whole number"),
        (("readings", 0, "lines", 0, "text"), None, "text is not text"),
        (("readings", 0, "lines", 0, "words", 0, "spaced"), 1, "spaced is true or false"),
        (("readings", 0, "lines", 0, "words", 0, "characters"), 1, "word 1: characters is not"),
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
