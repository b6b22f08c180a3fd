"""What web-image asks the engine for, what it answers, and in which order it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from mockocr.vendors.huawei.errors import CATALOGUE

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.vendors.huawei import VENDOR, fonts, parse
from tests.asgi import ask
from tests.recognitions import TURNED, Reader
from tests.vendors.huawei.desk import (
    AT,
    HELLO_PNG,
    HOST,
    KEY,
    PATH,
    bearing,
    call,
    error,
    failing,
    mock,
    send,
    signed,
    why,
)

FORMATS = {"JPEG", "PNG", "BMP", "TIFF", "TGA", "WEBP", "ICO", "PCX", "GIF"}
TOKEN = KEY.values["token"]


def seen(load_into: list[tuple[Source, Limits]]) -> Any:
    async def load(source: Source, limits: Limits) -> Image:
        load_into.append((source, limits))
        return Image(b"", 640, 240, 1, "PNG", "", "", 0)

    return load


def test_the_direction_is_looked_for_only_when_asked() -> None:
    for body, wanted in (({}, False), ({"detect_direction": True}, True)):
        to = mock()
        assert isinstance(to.engine, Reader)
        assert signed(to, {"image": HELLO_PNG, **body}).status == 200
        assert to.engine.asked == [ReadOptions(turn=wanted)]


def test_corners_of_turned_text_run_along_the_text_in_the_picture_as_sent() -> None:
    answer = signed(mock(TURNED), {"image": HELLO_PNG, "detect_direction": True})
    (block,) = answer.json["result"]["words_block_list"]
    assert block["location"] == [[100, 50], [100, 250], [60, 250], [60, 50]]


def test_the_limits_are_the_pages() -> None:
    loads: list[tuple[Source, Limits]] = []
    assert signed(mock(load=seen(loads)), {"image": "abcd"}).status == 200
    assert signed(mock(load=seen(loads), max_side="30000"), {"url": "http://a/b"}).status == 200
    (source, older), (other, newer) = loads
    assert source == Inline(base64="abcd")
    assert other == Remote("http://a/b")
    assert (older.min_side, older.max_side, newer.max_side) == (15, 8192, 30000)
    assert older.max_base64 == 10 * 1024 * 1024
    assert older.formats == FORMATS
    assert not older.data_url


def test_a_contact_is_extracted_from_what_was_read() -> None:
    texts = ("张三 13112345678", "广东省深圳市龙岗区五和大道华为D区")
    lines = [
        line_of_text(t, Quad.upright(0, 60 * i, 600, 60 * i + 40)) for i, t in enumerate(texts)
    ]
    answer = signed(
        mock(Recognition(tuple(lines))),
        {"image": HELLO_PNG, "extract_type": ["image_size", "contact_info", "image_size"]},
    )
    assert answer.json["result"]["extracted_data"] == {
        "contact_info": {
            "name": "张三",
            "phone": "13112345678",
            "province": "广东省",
            "city": "深圳市",
            "district": "龙岗区",
            "detail_address": "五和大道华为D区",
        },
        "image_size": {"height": 240, "width": 640},
    }


def test_confidence_has_four_decimals_and_stays_within_bounds() -> None:
    quad = Quad.upright(0, 0, 10, 10)
    read = Recognition(tuple(line_of_text("x", quad, c) for c in (0.123456, 1.2, -0.1)))
    blocks = signed(mock(read), {"image": HELLO_PNG}).json["result"]["words_block_list"]
    assert [block["confidence"] for block in blocks] == [0.1235, 1.0, 0.0]


def test_lines_without_text_are_no_blocks() -> None:
    read = Recognition((line_of_text("", Quad.upright(0, 0, 1, 1)),))
    result = signed(mock(read), {"image": HELLO_PNG}).json["result"]
    assert result == {"words_block_count": 0, "words_block_list": [], "extracted_data": {}}


def test_fonts_follow_the_script_and_repeat() -> None:
    quad = Quad.upright(0, 0, 400, 40)
    chinese, latin = (
        line_of_text("网络图片识别网络图片", quad),
        line_of_text("Hello there, world", quad),
    )
    for line in (chinese, latin, line_of_text("7", Quad.upright(5, 5, 5, 5))):
        found = fonts.likely(line)
        scores = [score for _, score in found]
        assert len({name for name, _ in found}) == 5
        assert scores == sorted(scores, reverse=True)
        assert 0 <= scores[-1] <= scores[0] <= 1
        assert found == fonts.likely(line)
    assert fonts.likely(chinese)[0][0] == "黑体"
    assert all(name.isascii() for name, _ in fonts.likely(latin)[:3])


IMAGE = {"image": HELLO_PNG}
REFUSED: list[tuple[Any, str]] = [
    (b"", "ModelArts.4104"),
    ({"image": "A" * (10 * 1024 * 1024 + 4)}, "ModelArts.4104"),
    ({"image": "A" * (10 * 1024 * 1024 + 4), "url": "x", "detect_font": 1}, "ModelArts.4104"),
    (b"\xff\xfe\x00", "ModelArts.4105"),
    (b"null", "ModelArts.4105"),
    (b"[" * 50_000, "ModelArts.4105"),
    ({}, "AIS.0101"),
    ({"image": None, "url": None}, "AIS.0101"),
    ({"image": "", "url": ""}, "AIS.0101"),
    ({**IMAGE, "url": "http://example.com/a.png"}, "AIS.0101"),
    ({"image": ["a"]}, "AIS.0101"),
    ({"url": 7}, "AIS.0101"),
    ({**IMAGE, "detect_direction": "true"}, "AIS.0101"),
    ({**IMAGE, "detect_font": 1}, "AIS.0101"),
    ({**IMAGE, "detect_text_direction": "false"}, "AIS.0101"),
    ({**IMAGE, "extract_type": "image_size"}, "AIS.0101"),
    ({**IMAGE, "extract_type": ["image_size", None]}, "AIS.0101"),
    ({**IMAGE, "extract_type": [["image_size"]]}, "AIS.0101"),
    ({"image": "not base64!"}, "AIS.0102"),
    ({"image": "\ud800"}, "AIS.0102"),
    ({"image": "data:image/png;base64," + HELLO_PNG}, "AIS.0102"),
    ({"url": "ftp://example.com/a.png"}, "ModelArts.4601"),
    ({"url": "no url"}, "ModelArts.4601"),
    ({"url": "http://"}, "ModelArts.4601"),
    ({"url": "http://[::1"}, "ModelArts.4601"),
    ({"url": "\ud800"}, "ModelArts.4601"),
    ({"url": "http://example.com/图.png"}, "ModelArts.4603"),
    ({"url": "http://example.com/a b.png"}, "ModelArts.4603"),
]


@pytest.mark.parametrize(("body", "code"), REFUSED)
def test_a_fault_in_the_body_gets_its_own_code(body: Any, code: str) -> None:
    to = mock()
    answer = bearing(to, TOKEN, body)
    assert error(answer)[:2] == (400, code)
    assert list(answer.json) == ["error_code", "error_msg"]
    assert why(to)
    assert "defect" not in why(to)


@pytest.mark.parametrize(
    ("body", "problem"),
    [(b"", "bad_body"), ({"image": "A" * (10 * 1024 * 1024 + 4)}, "image_too_large")],
)
def test_the_journal_tells_an_empty_body_from_one_that_is_too_long(body: Any, problem: str) -> None:
    to = mock()
    bearing(to, TOKEN, body)
    assert ask(to.asgi, "GET", "/_mockocr/requests").json["requests"][0]["problem"] == problem


OBS = "https://bucket.obs.cn-north-4.myhuaweicloud.com/a.png"


@pytest.mark.parametrize(
    ("url", "problem", "facts", "code"),
    [
        ("http://a/b", ErrorKind.DOWNLOAD_FAILED, {"cause": "timeout"}, "ModelArts.4603"),
        ("http://a/b", ErrorKind.DOWNLOAD_FAILED, {"cause": "forbidden"}, "ModelArts.4601"),
        ("http://a/b", ErrorKind.IMAGE_TOO_LARGE, {}, "AIS.0103"),
        ("http://a/b", ErrorKind.BAD_IMAGE, {"content_type": "text/html"}, "ModelArts.4603"),
        ("http://a/b", ErrorKind.BAD_IMAGE, {"content_type": "image/png"}, "AIS.0102"),
        ("http://a/b", ErrorKind.IMAGE_SIZE, {}, "AIS.0103"),
        (OBS, ErrorKind.DOWNLOAD_FAILED, {"cause": "timeout"}, "ModelArts.4704"),
        (OBS, ErrorKind.DOWNLOAD_FAILED, {"cause": "status"}, "ModelArts.4706"),
        (OBS, ErrorKind.IMAGE_TOO_LARGE, {}, "ModelArts.4705"),
    ],
)
def test_a_picture_by_url_fails_in_the_words_for_its_place(
    url: str, problem: ErrorKind, facts: dict[str, str], code: str
) -> None:
    to = mock(load=failing(ApiError(problem, "answered with HTTP 404", **facts)))
    assert error(signed(to, {"url": url}))[:2] == (400, code)
    assert why(to) == "answered with HTTP 404"


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [
        ("unsubscribed", 400, "ModelArts.4204"),
        ("disabled", 403, "APIG.0302"),
        ("arrears", 403, "ModelArts.4106"),
        ("expired", 403, "ModelArts.4106"),
    ],
)
def test_a_key_that_may_not_gets_its_own_refusal(state: Any, status: int, code: str) -> None:
    for answer in (signed(mock(state=state), IMAGE), bearing(mock(state=state), TOKEN)):
        assert error(answer)[:2] == (status, code)


def test_credentials_are_checked_before_the_body_and_the_path_before_both() -> None:
    to = mock()
    assert error(bearing(to, "garbage", b"{"))[1] == "APIG.0301"
    answer = send(to, call(b"{", target="/v2//ocr/web-image"))
    assert error(answer)[:2] == (404, "APIG.0101")


def test_gateway_errors_carry_the_request_id_and_the_others_the_platforms_headers() -> None:
    to = mock()
    gateway = send(to, call(IMAGE))
    assert list(gateway.json) == ["error_msg", "error_code", "request_id"]
    assert gateway.json["request_id"] == gateway.header("x-request-id")
    assert gateway.header("x-modelarts-trace-id") == ""
    assert gateway.header("content-type") == "application/json"
    for answer in (signed(to, IMAGE), signed(to, {})):
        assert answer.header("x-modelarts-trace-id") == answer.header("x-request-id")
        assert answer.header("x-modelarts-latency").isdigit()
        assert answer.header("content-type") == "application/json;charset=UTF-8"
    assert {a.header("server") for a in (gateway, answer)} == {"api-gateway"}


SERVICE = "0101 0102 0103 0104 0105 0106 0117 0118 0119 0120 0121 0122"
PLATFORM = (
    "0203 0212 4101 4102 4103 4104 4105 4106 4107 4201 4202 4203 4204 4301 4302 4401 4402 4403 "
    "4502 4503 4504 4505 4506 4507 4508 4601 4603 4702 4703 4704 4705 4706 6201"
)
GATEWAY = "0101 0106 0201 0203 0301 0302 0307 0308 0310 0601 0613 0602"


def test_every_row_of_the_three_tables_is_in_the_catalogue() -> None:
    codes = {str(row.code) for row in CATALOGUE}
    assert codes == {
        *(f"AIS.{c}" for c in SERVICE.split()),
        *(f"ModelArts.{c}" for c in PLATFORM.split()),
        *(f"{g}.{c}" for g in ("APIG", "APIGW") for c in GATEWAY.split()),
        *("400", "401", "403", "404", "429", "500", "503"),
    }


@pytest.mark.parametrize("path", [PATH, "/v3/auth/tokens"])
def test_every_row_keeps_its_status_on_every_path(path: str) -> None:
    request = Request("POST", path, id="a" * 32, at=AT)
    for row in CATALOGUE:
        response = VENDOR.stamp(request, VENDOR.refuse(request, row.filled({})))
        assert response.status == row.status
        body = json.loads(response.body)
        text = body["error"]["message"] if "error" in body else body["error_msg"]
        assert text
        assert "{" not in text
        assert response.header("x-request-id") == "a" * 32


def test_only_answered_recognitions_are_paid_for() -> None:
    assert VENDOR.billable(Response(200))
    assert not VENDOR.billable(Response(201))
    assert not VENDOR.billable(Response(400))


def test_signing_puts_the_callers_own_project_into_the_path() -> None:
    other = VENDOR.mint("f" * 40)
    request = VENDOR.sign(call(IMAGE), type(KEY)("huawei", other))
    assert request.path == request.target == f"/v2/{'f' * 32}/ocr/web-image"
    assert request.header("x-project-id") == "f" * 32
    assert request.header("host") == HOST[1]


def test_parsing_alone_names_what_is_wrong() -> None:
    with pytest.raises(ApiError, match="detect_font must be true or false"):
        parse.parse(call({**IMAGE, "detect_font": "yes"}))
