"""Words, breaks, languages, corners and confidences of an annotation."""

from __future__ import annotations

import json

import pytest
from google.cloud import vision
from google.protobuf import json_format

from mockocr.core.image import Image
from mockocr.core.recognition import Line, Quad, Recognition, Word, line_of_text
from mockocr.vendors.google.vision.annotation import full_text_annotation, pixel_form
from mockocr.vendors.google.vision.languages import language_of
from mockocr.vendors.google.vision.numbers import shortest
from mockocr.vendors.google.vision.words import line_tokens
from tests.conformance import mock
from tests.vendors.google.calling import annotate, entry

PAGE = Image(b"", 640, 480, 1, "PNG", "", "", 0)


def words(text: str) -> list[str]:
    line = line_of_text(text, Quad.upright(0, 0, 30 * len(text), 40))
    return [token.text + token.ending[:1] for token in line_tokens(line, "LINE_BREAK")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WAITING? PLEASE", ["WAITING", "?S", "PLEASEL"]),
        ("total: $1,280.50", ["total", ":S", "$", "1,280.50L"]),
        ("don't e-mail", ["don'tS", "e", "-", "mailL"]),
        ("发票Invoice2026", ["发票", "Invoice2026L"]),
        ("(a) b.", ["(", "a", ")S", "b", ".L"]),
        ("12/05/2026 a@b.org", ["12/05/2026S", "a@b.orgL"]),
        ("...", [".", ".", ".L"]),
    ],
)
def test_punctuation_is_a_word_of_its_own(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_very_wide_gap_is_a_sure_space() -> None:
    near = Word("a", Quad.upright(0, 0, 20, 40), 0.9)
    far = Word("b", Quad.upright(90, 0, 110, 40), 0.9, spaced=True)
    line = Line((near, far), Quad.upright(0, 0, 110, 40), 0.9)
    assert [token.ending for token in line_tokens(line, "LINE_BREAK")] == [
        "SURE_SPACE",
        "LINE_BREAK",
    ]
    turned = Line(
        tuple(Word(w.text, w.quad.rotated(90), 0.9, spaced=w.spaced) for w in line.words),
        line.quad.rotated(90),
        0.9,
    )
    assert line_tokens(turned, "")[0].ending == "SURE_SPACE"


def test_lines_of_a_block_wrap_and_its_last_line_ends_the_paragraph() -> None:
    lines = (
        line_of_text("one", Quad.upright(0, 0, 90, 40), 0.9, 0),
        line_of_text("two", Quad.upright(0, 50, 90, 90), 0.9, 0),
        line_of_text("three", Quad.upright(0, 200, 150, 240), 0.9, 1),
    )
    found = full_text_annotation(Recognition(lines), pixel_form(PAGE, False, ()))
    assert found is not None
    assert found["text"] == "one\ntwo\nthree"
    blocks = found["pages"][0]["blocks"]
    breaks = [
        word["symbols"][-1]["property"]["detectedBreak"]["type"]
        for block in blocks
        for word in block["paragraphs"][0]["words"]
    ]
    assert breaks == ["EOL_SURE_SPACE", "LINE_BREAK", "LINE_BREAK"]
    corners = [{}, {"x": 90}, {"x": 90, "y": 90}, {"y": 90}]
    assert blocks[0]["boundingBox"] == {"vertices": corners}


def test_the_box_of_a_turned_block_is_turned_too() -> None:
    first = line_of_text("up", Quad.upright(0, 0, 100, 20).rotated(-90).moved(50, 200), 0.9)
    second = line_of_text("it", Quad.upright(0, 0, 100, 20).rotated(-90).moved(90, 200), 0.9)
    found = full_text_annotation(Recognition((first, second)), pixel_form(PAGE, False, ()))
    assert found is not None
    box = found["pages"][0]["blocks"][0]["boundingBox"]["vertices"]
    assert box == [
        {"x": 50, "y": 200},
        {"x": 50, "y": 100},
        {"x": 110, "y": 100},
        {"x": 110, "y": 200},
    ]


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        ("Invoice", (), "en"),
        ("Rechnung", ("de",), "de"),
        ("Rechnung", ("zh", "de-AT"), "de"),
        ("发票", (), "zh"),
        ("发票", ("zh-TW",), "zh-TW"),
        ("領収書です", ("zh",), "ja"),
        ("Счёт", ("en",), "ru"),
        ("Рахунок", ("uk",), "uk"),
        ("영수증", (), "ko"),
        ("1280.50", ("de",), ""),
    ],
)
def test_the_script_and_the_hints_tell_the_language(
    text: str, hints: tuple[str, ...], expected: str
) -> None:
    assert language_of(text, hints) == expected


def test_the_locale_of_text_without_letters_is_undetermined() -> None:
    to = mock()
    to.engine.recognition = Recognition(  # type: ignore[attr-defined] # the tests' engine
        (line_of_text("1280.50", Quad.upright(0, 0, 70, 20)),)
    )
    first = annotate(to, entry()).json["responses"][0]["textAnnotations"][0]
    assert first["locale"] == "und"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.98765, "0.98765"),
        (0.841475, "0.841475"),
        (0.74984217, "0.74984217"),
        (0.95199996, "0.95199996"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (0.0, "0"),
    ],
)
def test_numbers_are_32_bit_floats_in_their_shortest_form(value: float, printed: str) -> None:
    assert json.dumps(shortest(value)) == printed


def test_both_text_features_together_count_as_the_documents_one() -> None:
    both = [{"type": "TEXT_DETECTION"}, {"type": "DOCUMENT_TEXT_DETECTION"}]
    answer = annotate(mock(), {**entry(), "features": both}).json["responses"][0]
    assert answer["fullTextAnnotation"]["pages"][0]["blocks"][0]["confidence"] == 0.98765


def test_the_reader_is_asked_for_turned_text_and_for_handwriting_if_hinted() -> None:
    to = mock()
    annotate(to, entry())
    annotate(to, entry("turned-90.png", imageContext={"languageHints": ["en-t-i0-handwrit"]}))
    asked = to.engine.asked  # type: ignore[attr-defined] # the tests' engine
    assert [(options.turn, options.handwriting) for options in asked] == [
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize("reads", ["hello", "turned", "nothing"])
@pytest.mark.parametrize("feature", ["TEXT_DETECTION", "DOCUMENT_TEXT_DETECTION"])
def test_the_official_message_holds_every_field_of_an_answer(reads: str, feature: str) -> None:
    answer = annotate(mock(reads), entry(feature=feature))
    kind = vision.BatchAnnotateImagesResponse.pb(vision.BatchAnnotateImagesResponse())
    message = json_format.Parse(answer.body, kind)
    assert json_format.MessageToDict(message) == answer.json
