"""A difference in the contract is drift, a difference of the reading is a note, ids are nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mockocr.cli.diff import command
from mockocr.core.http import Response
from mockocr.recordings.comparison import compare, iou
from mockocr.recordings.difference import Difference
from mockocr.recordings.reading import box_of
from mockocr.recordings.report import as_json
from mockocr.vendors.baidu.ocr.service import SERVICE as BAIDU
from tests.asgi import Answer
from tests.conformance import CASES, mock_for, sample, send, signed_request
from tests.vendor_recordings.comparing import differences
from tests.vendor_recordings.replaying import keep

CASE = CASES["baidu.general_basic"]
JSON = (("Content-Type", "application/json"),)


def own_answer() -> Answer:
    """Our own answer plays the vendor's; the tests change it."""
    return send(mock_for(CASE), signed_request(CASE))


def body(changes: dict[str, Any] | None = None) -> bytes:
    value = {**own_answer().json, **(changes or {})}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def of_vendor(tmp_path: Path, answer: bytes, status: int = 200) -> Difference:
    recorded = Answer(status, own_answer().headers, answer)
    keep(tmp_path, CASE, signed_request(CASE), recorded)
    (found,) = differences(tmp_path)
    return found


@pytest.mark.parametrize("id", [id for id, case in CASES.items() if not sample(id).options])
@pytest.mark.slow
def test_our_own_response_has_no_drift(id: str, tmp_path: Path) -> None:
    case = CASES[id]
    keep(tmp_path, case, signed_request(case), send(mock_for(case), signed_request(case)))
    (found,) = differences(tmp_path)
    assert found.drift == []


def test_a_reading_is_taken_over_so_that_only_the_rendering_differs(tmp_path: Path) -> None:
    found = of_vendor(tmp_path, body())
    assert (found.skipped, found.findings) == ("", ())


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"direction": 0}, "$.direction", "the vendor sends this key, we do not"),
        ({"words_result_num": "2"}, "$.words_result_num", "the vendor sends a text, we a number"),
        ({"words_result_num": 2.0}, "$.words_result_num", "as decimals, we as integers"),
        ({"log_id": "77"}, "$.log_id", "the vendor sends a text, we a number"),
    ],
)
def test_a_difference_in_the_contract_is_drift(
    tmp_path: Path, changes: dict[str, Any], where: str, what: str
) -> None:
    (found,) = of_vendor(tmp_path, body(changes)).findings
    assert (found.kind, found.where) == ("drift", where)
    assert what in found.what


def test_a_missing_key_and_another_order_are_drift(tmp_path: Path) -> None:
    value = json.loads(body())
    turned = {"words_result_num": 2, "words_result": value["words_result"]}
    answer = json.dumps(turned, ensure_ascii=False, separators=(",", ":")).encode()
    found = of_vendor(tmp_path, answer)
    assert [str(finding) for finding in found.findings] == [
        "drift: $.log_id: we send this key, the vendor does not",
        "drift: $: the order of keys is words_result_num words_result, ours words_result"
        " words_result_num",
    ]


def test_an_error_is_found_in_the_table_and_its_words_are_compared(tmp_path: Path) -> None:
    said = b'{"error_code":17,"error_msg":"Open api daily limit, reached"}'
    found = of_vendor(tmp_path, said)
    assert found.entry is not None
    assert found.entry.code == 17
    assert [finding.where for finding in found.drift] == ["$.error_msg"]
    assert "only on demand" in found.notes[0].what


def test_an_unknown_error_is_drift(tmp_path: Path) -> None:
    (found,) = of_vendor(tmp_path, b'{"error_code":987654,"error_msg":"new","log_id":5}').findings
    assert str(found) == "drift: status 200: the table of baidu has no code 987654 with this status"


def test_headers_and_status_are_compared() -> None:
    theirs = Response(200, b"{}", (("Content-Type", "text/json"), ("X-Request-Id", "a")))
    ours = Response(201, b"{}", (("Content-Type", "application/json"),))
    found = compare(BAIDU, theirs, ours)
    assert [(finding.kind, finding.where) for finding in found] == [
        ("drift", "status"),
        ("drift", "header content-type"),
        ("drift", "header x-request-id"),
    ]


def test_texts_boxes_and_confidences_are_notes() -> None:
    def answer(text: str, left: int, confidences: tuple[float, float]) -> Response:
        items = [
            {
                "text": text,
                "confidence": c,
                "box": {"left": left, "top": 1, "width": 9, "height": 9},
            }
            for c in confidences
        ]
        return Response(200, json.dumps({"items": items}).encode())

    found = compare(BAIDU, answer("Total 12", 1, (0.9, 0.8)), answer("Total 17", 8, (0.7, 0.8)))
    assert {finding.kind for finding in found} == {"note"}
    assert [finding.what for finding in found] == [
        "the texts agree by 0.88",
        "the boxes overlap by 0.12",
        "the confidences are in another order of size",
    ]


def test_boxes_are_found_in_each_form() -> None:
    square = ((1.0, 2.0), (4.0, 2.0), (4.0, 6.0), (1.0, 6.0))
    for form in (
        {"x": 1, "y": 2, "width": 3, "height": 4},
        {"Left": 1, "Top": 2, "Width": 3, "Height": 4},
        [[1, 2], [4, 2], [4, 6], [1, 6]],
        [1, 2, 4, 2, 4, 6, 1, 6],
        {"Polygon": [{"X": 1, "Y": 2}, {"X": 4, "Y": 2}, {"X": 4, "Y": 6}, {"X": 1, "Y": 6}]},
    ):
        assert box_of(form) == square, form
    assert box_of({"x": 1, "y": 2}) is None
    assert iou(square, square) == 1.0
    assert iou(square, tuple((x + 10, y) for x, y in square)) == 0.0


# The command


def test_the_command_prints_drift_and_exits_with_1(tmp_path: Path) -> None:
    of_vendor(tmp_path, body({"direction": 0}))
    report = tmp_path / "report.md"
    done = CliRunner().invoke(command, [str(tmp_path), "--report", str(report)])
    assert done.exit_code == 1
    assert "  drift: $.direction: the vendor sends this key, we do not" in done.output
    assert done.output.endswith("1 recordings: 1 drifts, 0 notes\n")
    text = report.read_text("utf-8")
    assert "- drift: $.direction: the vendor sends this key, we do not" in text
    assert "0 of 1 recordings do not differ." in text


def test_the_command_exits_with_0_if_nothing_differs_and_warns_of_old_recordings(
    tmp_path: Path,
) -> None:
    of_vendor(tmp_path, body())
    (path,) = tmp_path.glob("*/*.http")
    old = path.read_text("utf-8").replace("# expires: 2027", "# expires: 2020")
    path.write_text(old, "utf-8")
    path.with_name("general_basic-0000000000000000.http").write_text("nothing", "utf-8")
    done = CliRunner().invoke(command, [str(tmp_path), "--json"])
    assert done.exit_code == 0
    shown = json.loads(done.output)
    assert shown["drift"] == 0
    assert [row["operation"] for row in shown["recordings"]] == ["baidu.general_basic"]
    assert "is damaged and not used" in shown["warnings"][0]
    assert "expired on 2020-01-02" in shown["warnings"][1]


def test_the_differences_of_a_program_have_names() -> None:
    assert as_json([], ["old"]) == {"recordings": [], "warnings": ["old"], "drift": 0}
