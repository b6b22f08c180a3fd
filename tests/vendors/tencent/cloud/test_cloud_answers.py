"""What the actions of API 3.0 take and say: routing, parameters, limits, languages, PDF pages."""

from __future__ import annotations

import base64
import io
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.account import Credential
from mockocr.core.errors import ErrorKind
from mockocr.core.http import Request, Response
from mockocr.vendors.tencent import VENDOR as OLDER
from mockocr.vendors.tencent_cloud import VENDOR
from mockocr.vendors.tencent_cloud.actions import ACTIONS
from mockocr.vendors.tencent_cloud.errors import CATALOGUE
from mockocr.vendors.tencent_cloud.messages import CHINESE
from mockocr.vendors.tencent_cloud.parse import limiter
from tests.asgi import ask
from tests.conformance import huge_png, mock
from tests.exchange import DEFAULT_TIME, picture
from tests.recognitions import HELLO as READ
from tests.recognitions import Reader
from tests.vendors.tencent_cloud.caller import HELLO, code, fields, form, message, posted


def said(**changes: Any) -> dict[str, Any]:
    answer = posted({**HELLO, **changes})
    assert code(answer) == ""
    response: dict[str, Any] = answer.json["Response"]
    return response


def test_an_action_that_nobody_answers_is_refused_at_any_host() -> None:
    for action in ("IDCardOCR", "generalbasicocr", ""):
        assert code(posted(HELLO, action)) == "InvalidAction"
    assert code(form(fields(Action="NoSuch"))) == "InvalidAction"


def test_a_bare_visit_of_the_root_is_not_tencents() -> None:
    assert ask(mock().asgi, "GET", "/").status == 404
    foreign = "/?Action=GeneralBasicOCR&AccessKeyId=x&Version=2021-07-07"
    assert ask(mock().asgi, "GET", foreign).status == 404


def test_the_real_host_is_tencents_whatever_is_asked() -> None:
    host = (("Host", "ocr.ap-guangzhou.tencentcloudapi.com"),)
    assert code(ask(mock().asgi, "POST", "/", host, b"{}")) == "InvalidAction"


def test_the_request_id_is_the_servers_own_as_a_uuid() -> None:
    answer = posted(HELLO)
    ours = answer.header("x-mockocr-request")
    assert answer.json["Response"]["RequestId"].replace("-", "") == ours


@pytest.mark.parametrize("action", ACTIONS, ids=lambda a: a.name)
def test_an_action_takes_its_own_parameters_and_no_other(action: Any) -> None:
    answer = posted({**HELLO, "Nonsense": 1}, action.name)
    assert code(answer) == "UnknownParameter"
    assert message(answer) == "The parameter `Nonsense` is not recognized."


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"IsWords": "yes"}, "IsWords"),
        ({"IsWords": 2}, "IsWords"),
        ({"PdfPageNumber": "one"}, "PdfPageNumber"),
        ({"PdfPageNumber": True}, "PdfPageNumber"),
        ({"PdfPageNumber": -1}, "PdfPageNumber"),
        ({"LanguageType": 7}, "LanguageType"),
        ({"ImageBase64": ["a"]}, "ImageBase64"),
        ({"ImageUrl": {}}, "ImageUrl"),
    ],
)
def test_a_parameter_of_another_type_is_named(changes: dict[str, Any], wrong: str) -> None:
    answer = posted({**HELLO, **changes})
    assert code(answer) == "InvalidParameter"
    assert message(answer) == f"Parameter `{wrong}` type error."


@pytest.mark.parametrize("text", ["True", "true", "1"])
def test_forms_give_booleans_as_text(text: str) -> None:
    answer = form(fields(**HELLO, IsWords=text, PdfPageNumber="1"))
    assert answer.json["Response"]["TextDetections"][0]["Words"]


def test_null_counts_as_absent() -> None:
    assert said(LanguageType=None, IsWords=None)["Language"] == "zh"


def test_the_url_wins_over_the_picture() -> None:
    answer = posted({**HELLO, "ImageUrl": "http://127.0.0.1:1/none.png"})
    assert code(answer) == "FailedOperation.DownLoadError"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("file:///etc/passwd", "FailedOperation.DownLoadError"),
        ("\ud800", "FailedOperation.DownLoadError"),
    ],
)
def test_an_odd_url_is_a_failed_download(url: str, expected: str) -> None:
    assert code(posted({"ImageUrl": url})) == expected


def test_the_language_of_a_message_is_the_one_asked_for() -> None:
    chinese = posted({}, extra={"X-TC-Language": "zh-CN"})
    english = posted({}, extra={"X-TC-Language": "en-US"})
    assert message(chinese) == "图片内容为空。"
    assert message(english) == message(posted({})) == "The image is empty."
    assert message(form(fields(Language="zh-CN"))) == "图片内容为空。"
    assert set(CHINESE) <= {row.code for row in CATALOGUE}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("GeneralEfficientOCR", "LimitExceeded.TooLargeFileError"),
        ("GeneralFastOCR", "LimitExceeded.TooLargeFileError"),
        ("EnglishOCR", "LimitExceeded.TooLargeFileError"),
        # the same is within the limit of those that take ten
        ("GeneralBasicOCR", "FailedOperation.ImageDecodeFailed"),
        ("GeneralAccurateOCR", "FailedOperation.ImageDecodeFailed"),
        ("GeneralHandwritingOCR", "FailedOperation.ImageDecodeFailed"),
        ("TextDetect", "FailedOperation.ImageDecodeFailed"),
    ],
)
def test_a_picture_over_seven_megabytes_is_too_large_for_some(action: str, expected: str) -> None:
    assert code(posted({"ImageBase64": "A" * (7 * 1024 * 1024 + 4)}, action)) == expected


@pytest.mark.parametrize("action", ACTIONS, ids=lambda a: a.name)
def test_a_picture_must_be_there_within_three_seconds(action: Any) -> None:
    head = (("X-TC-Action", action.name), ("X-TC-Version", "2018-11-19"))
    asked = Request("POST", "/", headers=head, body=b'{"ImageUrl": "http://127.0.0.1/a.png"}')
    assert limiter(action)(asked).download_seconds == 3


@pytest.mark.parametrize("action", ACTIONS, ids=lambda a: a.name)
def test_an_action_takes_the_formats_of_its_own_page_alone(action: Any) -> None:
    """The pages: PNG and JPEG for all, BMP for three, GIF for none."""
    with_bmp = {"GeneralBasicOCR", "GeneralAccurateOCR", "GeneralEfficientOCR"}
    for name, taken in (
        ("small.jpg", True),
        ("small.bmp", action.name in with_bmp),
        ("small.gif", False),
        ("small.webp", False),
    ):
        image = {"ImageBase64": base64.b64encode(picture(name)).decode()}
        expected = "" if taken else "FailedOperation.ImageDecodeFailed"
        assert code(posted(image, action.name)) == expected, name


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((20, 20), ""),
        ((19, 20), "InvalidParameterValue.InvalidParameterValueLimit"),
        ((10000, 20), ""),
        ((10001, 20), "InvalidParameterValue.InvalidParameterValueLimit"),
    ],
)
def test_english_takes_sides_from_20_to_10000(size: tuple[int, int], expected: str) -> None:
    drawn = io.BytesIO()
    Pillow.new("L", size, 255).save(drawn, "PNG")
    image = {"ImageBase64": base64.b64encode(drawn.getvalue()).decode()}
    assert code(posted(image, "EnglishOCR")) == expected


def test_a_get_over_32_kilobytes_is_too_large() -> None:
    query = "ImageUrl=" + "a" * 32 * 1024
    head = (("Host", "h"), ("X-TC-Action", "TextDetect"), ("X-TC-Version", "2018-11-19"))
    request = Request("GET", "/", f"/?{query}", head, query=query, at=DEFAULT_TIME)
    signed = VENDOR.sign(request, Credential("tencent_cloud", VENDOR.credentials))
    answer = ask(mock().asgi, "GET", signed.target, signed.headers)
    assert code(answer) == "RequestSizeLimitExceeded"


def test_the_side_of_a_picture_is_named_as_the_action_lists_it() -> None:
    huge = {"ImageBase64": base64.b64encode(huge_png()).decode()}
    assert code(posted(huge, "GeneralAccurateOCR")) == "FailedOperation.ImageSizeTooLarge"
    assert code(posted(huge, "GeneralHandwritingOCR")) == "FailedOperation.ImageSizeTooLarge"
    limit = "InvalidParameterValue.InvalidParameterValueLimit"
    assert code(posted(huge, "GeneralBasicOCR")) == limit


def test_how_the_picture_is_read_follows_the_parameters() -> None:
    for action, given, wanted in (
        ("GeneralAccurateOCR", {"EnableDetectText": False}, ("line", False)),
        ("GeneralAccurateOCR", {}, ("page", False)),
        ("GeneralHandwritingOCR", {}, ("page", True)),
    ):
        to = mock()
        assert code(posted({**HELLO, **given}, action, to=to)) == ""
        reader = to.engine
        assert isinstance(reader, Reader)
        (asked,) = reader.asked
        assert (asked.layout, asked.handwriting) == wanted


def test_english_without_preprocessing_does_not_look_for_the_turn() -> None:
    for preprocess in (True, False):
        to = mock(choices={"tencent_cloud": {"turn": "on"}})
        assert code(posted({**HELLO, "Preprocess": preprocess}, "EnglishOCR", to=to)) == ""
        assert isinstance(to.engine, Reader)
        assert to.engine.asked[0].turn is preprocess


def test_an_angle_is_a_single_float_from_0_to_360() -> None:
    to = mock()
    assert isinstance(to.engine, Reader)
    to.engine.recognition = replace(READ, angle=-0.01)
    assert posted(HELLO, to=to).json["Response"]["Angle"] == 359.989990234375


def test_a_reading_and_an_empty_picture_are_billed_and_nothing_else() -> None:
    """Which failures are paid for is a page of the vendor's own."""
    assert VENDOR.billable(Response(code="OK"))
    assert VENDOR.billable(Response(code="FailedOperation.EmptyImageError"))
    for row in CATALOGUE:
        if row.code != "FailedOperation.EmptyImageError":
            assert not VENDOR.billable(Response(code=str(row.code)))


def test_an_answer_of_an_engine_that_fails_keeps_the_envelope() -> None:
    for problem in (ErrorKind.INTERNAL, ErrorKind.ENGINE_FAILED, ErrorKind.UNAVAILABLE):
        reply = VENDOR.refuse(Request("POST", "/", id="0" * 32), VENDOR.row(problem))
        assert reply.status == 200
        assert reply.header("content-type") == "application/json"
        identity = json.loads(reply.body)["Response"]["RequestId"]
        assert identity == "00000000-0000-0000-0000-000000000000"


def test_one_key_pair_serves_both_of_tencents_interfaces() -> None:
    for name, value in VENDOR.credentials.items():
        assert OLDER.credentials[name] == value
        assert OLDER.mint("ab" * 20)[name] == VENDOR.mint("ab" * 20)[name]


def test_a_huge_form_is_told_from_others_at_once() -> None:
    body = b"ImageBase64=" + b"A" * (10 * 1024 * 1024 - 100) + b"&Action=TextDetect&SecretId=x"
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    begun = time.perf_counter()
    answer = ask(mock().asgi, "POST", "/", (kind,), body)
    assert time.perf_counter() - begun < 1.0
    assert code(answer) == "AuthFailure.SignatureFailure"  # v1 takes a megabyte


COMMON = """
    ActionOffline AuthFailure.InvalidAuthorization AuthFailure.InvalidSecretId
    AuthFailure.MFAFailure AuthFailure.SecretIdNotFound AuthFailure.SignatureExpire
    AuthFailure.SignatureFailure AuthFailure.TokenFailure AuthFailure.UnauthorizedOperation
    DryRunOperation FailedOperation InternalError InvalidAction InvalidParameter
    InvalidParameterValue InvalidRequest IpInBlacklist IpNotInWhitelist LimitExceeded
    MissingParameter NoSuchProduct NoSuchVersion RequestLimitExceeded
    RequestLimitExceeded.GlobalRegionUinLimitExceeded RequestLimitExceeded.IPLimitExceeded
    RequestLimitExceeded.UinLimitExceeded RequestSizeLimitExceeded ResourceInUse
    ResourceInsufficient ResourceNotFound ResourceUnavailable ResponseSizeLimitExceeded
    ServiceUnavailable UnauthorizedOperation UnknownParameter UnsupportedOperation
    UnsupportedProtocol UnsupportedRegion
"""
"""doc: common error codes, the same on the error page of every product."""

OF_TEXT = """
    FailedOperation.ArrearsError FailedOperation.CountLimitError FailedOperation.DownLoadError
    FailedOperation.EmptyImageError FailedOperation.EngineRecognizeTimeout
    FailedOperation.FileDecodeFailed FailedOperation.ImageBlur FailedOperation.ImageDecodeFailed
    FailedOperation.ImageNoText FailedOperation.ImageSizeTooLarge
    FailedOperation.LanguageNotSupport FailedOperation.OcrFailed FailedOperation.PDFParseFailed
    FailedOperation.UnKnowError FailedOperation.UnKnowFileTypeError FailedOperation.UnOpenError
    InvalidParameter.EngineImageDecodeFailed
    InvalidParameterValue.InvalidParameterValueLimit LimitExceeded.TooLargeFileError
    ResourceUnavailable.InArrears ResourceUnavailable.ResourcePackageRunOut
    ResourcesSoldOut.ChargeStatusException
"""
"""sdk: the Go client's lists for the actions of general text, and the Python one's (3.1.193)."""


def test_the_table_holds_every_code_of_the_vendors_lists_and_no_other() -> None:
    assert {row.code for row in CATALOGUE} == {*COMMON.split(), *OF_TEXT.split()}


def test_a_code_is_said_in_chinese_where_the_lists_have_it() -> None:
    """The others were seen in English whatever the language, or name a parameter."""
    without = {str(row.code) for row in CATALOGUE} - set(CHINESE)
    assert without == {
        "AuthFailure.InvalidAuthorization",
        "InvalidAction",
        "InvalidParameter",
        "MissingParameter",
        "UnknownParameter",
    }
