"""Aliyun's own two services: both forms of asking, what is answered, and their error table."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Image, Inline, Remote
from mockocr.core.operation import ImageResult
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from mockocr.vendors.aliyun_market import VENDOR, backend
from mockocr.vendors.aliyun_market.signature import content_md5
from tests.asgi import Answer
from tests.exchange import picture
from tests.recognitions import HELLO, TURNED
from tests.vendors.aliyun_market.harness import AT, CREDENTIAL, Market, post
from tests.vendors.aliyun_market.test_aliyun_requests import encoded

GENERAL, ADVANCED = "/api/predict/ocr_general", "/ocrservice/advanced"
IMAGE = base64.b64encode(picture("hello.png")).decode()
JSON = ("Content-Type", "application/json; charset=UTF-8")
FORMAT = "Invalid Input - json format error - "
EMPTY = "Invalid Input - image data error - input image empty, please check your image binary data"


def send(market: Market, target: str, body: Any, *headers: tuple[str, str]) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return market.signed(post(target, raw, JSON, *headers, form=False))


def general(reads: Recognition = HELLO, market: Market | None = None, **configure: Any) -> Any:
    market = market or Market(reads)
    answer = send(market, GENERAL, {"image": IMAGE, "configure": configure})
    assert answer.status == 200, answer.body
    return answer.json


def advanced(reads: Recognition = HELLO, **given: Any) -> Any:
    answer = send(Market(reads), ADVANCED, {"img": IMAGE, **given})
    assert answer.status == 200, answer.body
    return answer.json


def said(answer: Answer) -> tuple[int, str]:
    assert answer.header("content-type") == "text/plain; charset=utf-8"
    return answer.status, answer.body.decode()


def page(*lines: tuple[str, float, float, float, float, int]) -> Recognition:
    return Recognition(
        tuple(
            line_of_text(text, Quad.upright(a, b, c, d), 0.996, block)
            for text, a, b, c, d, block in lines
        )
    )


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
def test_the_engine_is_asked_as_configure_says(
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


def test_the_request_id_holds_the_time_in_china() -> None:
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
    assert said(send(Market(), GENERAL, {"inputs": [plain, bad]})) == (462, EMPTY)


@pytest.mark.parametrize(
    ("body", "status", "message"),
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
def test_the_error_table_of_ocr_general(body: Any, status: int, message: str) -> None:
    market = Market()
    answer = send(market, GENERAL, body)
    assert said(answer) == (status, message)
    assert market.why
    assert market.quotas.billed == [False]


def test_a_picture_at_each_limit_is_taken() -> None:
    for size in ((15, 15), (8192, 200), (1000, 20)):
        answer = send(Market(), GENERAL, {"image": encoded("PNG", size)})
        assert answer.status == 200, (size, answer.body)


@pytest.mark.parametrize(
    ("problem", "remote", "row"),
    [
        (ErrorKind.IMAGE_TOO_LARGE, False, backend.TOO_LARGE),
        (ErrorKind.IMAGE_TOO_LARGE, True, backend.NOT_DOWNLOADED),
        (ErrorKind.ENGINE_FAILED, False, backend.FAILED),
        (ErrorKind.BUSY, False, backend.QUEUE_FULL),
        (ErrorKind.IMAGE_FORMAT, True, backend.EMPTY_IMAGE),
    ],
)
def test_what_is_wrong_with_a_picture_has_its_row(
    problem: ErrorKind, remote: bool, row: object
) -> None:
    source = Remote("http://a.example/b.png") if remote else Inline(b"x")
    found = backend.of_picture(ImageResult(source, error=ApiError(problem, "why")))
    assert found is not None
    assert found.why == row
    assert found.detail == "why"


def test_a_right_picture_has_no_refusal() -> None:
    image = Image(b"", 500, 10, 1, "PNG", "", "", 0)
    assert backend.of_picture(ImageResult(Inline(b"x"), image, HELLO)) is None


@pytest.mark.parametrize("path", [GENERAL, ADVANCED])
@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (ErrorKind.NO_IMAGE, 461),
        (ErrorKind.BAD_IMAGE, 462),
        (ErrorKind.DOWNLOAD_FAILED, 462),
        (ErrorKind.ENGINE_FAILED, 464),
        (ErrorKind.BUSY, 450),
        (ErrorKind.QUOTA_EXCEEDED, 403),
    ],
)
def test_a_problem_on_demand_reads_as_these_services_say_it(
    path: str, problem: ErrorKind, status: int
) -> None:
    row = VENDOR.row(problem).filled({})
    assert VENDOR.refuse(Request("POST", path, path), row).status == status


@pytest.mark.parametrize("choice", ["classic", "vpc"])
@pytest.mark.parametrize("target", [GENERAL, ADVANCED])
def test_the_gateway_stands_before_these_services_too(target: str, choice: str) -> None:
    market = Market(gateway=choice)
    bare = market.send(post(target, b"{}", JSON, form=False))
    assert (bare.status, bare.body) == (400, b"")
    assert bool(bare.header("x-ca-error-code")) == (choice == "vpc")
    debug = send(market, target, {}, ("X-Ca-Request-Mode", "debug"))
    assert debug.status == 461
    assert "TotalLatency" in debug.header("x-ca-debug-info")
    assert not debug.header("x-ca-error-message")


def test_nonce_timestamp_and_digest_are_checked_for_json_bodies() -> None:
    body = json.dumps({"image": IMAGE}).encode()
    request = post(
        GENERAL, body, JSON, ("X-Ca-Key", ""), ("Content-MD5", content_md5(body)), form=False
    )
    market = Market()
    signed = VENDOR.sign(request.replaced(at=AT, id="e" * 32), CREDENTIAL)
    assert market.send(signed).status == 200
    assert market.send(signed).header("x-ca-error-message") == "Nonce Used"
    other = signed.replaced(body=body + b" ")
    assert Market().send(other).header("x-ca-error-message") == "Invalid Content-MD5"
    late = VENDOR.sign(request.replaced(at=AT.replace(hour=21), id="d" * 32), CREDENTIAL)
    assert Market().send(late).header("x-ca-error-message") == "Timestamp Expired"


def test_the_observed_word_has_the_observed_rectangle() -> None:
    (word,) = advanced(page(("me3xy", 2, 8, 63, 30, 0)))["prism_wordsInfo"]
    assert word == {
        "word": "me3xy",
        "pos": [{"x": 2, "y": 8}, {"x": 63, "y": 8}, {"x": 63, "y": 30}, {"x": 2, "y": 30}],
        "direction": 0,
        "angle": -90,
        "x": 21,
        "y": -11,
        "width": 22,
        "height": 61,
    }


def test_only_rotate_looks_for_the_direction() -> None:
    for given, turn in (({}, False), ({"rotate": False}, False), ({"rotate": True}, True)):
        market = Market()
        assert send(market, ADVANCED, {"img": IMAGE, **given}).status == 200
        assert market.reader.asked == [ReadOptions(turn=turn)]


@pytest.mark.parametrize(
    ("angle", "corner", "size"),
    [
        (0.0, (100, 50), (640, 240)),
        (90.0, (50, 540), (240, 640)),
        (180.0, (540, 190), (640, 240)),
        (-90.0, (190, 100), (240, 640)),
        (93.0, (50, 540), (240, 640)),
        (20.0, (100, 50), (640, 240)),
    ],
)
def test_rotate_sets_the_picture_upright_by_quarters(
    angle: float, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    answer = advanced(Recognition(TURNED.lines, angle=angle), rotate=True)
    first = answer["prism_wordsInfo"][0]["pos"][0]
    assert (first["x"], first["y"]) == corner
    assert (answer["width"], answer["height"]) == size
    assert (answer["orgWidth"], answer["orgHeight"]) == (640, 240)
    assert answer["angle"] == round(angle / 90) % 4 * 90


def test_characters_rows_and_paragraphs_come_when_asked_for() -> None:
    read = page(("品名", 0, 0, 40, 20, 0), ("单价", 100, 2, 140, 27, 0), ("茶", 0, 40, 20, 60, 1))
    plain = advanced(read)
    assert not {"prism_rowsInfo", "prism_paragraphsInfo", "figure", "angle"} & set(plain)
    assert "charInfo" not in plain["prism_wordsInfo"][0]
    rich = advanced(read, charInfo=True, row=True, paragraph=True, prob=True)
    assert rich["prism_rowsInfo"] == [
        {"word": "品名 单价", "rowId": 0},
        {"word": "茶", "rowId": 1},
    ]
    assert rich["prism_paragraphsInfo"] == [
        {"word": "品名 单价", "paragraphId": 0},
        {"word": "茶", "paragraphId": 1},
    ]
    second = rich["prism_wordsInfo"][1]
    assert (second["rowId"], second["paragraphId"], second["prob"]) == (0, 0, 100)
    assert second["charInfo"][1] == {
        "prob": 100,
        "w": 20,
        "h": 25,
        "x": 120,
        "y": 2,
        "word": "价",
    }
    assert rich["content"] == "品名 单价 茶 "
    assert rich["prism_wnum"] == 3


def test_sort_page_goes_down_before_it_goes_right() -> None:
    read = page(("a", 0, 0, 10, 10, 0), ("b", 50, 0, 60, 10, 0), ("c", 0, 20, 10, 30, 0))
    assert advanced(read)["content"] == "a b c "
    assert advanced(read, sortPage=True)["content"] == "a c b "


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b"{", 460, "Invalid Input - failed to parse json"),
        ({}, 461, FORMAT + "missing key: img"),
        ({"img": "", "url": ""}, 461, FORMAT + "missing key: img"),
        ({"img": 7}, 461, FORMAT + "image format error"),
        ({"img": IMAGE, "url": "http://a.example/b.png"}, 461, FORMAT + "image format error"),
        ({"img": IMAGE, "table": "no"}, 461, FORMAT + "json parse runtime exception"),
        ({"img": "AAAA"}, 462, EMPTY),
        (
            {"url": "ftp://a.example/b.png"},
            462,
            "Invalid Input - image data error - download image from url error",
        ),
    ],
)
def test_the_error_table_of_advanced(body: Any, status: int, message: str) -> None:
    market = Market()
    assert said(send(market, ADVANCED, body)) == (status, message)
    assert market.why


def test_each_answer_has_a_sid_of_its_own_request() -> None:
    assert advanced()["sid"] == advanced()["sid"]
    assert len(advanced()["sid"]) == 72
