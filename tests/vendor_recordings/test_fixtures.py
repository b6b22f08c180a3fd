"""A recording becomes a fixture that holds for this server, with the vendor's own reading."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mockocr.recordings.expected_answer import difference, said
from mockocr.recordings.fixture import lines_in
from mockocr.recordings.store import Recordings
from tests.asgi import Answer
from tests.conformance import (
    CASES,
    EXCHANGES,
    Case,
    case_of,
    kept_mock,
    mock_for,
    sample,
    send,
    signed,
    signed_request,
)
from tests.exchange import FIXTURES, Exchange, read
from tests.exchange_server import server_of
from tests.vendor_recordings.comparing import fixtures, problem
from tests.vendor_recordings.replaying import keep

JSON = (("Content-Type", "application/json"),)
CASE = CASES["baidu.general"]


REGIONS = {"azure.ocr"}
"""Its lines stand in regions, which no reading of lines can repeat."""


def has_lines(case: Case) -> bool:
    """True if responses of the operation hold lines, of a picture that fixtures may name."""
    examples = [e for e in case.service.examples if e.operation == case.operation.name]
    named = re.findall(r"\{\{\w+ ([^}]+)\}\}", sample(case.id).path.read_text("utf-8"))
    known = all((FIXTURES / "images" / name).exists() for name in named)
    return (
        any(e.lines for e in examples)
        and known
        and case.id not in REGIONS
        and not sample(case.id).after
    )


OF_LINES = {id: case for id, case in CASES.items() if has_lines(case)}
OF_FIELDS = [
    exchange
    for exchange in EXCHANGES
    if exchange.reads == "goldens"
    and not exchange.after
    and not exchange.options
    and exchange.account
    and "{{url " not in exchange.path.read_text("utf-8")
    and not OF_LINES.get(case_of(exchange).id)
]


@pytest.mark.parametrize("case", OF_LINES.values(), ids=OF_LINES)
@pytest.mark.slow
def test_a_response_with_lines_becomes_a_fixture_that_says_what_was_read(
    case: Case, tmp_path: Path
) -> None:
    keep(tmp_path, case, signed_request(case), send(mock_for(case), signed_request(case)))
    (name,) = fixtures(tmp_path, tmp_path / "out")
    assert name.startswith(f"{case.service.namespace}/{case.operation.name}-observed_"), name
    fixture = read(tmp_path / "out" / name)
    assert fixture.reads == "response"
    assert lines_in(case.service, case.operation, fixture.answer or "")
    assert problem(fixture.path) == ""


@pytest.mark.parametrize("exchange", OF_FIELDS, ids=lambda e: e.name)
def test_a_response_with_fields_becomes_a_fixture_that_is_read_by_goldens(
    exchange: Exchange, tmp_path: Path
) -> None:
    answer = send(server_of(exchange, kept=True), signed(exchange))
    keep(tmp_path, case_of(exchange), signed(exchange), answer)
    (name,) = fixtures(tmp_path, tmp_path / "out")
    assert name.endswith(".http"), name
    assert read(tmp_path / "out" / name).reads == "goldens"
    assert problem(tmp_path / "out" / name) == ""


# What the vendor reads otherwise


def vendor_says(folder: Path, change: dict[str, Any] | None = None, score: float = 0.9) -> None:
    """A recording of a response with locations that our engine would not give."""
    answer = send(mock_for(CASE), signed_request(CASE))
    value = answer.json
    for number, words in enumerate(value["words_result"]):
        words["words"] = f"the vendor's line {number}"
        words["location"] = {"top": 31 + 50 * number, "left": 7, "width": 300, "height": 33}
    value |= change or {}
    keep(
        folder, CASE, signed_request(CASE), Answer(200, answer.headers, json.dumps(value).encode())
    )


def test_the_whole_response_of_the_vendor_is_in_the_fixture(tmp_path: Path) -> None:
    vendor_says(tmp_path)
    (name,) = fixtures(tmp_path, tmp_path)
    fixture = read(tmp_path / name)
    value = json.loads(fixture.answer or "")
    assert [item["words"] for item in value["words_result"]] == [
        "the vendor's line 0",
        "the vendor's line 1",
    ]
    assert value["words_result"][1]["location"] == {
        "top": 81,
        "left": 7,
        "width": 300,
        "height": 33,
    }
    assert value["log_id"] == "{{number}}"
    assert problem(tmp_path / name) == ""


def test_a_fixture_fails_if_this_server_changes(tmp_path: Path) -> None:
    vendor_says(tmp_path)
    (name,) = fixtures(tmp_path, tmp_path)
    path = tmp_path / name
    text = path.read_text("utf-8")
    path.write_text(text.replace('"words_result_num": 2', '"words_result_num": 3'), "utf-8")
    assert problem(path) == "$.words_result_num: expected 3, got 2"


def test_a_value_that_follows_from_no_line_is_kept_and_left_open(tmp_path: Path) -> None:
    """Our page is as wide as the picture, the vendor's a little narrower."""
    case = CASES["aws.detect_document_text"]
    answer = send(mock_for(case), signed_request(case))
    value = answer.json
    value["Blocks"][0]["Geometry"]["BoundingBox"]["Width"] = 0.875
    keep(tmp_path, case, signed_request(case), Answer(200, answer.headers, answer_of(value)))
    (name,) = fixtures(tmp_path, tmp_path)
    assert '"{{number 0.875}}"' in (tmp_path / name).read_text("utf-8")
    assert problem(tmp_path / name) == ""


def answer_of(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def test_a_response_that_drifts_becomes_no_fixture(tmp_path: Path) -> None:
    vendor_says(tmp_path, {"direction": 0})
    assert fixtures(tmp_path, tmp_path) == [
        "no fixture: it differs from ours: drift: $.direction: the vendor sends this key, we do not"
    ]
    assert list(tmp_path.glob("baidu/general-observed*")) == []


def test_a_picture_that_no_fixture_may_name_becomes_no_fixture(tmp_path: Path) -> None:
    body = signed_request(CASE).body + b"&detect_direction=false"
    request = CASE.service.sign(signed_request(CASE).with_body(body[:-1] + b"e"), CASE.credential)
    other = request.with_body(request.body.replace(b"image=iVBORw0", b"image=iVBORx0"))
    keep(tmp_path, CASE, other, send(mock_for(CASE), signed_request(CASE)))
    (said_so,) = fixtures(tmp_path, tmp_path)
    assert said_so.startswith("no fixture: "), said_so


def test_a_refusal_on_demand_becomes_a_fixture_with_a_fault(tmp_path: Path) -> None:
    case = CASES["tencent_cloud.general_basic"]
    error = b'{"Code":"InternalError","Message":"Internal error."}'
    said_so = b'{"Response":{"Error":' + error + b',"RequestId":"a-1"}}'
    keep(tmp_path, case, signed_request(case), Answer(200, JSON, said_so))
    ((recording,), _) = Recordings(tmp_path).all()
    (name,) = fixtures(tmp_path, tmp_path)
    assert name == f"tencent_cloud/general_basic-refused_observed_{recording.key[:8]}.http"
    text = (tmp_path / name).read_text("utf-8")
    assert '{"ImageBase64": "{{base64 hello.png}}"}' in text
    assert '"RequestId": "{{string}}"' in text
    assert text.startswith("# account: dev\n# verified: observed vendor.example\n# at: 2026-01-02")
    assert "# fault: error=InternalError\n" in text
    assert "# key" not in text
    assert problem(tmp_path / name) == ""


def test_a_refusal_of_a_picture_without_text_needs_no_fault(tmp_path: Path) -> None:
    case = CASES["tencent.general"]
    keep(tmp_path, case, signed_request(case), send(kept_mock("nothing"), signed_request(case)))
    (name,) = fixtures(tmp_path, tmp_path)
    fixture = read(tmp_path / name)
    assert (fixture.reads, fixture.fault) == ("nothing", "")
    assert problem(tmp_path / name) == ""


# Open values


def test_open_values_accept_their_kind_and_keep_what_was_sent() -> None:
    expected = {"a": "{{number 12.50}}", "b": "{{string two words}}", "c": "{{any}}"}
    assert difference(expected, {"a": 3, "b": "", "c": [1]}) == ""
    assert difference(expected, {"a": "3", "b": "", "c": 1}) == "$.a: expected a number, got '3'"
    assert difference(expected, {"a": 3, "b": 4, "c": 1}) == "$.b: expected a string, got 4"
    assert said(expected) == {"a": 12.5, "b": "two words", "c": "{{any}}"}


def test_open_values_work_in_json_that_stands_in_a_string() -> None:
    expected = {"json": '{"a":"{{number 1}}","b":2}'}
    assert difference(expected, {"json": '{"a": 9, "b": 2}'}) == ""
    assert "$.json (JSON in a string).b" in difference(expected, {"json": '{"a": 9, "b": 3}'})
    assert said(expected) == {"json": '{"a": 1, "b": 2}'}
