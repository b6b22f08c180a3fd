"""What the actions of API 3.0 accept and return: routing, parameters, limits, languages."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.account import Credential
from mockocr.core.errors import ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.urlencoded import parse_urlencoded
from mockocr.vendors.tencent import VENDOR
from mockocr.vendors.tencent.cloud.errors import ERRORS
from mockocr.vendors.tencent.cloud.messages import CHINESE
from mockocr.vendors.tencent.cloud.service import SERVICE
from tests.asgi import ask
from tests.exchange import DEFAULT_TIME, picture
from tests.recognitions import HELLO as READ
from tests.vendors.tencent.cloud.caller import HELLO, code, fields, form, message, posted, server

OF_TEXT_ACTIONS = (
    "GeneralBasicOCR",
    "GeneralAccurateOCR",
    "GeneralEfficientOCR",
    "GeneralFastOCR",
    "GeneralHandwritingOCR",
    "EnglishOCR",
    "TextDetect",
)
ACTIONS = (
    *OF_TEXT_ACTIONS,
    "IDCardOCR",
    "BankCardOCR",
    "BusinessCardOCR",
    "BizLicenseOCR",
    "LicensePlateOCR",
    "DriverLicenseOCR",
    "VehicleLicenseOCR",
    "VatInvoiceOCR",
    "RecognizeGeneralInvoice",
    "RecognizeTableOCR",
    "RecognizeTableAccurateOCR",
)


def huge_png() -> bytes:
    """A small file that declares 30000 x 30000 pixels."""
    out = b"\x89PNG\r\n\x1a\n"
    size = struct.pack("!IIBBBBB", 30000, 30000, 1, 0, 0, 0, 0)
    for kind, data in ((b"IHDR", size), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        out += struct.pack("!I", len(data)) + kind + data
        out += struct.pack("!I", zlib.crc32(kind + data))
    return out


def timed(work: Callable[[], object]) -> float:
    """How many seconds of processor the work takes, in all threads."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def said(**changes: Any) -> dict[str, Any]:
    answer = posted({**HELLO, **changes})
    assert code(answer) == ""
    response: dict[str, Any] = answer.json["Response"]
    return response


def test_an_unknown_action_is_refused_at_any_host() -> None:
    for action in ("HKIDCardOCR", "generalbasicocr", ""):
        assert code(posted(HELLO, action)) == "InvalidAction"
    assert code(form(fields(Action="NoSuch"))) == "InvalidAction"


def test_a_request_to_the_root_without_an_action_belongs_to_no_service() -> None:
    assert ask(server().asgi, "GET", "/").status == 404
    foreign = "/?Action=GeneralBasicOCR&AccessKeyId=x&Version=2021-07-07"
    assert ask(server().asgi, "GET", foreign).status == 404


def test_every_request_to_the_real_host_belongs_to_the_service() -> None:
    host = (("Host", "ocr.ap-guangzhou.tencentcloudapi.com"),)
    assert code(ask(server().asgi, "POST", "/", host, b"{}")) == "InvalidAction"


def test_the_request_id_is_that_of_the_server_as_a_uuid() -> None:
    answer = posted(HELLO)
    ours = answer.header("x-mockocr-request")
    assert answer.json["Response"]["RequestId"].replace("-", "") == ours


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_accepts_only_its_own_parameters(action: str) -> None:
    answer = posted({**HELLO, "Nonsense": 1}, action)
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
def test_a_parameter_of_the_wrong_type_is_named(changes: dict[str, Any], wrong: str) -> None:
    answer = posted({**HELLO, **changes})
    assert code(answer) == "InvalidParameter"
    assert message(answer) == f"Parameter `{wrong}` type error."


@pytest.mark.parametrize("text", ["True", "true", "1"])
def test_forms_may_send_booleans_as_text(text: str) -> None:
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


def test_the_message_has_the_requested_language() -> None:
    chinese = posted({}, extra={"X-TC-Language": "zh-CN"})
    english = posted({}, extra={"X-TC-Language": "en-US"})
    assert message(chinese) == "图片内容为空。"
    assert message(english) == message(posted({})) == "The image is empty."
    assert message(form(fields(Language="zh-CN"))) == "图片内容为空。"
    assert set(CHINESE) <= {entry.id for entry in ERRORS}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("GeneralEfficientOCR", "LimitExceeded.TooLargeFileError"),
        ("GeneralFastOCR", "LimitExceeded.TooLargeFileError"),
        ("EnglishOCR", "LimitExceeded.TooLargeFileError"),
        # the same picture is within the limit of ten megabytes
        ("GeneralBasicOCR", "FailedOperation.ImageDecodeFailed"),
        ("GeneralAccurateOCR", "FailedOperation.ImageDecodeFailed"),
        ("GeneralHandwritingOCR", "FailedOperation.ImageDecodeFailed"),
        ("TextDetect", "FailedOperation.ImageDecodeFailed"),
    ],
)
def test_some_actions_refuse_a_picture_over_seven_megabytes(action: str, expected: str) -> None:
    assert code(posted({"ImageBase64": "A" * (7 * 1024 * 1024 + 4)}, action)) == expected


@pytest.mark.parametrize("action", ACTIONS)
def test_a_picture_must_be_downloaded_within_three_seconds(action: str) -> None:
    headers = (("X-TC-Action", action), ("X-TC-Version", "2018-11-19"))
    body = b'{"ImageUrl": "http://127.0.0.1/a.png"}'
    request = Request("POST", "/", headers=headers, body=body, options={"turn": "off"})
    (operation,) = (o for o in SERVICE.operations if o.selects and o.selects(request))
    assert operation.parse is not None
    assert operation.parse(request).limits.download_seconds == 3


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_accepts_only_the_formats_of_its_page(action: str) -> None:
    """The pages: PNG and JPEG for all, BMP for nine, GIF for none."""
    with_bmp = {
        *("GeneralBasicOCR", "GeneralAccurateOCR", "GeneralEfficientOCR"),
        *("IDCardOCR", "BankCardOCR", "DriverLicenseOCR", "VehicleLicenseOCR"),
        *("RecognizeTableOCR", "RecognizeTableAccurateOCR"),
    }
    for name, taken in (
        ("small.jpg", True),
        ("small.bmp", action in with_bmp),
        ("small.gif", False),
        ("small.webp", False),
    ):
        image = {"ImageBase64": base64.b64encode(picture(name)).decode()}
        found = code(posted(image, action))
        assert (found != "FailedOperation.ImageDecodeFailed") is taken, name
        assert not taken or not found or action not in OF_TEXT_ACTIONS, name


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((20, 20), ""),
        ((19, 20), "InvalidParameterValue.InvalidParameterValueLimit"),
        ((10000, 20), ""),
        ((10001, 20), "InvalidParameterValue.InvalidParameterValueLimit"),
    ],
)
def test_english_accepts_sides_from_20_to_10000(size: tuple[int, int], expected: str) -> None:
    drawn = io.BytesIO()
    Pillow.new("L", size, 255).save(drawn, "PNG")
    image = {"ImageBase64": base64.b64encode(drawn.getvalue()).decode()}
    assert code(posted(image, "EnglishOCR")) == expected


def test_a_get_over_32_kilobytes_is_too_large() -> None:
    query = "ImageUrl=" + "a" * 32 * 1024
    head = (("Host", "h"), ("X-TC-Action", "TextDetect"), ("X-TC-Version", "2018-11-19"))
    request = Request("GET", "/", f"/?{query}", head, query=query, at=DEFAULT_TIME)
    signed = SERVICE.sign(request, Credential("tencent", VENDOR.credentials))
    answer = ask(server().asgi, "GET", signed.target, signed.headers)
    assert code(answer) == "RequestSizeLimitExceeded"


def test_a_too_large_side_has_the_code_that_the_action_lists() -> None:
    huge = {"ImageBase64": base64.b64encode(huge_png()).decode()}
    assert code(posted(huge, "GeneralAccurateOCR")) == "FailedOperation.ImageSizeTooLarge"
    assert code(posted(huge, "GeneralHandwritingOCR")) == "FailedOperation.ImageSizeTooLarge"
    limit = "InvalidParameterValue.InvalidParameterValueLimit"
    assert code(posted(huge, "GeneralBasicOCR")) == limit


def test_the_parameters_decide_how_the_picture_is_read() -> None:
    for action, given, wanted in (
        ("GeneralAccurateOCR", {"EnableDetectText": False}, ("line", False)),
        ("GeneralAccurateOCR", {}, ("page", False)),
        ("GeneralHandwritingOCR", {}, ("page", True)),
    ):
        to = server()
        assert code(posted({**HELLO, **given}, action, to=to)) == ""
        (asked,) = to.engine.asked
        assert (asked.layout, asked.handwriting) == wanted


def test_english_without_preprocessing_does_not_detect_the_angle() -> None:
    for preprocess in (True, False):
        to = server(options={"tencent_cloud": {"turn": "on"}})
        assert code(posted({**HELLO, "Preprocess": preprocess}, "EnglishOCR", to=to)) == ""
        assert to.engine.asked[0].turn is preprocess


def test_an_angle_is_a_32_bit_float_from_0_to_360() -> None:
    to = server()
    to.engine.recognition = READ.replaced(angle=-0.01)
    assert posted(HELLO, to=to).json["Response"]["Angle"] == 359.989990234375


def test_only_recognised_pictures_and_four_errors_are_billed() -> None:
    """The vendor has a page of its own about which errors are billed."""
    assert SERVICE.billed(Response(code="OK"))
    billed = {str(e.code) for e in ERRORS if SERVICE.billed(Response(code=str(e.code)))}
    assert billed == {
        "FailedOperation.EmptyImageError",
        "FailedOperation.ImageNoBusinessCard",
        "FailedOperation.InvoiceMismatch",
        "ResourceNotFound.NoInvoice",
    }


def test_the_error_of_a_failed_engine_keeps_the_envelope() -> None:
    for kind in (ErrorKind.INTERNAL, ErrorKind.ENGINE_FAILED, ErrorKind.UNAVAILABLE):
        response = SERVICE.render_error(Request("POST", "/", id="0" * 32), ERRORS.by_kind(kind))
        assert response.status == 200
        assert response.header("content-type") == "application/json"
        identity = json.loads(response.body)["Response"]["RequestId"]
        assert identity == "00000000-0000-0000-0000-000000000000"


def test_one_key_pair_serves_both_services() -> None:
    credential = Credential("tencent", VENDOR.credentials)
    legacy, cloud = VENDOR.services
    body = b'{"appid": "1251000000", "image": "AAAA"}'
    json_type = ("Content-Type", "application/json")
    older = Request("POST", "/ocr/general", headers=(json_type,), body=body, at=DEFAULT_TIME)
    head = (("Host", "h"), ("X-TC-Action", "TextDetect"))
    newer = Request("POST", "/", "/", head, body=b"{}", at=DEFAULT_TIME)
    for service, request in ((legacy, older), (cloud, newer)):
        signed = service.sign(request, credential)
        assert service.claimed(signed) == ("secret_id", VENDOR.credentials["secret_id"])


def test_a_huge_form_is_refused_in_not_much_more_time_than_reading_it_takes() -> None:
    body = b"ImageBase64=" + b"A" * (10 * 1024 * 1024 - 100) + b"&Action=TextDetect&SecretId=x"
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    app = server().asgi
    once = min(timed(lambda: (parse_urlencoded(body), hashlib.sha256(body))) for _ in range(5))
    seconds = min(timed(lambda: ask(app, "POST", "/", (kind,), body)) for _ in range(5))
    assert seconds < 20 * once  # some 4 times on an idle machine; in Python it would be 200 times
    answer = ask(app, "POST", "/", (kind,), body)
    assert code(answer) == "AuthFailure.SignatureFailure"  # v1 accepts a megabyte


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

OF_CARDS = """
    FailedOperation.CardSideError FailedOperation.DetectFailed FailedOperation.FieldException
    FailedOperation.IdCardInfoIllegal FailedOperation.IdCardTooSmall
    FailedOperation.IllegalBankCardError FailedOperation.ImageNoBusinessCard
    FailedOperation.ImageNoIdCard FailedOperation.ImageNoSpecifiedCard
    FailedOperation.InconsistencyBetweenMRZAndVRZ FailedOperation.InvalidPostalCodeLength
    FailedOperation.InvoiceMismatch FailedOperation.LicenseCardSideError
    FailedOperation.LicenseMultiCardError FailedOperation.MultiCardError
    FailedOperation.NoBankCardError FailedOperation.NoBizLicense
    FailedOperation.NoDriverLicenseError FailedOperation.NoHKIDCard FailedOperation.NoMASIDCard
    FailedOperation.NoPassport FailedOperation.NoVehicleLicenseError
    FailedOperation.ResponseParseFailed FailedOperation.WarningServiceFailed
    InvalidParameter.ConfigFormatError
    InvalidParameterValue.PriceOrVerificationParameterValueLimit
    InvalidParameterValue.TicketCodeParameterValueLimit
    InvalidParameterValue.TicketDateParameterValueLimit
    InvalidParameterValue.TicketSnParameterValueLimit ResourceNotFound.NoAreaCode
    ResourceNotFound.NoInvoice ResourceNotFound.NotSupportCurrentInvoiceQuery
    ResourceUnavailable.TaxNetworkError
"""
"""sdk: the list of the Python client (3.1.193), without those of shop signs and handwriting."""


def test_the_table_holds_every_code_of_the_vendors_lists_and_no_other() -> None:
    assert {entry.code for entry in ERRORS} == {
        *COMMON.split(),
        *OF_TEXT.split(),
        *OF_CARDS.split(),
    }


def test_a_message_is_in_chinese_if_the_lists_have_it() -> None:
    """The others were always seen in English, or name a parameter."""
    without = {entry.id for entry in ERRORS} - set(CHINESE)
    assert without == {
        "AuthFailure.InvalidAuthorization",
        "InvalidAction",
        "InvalidParameter",
        "MissingParameter",
        "UnknownParameter",
        "form_too_long_for_v1",
        "incorrect_parameter",
        "malformed_authorization",
        "parameter_without_equals_sign",
    }
