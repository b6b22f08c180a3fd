"""web-image: what it asks the engine for, what it responds, and in which order it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.http import Response
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.vendors.huawei import VENDOR
from mockocr.vendors.huawei.ocr.fonts import likely_fonts
from mockocr.vendors.huawei.ocr.operations import web_image
from tests.recognitions import TURNED
from tests.vendors.huawei.harness import (
    CREDENTIAL,
    HELLO_PNG,
    HOST,
    OCR,
    Load,
    error,
    failing,
    harness,
    request,
    send,
    send_signed,
    send_with_token,
)

FORMATS = {"JPEG", "PNG", "BMP", "TIFF", "TGA", "WEBP", "ICO", "PCX", "GIF"}
TOKEN = CREDENTIAL.values["token"]


def recording(loads: list[tuple[Source, Limits]]) -> Load:
    """A loader that notes what it is asked for."""

    async def load(source: Source, limits: Limits) -> Image:
        loads.append((source, limits))
        return Image(b"", 640, 240, 1, "PNG", "", "", 0)

    return load


def test_the_direction_is_detected_only_on_request() -> None:
    for body, wanted in (({}, False), ({"detect_direction": True}, True)):
        to = harness()
        assert send_signed(to, {"image": HELLO_PNG, **body}).status == 200
        assert to.engine.asked == [ReadOptions(turn=wanted)]


def test_the_corners_of_turned_text_follow_the_text_in_the_picture_as_sent() -> None:
    answer = send_signed(harness(TURNED), {"image": HELLO_PNG, "detect_direction": True})
    (block,) = answer.json["result"]["words_block_list"]
    assert block["location"] == [[100, 50], [100, 250], [60, 250], [60, 50]]


def test_the_limits_are_those_of_the_page() -> None:
    loads: list[tuple[Source, Limits]] = []
    assert send_signed(harness(load=recording(loads)), {"image": "abcd"}).status == 200
    assert (
        send_signed(
            harness(load=recording(loads), options={"max_side": "30000"}), {"url": "http://a/b"}
        ).status
        == 200
    )
    (source, older), (other, newer) = loads
    assert source == Inline(base64="abcd", location="image")
    assert other == Remote("http://a/b", location="url")
    assert (older.min_side, older.max_side, newer.max_side) == (15, 8192, 30000)
    assert older.max_base64 == 10 * 1024 * 1024
    assert older.formats == FORMATS
    assert not older.data_url


def test_a_contact_is_extracted_from_the_recognised_text() -> None:
    texts = ("张三 13112345678", "广东省深圳市龙岗区五和大道华为D区")
    lines = [
        line_of_text(t, Quad.upright(0, 60 * i, 600, 60 * i + 40)) for i, t in enumerate(texts)
    ]
    answer = send_signed(
        harness(Recognition(tuple(lines))),
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
    recognition = Recognition(tuple(line_of_text("x", quad, c) for c in (0.123456, 1.2, -0.1)))
    result = send_signed(harness(recognition), {"image": HELLO_PNG}).json["result"]
    assert [block["confidence"] for block in result["words_block_list"]] == [0.1235, 1.0, 0.0]


def test_lines_without_text_become_no_blocks() -> None:
    recognition = Recognition((line_of_text("", Quad.upright(0, 0, 1, 1)),))
    result = send_signed(harness(recognition), {"image": HELLO_PNG}).json["result"]
    assert result == {"words_block_count": 0, "words_block_list": [], "extracted_data": {}}


def test_fonts_follow_the_script_and_stay_the_same() -> None:
    quad = Quad.upright(0, 0, 400, 40)
    chinese, latin = (
        line_of_text("网络图片识别网络图片", quad),
        line_of_text("Hello there, world", quad),
    )
    for line in (chinese, latin, line_of_text("7", Quad.upright(5, 5, 5, 5))):
        found = likely_fonts(line)
        scores = [score for _, score in found]
        assert len({name for name, _ in found}) == 5
        assert scores == sorted(scores, reverse=True)
        assert 0 <= scores[-1] <= scores[0] <= 1
        assert found == likely_fonts(line)
    assert likely_fonts(chinese)[0][0] == "黑体"
    assert all(name.isascii() for name, _ in likely_fonts(latin)[:3])


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
def test_every_mistake_in_the_body_has_its_own_code(body: Any, code: str) -> None:
    to = harness()
    answer = send_with_token(to, TOKEN, body)
    assert error(answer)[:2] == (400, code)
    assert list(answer.json) == ["error_code", "error_msg"]
    assert to.why
    assert to.audit.problem != "internal"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "the body is empty"),
        ({}, "the body has neither image nor url"),
        (
            {**IMAGE, "url": "http://example.com/a.png"},
            "the body has both image and url; one of them is allowed",
        ),
        (
            {"image": "A" * (10 * 1024 * 1024 + 4)},
            "the base64 text has 10485764 characters; 10485760 are allowed",
        ),
        ({"url": 7}, "url must be a string, but is '7'"),
        ({**IMAGE, "extract_type": "x"}, "extract_type must be a list, but is 'x'"),
        (
            {**IMAGE, "extract_type": ["x"]},
            "extract_type must be a list of contact_info and image_size, but is 'x'",
        ),
        ({"url": "no url"}, "'no url' is not an http or https URL"),
        ({"url": "http://a/ b"}, "the URL contains characters that must be percent-encoded"),
    ],
)
def test_the_journal_says_what_is_wrong_with_a_body(body: Any, why: str) -> None:
    to = harness()
    send_with_token(to, TOKEN, body)
    assert to.why == why


@pytest.mark.parametrize(
    ("body", "problem"),
    [(b"", "bad_body"), ({"image": "A" * (10 * 1024 * 1024 + 4)}, "image_too_large")],
)
def test_the_journal_distinguishes_an_empty_body_from_one_that_is_too_long(
    body: Any, problem: str
) -> None:
    to = harness()
    send_with_token(to, TOKEN, body)
    assert to.audit.problem == problem


WHY = "the download was answered with HTTP 404"
"""No code may depend on this text: every failure below has it."""


def failed(cause: ErrorCause, status: int = 0) -> ApiError:
    return ApiError(ErrorKind.DOWNLOAD_FAILED, WHY, cause=cause, upstream_status=status)


def too_large() -> ApiError:
    return ApiError(ErrorKind.IMAGE_TOO_LARGE, WHY, cause=ErrorCause.TOO_LARGE)


def unusable(content_type: str) -> ApiError:
    return ApiError(ErrorKind.BAD_IMAGE, WHY, cause=ErrorCause.CONTENT, content_type=content_type)


OBS = "https://bucket.obs.cn-north-4.myhuaweicloud.com/a.png"
ELSEWHERE = "http://a/b"


@pytest.mark.parametrize(
    ("url", "failure", "code"),
    [
        (ELSEWHERE, failed(ErrorCause.TIMEOUT), "ModelArts.4603"),
        (ELSEWHERE, failed(ErrorCause.STATUS, 404), "ModelArts.4603"),
        (ELSEWHERE, failed(ErrorCause.FORBIDDEN_ADDRESS), "ModelArts.4601"),
        (ELSEWHERE, failed(ErrorCause.URL), "ModelArts.4601"),
        (ELSEWHERE, too_large(), "AIS.0103"),
        (ELSEWHERE, unusable("text/html"), "ModelArts.4603"),
        (ELSEWHERE, unusable("no content type"), "ModelArts.4603"),
        (ELSEWHERE, unusable("image/png"), "AIS.0102"),
        (ELSEWHERE, ApiError(ErrorKind.IMAGE_SIZE, WHY), "AIS.0103"),
        (OBS, failed(ErrorCause.TIMEOUT), "ModelArts.4704"),
        (OBS, failed(ErrorCause.STATUS, 403), "ModelArts.4704"),
        (OBS, failed(ErrorCause.STATUS, 404), "ModelArts.4706"),
        (OBS, failed(ErrorCause.FORBIDDEN_ADDRESS), "ModelArts.4601"),
        (OBS, too_large(), "ModelArts.4705"),
        (OBS, unusable("text/html"), "ModelArts.4704"),
        (OBS, unusable("image/png"), "AIS.0102"),
        (OBS, ApiError(ErrorKind.IMAGE_SIZE, WHY), "AIS.0103"),
    ],
)
def test_a_failed_download_has_the_error_of_its_cause_and_storage(
    url: str, failure: ApiError, code: str
) -> None:
    to = harness(load=failing(failure))
    assert error(send_signed(to, {"url": url}))[:2] == (400, code)
    assert to.why == WHY
    assert to.audit.problem == failure.kind


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://obs.cn-north-4.myhuaweicloud.com/bucket/a.png", "ModelArts.4704"),
        ("HTTP://user@Bucket.OBS.cn-north-4.MyHuaweiCloud.com:443?a", "ModelArts.4704"),
        ("https://obs.myhuaweicloud.com/bucket/a.png", "ModelArts.4704"),
        ("https://bucket.obs.cn-north-4.myhuaweicloud.com.example.com/", "ModelArts.4603"),
        ("https://example.com/bucket.obs.cn-north-4.myhuaweicloud.com/", "ModelArts.4603"),
        ("https://jobs.cn-north-4.myhuaweicloud.com/", "ModelArts.4603"),
    ],
)
def test_the_storage_is_recognised_by_the_host_of_the_url(url: str, code: str) -> None:
    to = harness(load=failing(failed(ErrorCause.TIMEOUT)))
    assert error(send_signed(to, {"url": url}))[1] == code


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [
        ("unsubscribed", 400, "ModelArts.4204"),
        ("disabled", 403, "APIG.0302"),
        ("arrears", 403, "ModelArts.4106"),
        ("expired", 403, "ModelArts.4106"),
    ],
)
def test_every_state_of_a_credential_has_its_own_error(state: Any, status: int, code: str) -> None:
    for answer in (
        send_signed(harness(state=state), IMAGE),
        send_with_token(harness(state=state), TOKEN),
    ):
        assert error(answer)[:2] == (status, code)


def test_credentials_are_checked_before_the_body_and_the_path_before_both() -> None:
    to = harness()
    assert error(send_with_token(to, "garbage", b"{"))[1] == "APIG.0301"
    answer = send(to, request(b"{", target="/v2//ocr/web-image"))
    assert error(answer)[:2] == (404, "APIG.0101")


def test_only_gateway_errors_have_the_request_id_and_lack_the_platform_headers() -> None:
    to = harness()
    gateway = send(to, request(IMAGE))
    assert list(gateway.json) == ["error_msg", "error_code", "request_id"]
    assert gateway.json["request_id"] == gateway.header("x-request-id")
    assert gateway.header("x-modelarts-trace-id") == ""
    assert gateway.header("content-type") == "application/json"
    for answer in (send_signed(to, IMAGE), send_signed(to, {})):
        assert answer.header("x-modelarts-trace-id") == answer.header("x-request-id")
        assert answer.header("x-modelarts-latency").isdigit()
        assert answer.header("content-type") == "application/json;charset=UTF-8"
    assert {a.header("server") for a in (gateway, answer)} == {"api-gateway"}


@pytest.mark.slow
def test_only_successful_recognitions_are_billed() -> None:
    assert OCR.billed(Response(200))
    assert not OCR.billed(Response(201))
    assert not OCR.billed(Response(400))
    to = harness()
    assert [send_signed(to, body).status for body in (IMAGE, {})] == [200, 400]
    assert [exchange.audit.billed for exchange in to.exchanges] == [True, False]


def test_signing_puts_the_callers_own_project_into_the_path() -> None:
    other = VENDOR.generate_credentials("f" * 40)
    signed = OCR.sign(request(IMAGE), type(CREDENTIAL)("huawei", other))
    assert signed.path == signed.target == f"/v2/{'f' * 32}/ocr/web-image"
    assert signed.header("x-project-id") == "f" * 32
    assert signed.header("host") == HOST[1]


def test_parsing_alone_names_the_wrong_field() -> None:
    with pytest.raises(ApiError, match="detect_font must be true or false, but is 'yes'"):
        web_image.parse(request({**IMAGE, "detect_font": "yes"}))
