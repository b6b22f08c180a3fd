"""ocr_general: both forms of request, their responses, and the error table."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from tests.recognitions import HELLO
from tests.vendors.aliyun_market.harness import OFFICIAL, Market
from tests.vendors.aliyun_market.official.client import (
    EMPTY,
    FORMAT,
    GENERAL,
    IMAGE,
    message,
    page,
    send,
)
from tests.vendors.aliyun_market.thumb.test_thumb_requests import encoded


def general(reads: Recognition = HELLO, market: Market | None = None, **configure: Any) -> Any:
    market = market or Market(reads)
    answer = send(market, GENERAL, {"image": IMAGE, "configure": configure})
    assert answer.status == 200, answer.body
    return answer.json


@pytest.mark.parametrize(
    ("configure", "options"),
    [
        ({}, ReadOptions(turn=True)),
        ({"dir_assure": True}, ReadOptions()),
        ({"without_predicting_direction": True}, ReadOptions()),
        ({"without_predicting_direction": False}, ReadOptions(turn=True)),
        ({"skip_detection": True, "dir_assure": True}, ReadOptions(layout="line")),
        ({"language": "sx"}, ReadOptions(turn=True, handwriting=True)),
        ({"side": "face", "language": "en"}, ReadOptions(turn=True)),
    ],
)
def test_configure_decides_how_the_engine_reads(
    configure: dict[str, Any], options: ReadOptions
) -> None:
    market = Market()
    general(market=market, **configure)
    assert market.reader.asked == [options]


def test_lines_lower_than_min_size_are_left_out() -> None:
    read = page(("low", 0, 0, 50, 10, 0), ("high", 0, 20, 90, 44, 0))
    assert [item["word"] for item in general(read)["ret"]] == ["low", "high"]
    assert [item["word"] for item in general(read, min_size=16)["ret"]] == ["high"]
    assert [item["word"] for item in general(read, min_size=10)["ret"]] == ["low", "high"]


def test_a_least_size_of_400_digits_is_no_json_and_no_defect() -> None:
    answer = send(Market(), GENERAL, {"image": IMAGE, "configure": {"min_size": 10**400}})
    assert answer.status == 460
    assert b"Internal" not in answer.body


def test_the_request_id_begins_with_the_time_in_china() -> None:
    assert general()["request_id"] == "20231115061320_0123456789abcdef0123456789abcdef"


def test_a_tilted_line_has_the_rectangle_that_turns_into_it() -> None:
    quad = Quad(Point(0, 0), Point(80, 60), Point(74, 68), Point(-6, 8))
    (item,) = general(Recognition((line_of_text("x", quad),)))["ret"]
    assert item["rect"] == {"angle": 37, "height": 10.0, "left": -13, "top": 29, "width": 100.0}


def test_every_input_of_the_older_form_has_an_output() -> None:
    def wrapped(value: str) -> dict[str, Any]:
        return {"dataType": 50, "dataValue": value}

    plain = {"image": wrapped(IMAGE)}
    rich = {"image": wrapped(IMAGE), "configure": wrapped('{"output_prob": true}')}
    market = Market()
    answer = send(market, GENERAL, {"inputs": [plain, rich]})
    assert answer.status == 200, answer.body
    first, second = (json.loads(o["outputValue"]["dataValue"]) for o in answer.json["outputs"])
    assert "prob" not in first["ret"][0]
    assert second["ret"][0]["prob"] == 0.98765
    assert first["ret"][0]["word"] == second["ret"][0]["word"] == "发票 Invoice 2026"
    assert market.quotas.billed == [True]
    bad = {"image": wrapped(base64.b64encode(b"no picture").decode())}
    assert message(send(Market(), GENERAL, {"inputs": [plain, bad]})) == (462, EMPTY)


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (b"", 460, "Invalid Input - failed to parse json"),
        (b"image=abc", 460, "Invalid Input - failed to parse json"),
        (b"[]", 461, FORMAT + "json parse runtime exception"),
        ({}, 461, FORMAT + "missing key: image"),
        ({"image": None}, 461, FORMAT + "missing key: image"),
        ({"image": ["a"]}, 461, FORMAT + "image format error"),
        ({"image": ""}, 462, EMPTY),
        ({"image": "%%%"}, 462, EMPTY),
        ({"image": "data:image/png;base64," + IMAGE}, 462, EMPTY),
        ({"inputs": None}, 461, FORMAT + "value of inputs must be a array"),
        ({"inputs": []}, 461, FORMAT + "value of inputs must be a array"),
        ({"inputs": [7]}, 461, FORMAT + "missing key: image"),
        ({"inputs": [{}]}, 461, FORMAT + "missing key: image"),
        ({"inputs": [{"image": IMAGE}]}, 461, FORMAT + "image DataValue format error"),
        (
            {"inputs": [{"image": {"dataValue": IMAGE}, "configure": {"dataValue": {}}}]},
            461,
            FORMAT + "configure format error",
        ),
        ({"image": IMAGE, "configure": 7}, 461, FORMAT + "configure format error"),
        ({"image": IMAGE, "configure": "[]"}, 461, FORMAT + "configure format error"),
        ({"image": IMAGE, "configure": {"min_size": "16"}}, 461, FORMAT + "configure format error"),
        ({"image": IMAGE, "configure": {"min_size": True}}, 461, FORMAT + "configure format error"),
        ({"image": IMAGE, "configure": {"output_prob": 1}}, 461, FORMAT + "configure format error"),
        ({"image": IMAGE, "configure": "{"}, 461, FORMAT + "failed to parse config str: {"),
        (
            {"image": "http://127.0.0.1:9/x.png"},
            462,
            "Invalid Input - image data error - download image from url error",
        ),
        ({"image": encoded("PNG", (14, 40))}, 421, "Invalid Input - image size error"),
        ({"image": encoded("PNG", (8193, 300))}, 421, "Invalid Input - image size error"),
        ({"image": encoded("PNG", (1000, 19))}, 421, "Invalid Input - image size error"),
    ],
)
def test_the_error_table_of_ocr_general(body: Any, status: int, expected: str) -> None:
    market = Market()
    answer = send(market, GENERAL, body)
    assert message(answer) == (status, expected)
    assert market.why
    assert market.quotas.billed == [False]


def test_a_picture_at_each_limit_is_accepted() -> None:
    for size in ((15, 15), (8192, 200), (1000, 20)):
        answer = send(Market(), GENERAL, {"image": encoded("PNG", size)})
        assert answer.status == 200, (size, answer.body)


@pytest.mark.parametrize(
    ("kind", "cause", "id"),
    [
        (ErrorKind.IMAGE_TOO_LARGE, None, "picture_too_large"),
        (ErrorKind.IMAGE_TOO_LARGE, ErrorCause.TOO_LARGE, "download_error"),
        (ErrorKind.DOWNLOAD_FAILED, ErrorCause.STATUS, "download_error"),
        (ErrorKind.ENGINE_FAILED, None, "algorithm_run_failed"),
        (ErrorKind.BUSY, None, "queue_full"),
        (ErrorKind.BUSY, ErrorCause.CONTENT, "queue_full"),
        (ErrorKind.IMAGE_FORMAT, ErrorCause.CONTENT, "input_image_empty"),
        (ErrorKind.IMAGE_SIZE, ErrorCause.CONTENT, "image_size_error"),
        (ErrorKind.BAD_BODY, ErrorCause.NOT_JSON, "failed_to_parse_json"),
        (ErrorKind.BAD_BODY, ErrorCause.NOT_AN_OBJECT, "json_parse_exception"),
        (ErrorKind.BAD_BODY, None, "Invalid Request Body"),
    ],
)
def test_a_kind_with_its_cause_has_its_entry(
    kind: ErrorKind, cause: ErrorCause | None, id: str
) -> None:
    assert OFFICIAL.errors.entry(ApiError(kind, cause=cause), "ocr_general").id == id


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ErrorKind.ENGINE_FAILED, (464, "Invalid Result - algorithm run failed")),
        (ErrorKind.BUSY, (450, "Service Busy")),
    ],
)
def test_an_engine_that_fails_gets_the_services_own_error(
    kind: ErrorKind, expected: tuple[int, str]
) -> None:
    market = Market()

    async def fail(image: Any, options: ReadOptions) -> Any:
        raise ApiError(kind, "scripted")

    market.reader.recognize = fail  # type: ignore[method-assign] # the script of this one test
    assert message(send(market, GENERAL, {"image": IMAGE})) == expected
    assert market.why == "scripted"


def test_every_picture_knows_where_it_stood_in_the_request() -> None:
    market = Market()
    send(market, GENERAL, {"image": IMAGE})
    inputs = [{"image": {"dataValue": IMAGE}}, {"image": {"dataValue": IMAGE}}]
    send(market, GENERAL, {"inputs": inputs})
    assert [source.location for source in market.sources] == [
        "image",
        "inputs[0].image.dataValue",
        "inputs[1].image.dataValue",
    ]
