"""The response: both forms exactly, blanks, boxes, sessions and headers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from msgspec.structs import replace

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.recognition import Line, Quad, Recognition, Word, line_of_text
from mockocr.vendors.tencent.legacy.service import SERVICE
from tests.recognitions import HELLO, NOTHING, TURNED
from tests.vendors.tencent.legacy.harness import (
    APPID,
    PICTURE,
    Harness,
    ask,
    code,
    good,
    posted,
    request,
)

OBSERVED = {"confidence": "observed"}
BOX = Quad.upright(0, 100, 40, 120)


def data(response: Response) -> Any:
    return json.loads(response.body)["data"]


def reading(*lines: Line, angle: float = 0.0) -> Harness:
    return Harness(recognition=Recognition(lines, angle))


def test_the_documented_sample_is_reproduced_exactly() -> None:
    """The page's example: 手机 at 0,100 with 40 by 20 pixels, 90.9 and 93.9."""
    made = line_of_text("手机", BOX)
    (word,) = made.words
    first, second = word.characters
    word = replace(
        word, characters=(replace(first, confidence=0.909), replace(second, confidence=0.939))
    )
    response = reading(replace(made, words=(word,))).ask(good())
    text = response.body.decode()
    item = (
        '{"itemstring":"手机","itemcoord":{"x":0,"y":100,"width":40,"height":20},'
        '"words":[{"character":"手","confidence":90.9},{"character":"机","confidence":93.9}]}'
    )
    assert text.startswith('{"code":0,"message":"OK","data":{"items":[' + item + "]")
    assert response.status == 200
    assert response.header("content-type") == "application/json"


def test_the_observed_form_has_the_scale_the_order_and_the_fields_of_real_logs() -> None:
    line = line_of_text("么上抑油", Quad.upright(22, 36, 109, 62), 0.6924936175346375)
    body = reading(line, angle=1.98828125).ask(good(options=OBSERVED)).body.decode()
    assert body.startswith(
        '{"code":0,"message":"OK","data":{"recognize_warn_msg":[],"recognize_warn_code":[],'
        '"items":[{"itemcoord":{"x":22,"y":36,"width":87,"height":26},'
        '"words":[{"character":"么","confidence":0.6924936175346375},'
    )
    assert '}],"itemstring":"么上抑油"}],"session_id":"' in body
    assert body.endswith(',"angle":1.9883,"class":[]}}')


def test_observed_confidence_is_a_32_bit_float_with_all_its_digits() -> None:
    words = data(Harness(recognition=HELLO).ask(good(options=OBSERVED)))["items"][0]["words"]
    assert words[0]["confidence"] == 0.9876499772071838


@pytest.mark.parametrize(("options", "certain"), [({}, 100.0), (OBSERVED, 1.0)])
def test_a_blank_is_a_character_without_text_and_with_full_confidence(
    options: dict[str, str], certain: float
) -> None:
    item = data(reading(line_of_text("s blog", BOX, 0.5)).ask(good(options=options)))["items"][0]
    assert item["itemstring"] == "s blog"
    assert [w["character"] for w in item["words"]] == ["s", "", "b", "l", "o", "g"]
    assert item["words"][1] == {"character": "", "confidence": certain}


def test_every_character_has_an_entry_even_if_a_scripted_word_has_no_characters() -> None:
    bare = Line((Word("合计", BOX, 0.25), Word("12", BOX, 0.75, spaced=True)), BOX, 0.5)
    words = data(reading(bare).ask(good()))["items"][0]["words"]
    assert [(w["character"], w["confidence"]) for w in words] == [
        ("合", 25.0),
        ("计", 25.0),
        ("", 100.0),
        ("1", 75.0),
        ("2", 75.0),
    ]


def test_a_line_never_begins_with_a_blank() -> None:
    item = data(reading(line_of_text(" blog", BOX)).ask(good()))["items"][0]
    assert item["itemstring"] == "blog"
    assert [w["character"] for w in item["words"]] == ["b", "l", "o", "g"]


def test_the_box_of_turned_text_is_upright_and_in_whole_pixels() -> None:
    turned = data(Harness(recognition=TURNED).ask(good()))
    assert turned["items"][0]["itemcoord"] == {"x": 60, "y": 50, "width": 40, "height": 200}
    assert turned["angle"] == 90.0
    coordinates = data(ask(good()))["items"][0]["itemcoord"]
    assert coordinates == {"x": 20, "y": 30, "width": 401, "height": 41}
    assert {type(v) for v in coordinates.values()} == {int}


def test_the_session_id_is_the_appid_and_a_signed_32_bit_number() -> None:
    seen = []
    for seed in range(40):
        session = data(ask(good().replaced(seed=seed)))["session_id"]
        assert session.startswith(APPID)
        number = session.removeprefix(APPID)
        assert re.fullmatch(r"-?\d+", number)
        seen.append(int(number))
    assert all(-(2**31) <= n < 2**31 for n in seen)
    assert min(seen) < 0 < max(seen)
    assert len(set(seen)) == len(seen)
    assert data(ask(good().replaced(seed=3))) == data(ask(good().replaced(seed=3)))


@pytest.mark.parametrize("recognition", [NOTHING, Recognition((Line((), BOX, 0.9),))])
def test_a_picture_without_text_is_code_9021(recognition: Recognition) -> None:
    assert code(Harness(recognition=recognition).ask(good())) == (200, -9021, "ERROR_NO_TEXT")


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (ErrorKind.BAD_IMAGE, (200, -1102, "SDK_IMAGE_DECODE_FAILED")),
        (ErrorKind.IMAGE_FORMAT, (200, -1102, "SDK_IMAGE_DECODE_FAILED")),
        (ErrorKind.IMAGE_SIZE, (200, -1102, "SDK_IMAGE_DECODE_FAILED")),
        (ErrorKind.NO_IMAGE, (200, -1300, "ERROR_IMAGE_EMPTY")),
        (ErrorKind.DOWNLOAD_FAILED, (200, -1308, "ERROR_DOWNLOAD_IMAGE_FAILED")),
        (ErrorKind.IMAGE_TOO_LARGE, (200, -1408, "ERROR_DOWNLOAD_IMAGE_SIZE_EXCEED")),
        (ErrorKind.ENGINE_FAILED, (200, -9003, "GLOCR_RECONG_FAILED")),
        (ErrorKind.BUSY, (429, 15, "request too frequent")),
    ],
)
def test_each_error_of_the_picture_has_its_own_code(
    problem: ErrorKind, expected: tuple[int, int, str]
) -> None:
    harness = Harness(refusal=ApiError(problem, "scripted"))
    assert code(harness.ask(good())) == expected


def test_an_error_seen_with_a_session_has_a_64_bit_one_in_the_vendors_template() -> None:
    text = "invalid request: parsing error - check content-type and body"
    form = rf'\{{"code":3,"message":"{text}","data":\{{ "session_id":"(\d+)" \}}\}}'
    for seed in range(20):
        body = ask(request(b"{").replaced(seed=seed)).body.decode()
        match = re.fullmatch(form, body)
        assert match is not None, body
        assert int(match[1]) < 2**64
    illegal = ask(posted({"appid": "x", "image": "eA=="})).body.decode()
    assert '"message":"appid is illegal","data":{ "session_id":"' in illegal
    json.loads(illegal)


def test_the_other_errors_are_the_bare_envelope_as_observed() -> None:
    body = ask(request(PICTURE, "multipart/form-data")).body
    assert body == b'{"code":3,"message":"invalid request"}'
    assert len(body) == 38
    late = good(at=good().at.replace(year=2027))
    assert ask(late).body == b'{"code":9,"message":"sign expired","data":{}}'


def test_errors_have_the_observed_content_type_and_every_response_the_same_headers() -> None:
    for response, kind in (
        (ask(good()), "application/json"),
        (ask(good(auth="")), "application/json; charset=utf-8"),
    ):
        assert response.headers == (
            ("Content-Type", kind),
            ("Server", "nginx"),
            ("Access-Control-Allow-Origin", "*"),
        )


def test_a_preflight_allows_any_header() -> None:
    asked = Request(
        "OPTIONS",
        "/ocr/general",
        headers=(("Access-Control-Request-Headers", "authorization, x-requested-with"),),
    )
    response = Harness().ask(asked)
    assert (response.status, response.body) == (204, b"")
    assert response.header("access-control-allow-origin") == "*"
    assert [k for k, _ in response.headers].count("Access-Control-Allow-Origin") == 1
    assert response.header("access-control-allow-methods") == "POST, OPTIONS"
    assert response.header("access-control-allow-headers") == "authorization, x-requested-with"
    plain = Harness().ask(asked.replaced(headers=()))
    assert plain.header("access-control-allow-headers") == "Authorization, Content-Type"
    assert SERVICE.preflight(good()) is None


def test_only_a_recognised_picture_is_billed() -> None:
    assert SERVICE.billed(ask(good()))
    assert not SERVICE.billed(Harness(recognition=NOTHING).ask(good()))
    assert not SERVICE.billed(ask(good(auth="")))
