"""Every error of API 3.0 as it leaves the server, in both languages, written out."""

from __future__ import annotations

import pytest

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.tencent.cloud.service import SERVICE
from tests.vendors.tencent.cloud.card_messages import CARD_MESSAGES

MESSAGES: dict[str, tuple[str, str]] = {
    **CARD_MESSAGES,
    "AuthFailure.InvalidAuthorization": (
        (
            "The request `Authorization` header does not conform to tencentcloud "
            "standards: SignatureMethod should be `TC3-HMAC-SHA256`."
        ),
        "",
    ),
    "malformed_authorization": ("Authorization in the request header is invalid.", ""),
    "AuthFailure.SecretIdNotFound": (
        "The SecretId is not found, please ensure that your SecretId is correct.",
        "SecretId不存在，请输入正确的密钥。",
    ),
    "AuthFailure.SignatureFailure": (
        (
            "The provided credentials could not be validated. Please check your "
            "signature is correct."
        ),
        "请求签名验证失败，请检查您的签名计算是否正确。",
    ),
    "form_too_long_for_v1": (
        (
            "The provided credentials could not be validated because of exceeding "
            "request size limit, please use new signature method "
            "`TC3-HMAC-SHA256`."
        ),
        "",
    ),
    "AuthFailure.SignatureExpire": (
        "The signature is expired, please request again.",
        "签名过期。",
    ),
    "AuthFailure.UnauthorizedOperation": (
        ("The request is not authorized. For more information, see the CAM documentation."),
        "请求未授权。请参考 CAM 文档对鉴权的说明。",
    ),
    "AuthFailure.TokenFailure": ("Token error.", "token 错误。"),
    "InvalidAction": ("The request `Action` is invalid or not found.", ""),
    "UnsupportedProtocol": (
        "HTTP(S) request protocol error; only GET and POST requests are supported.",
        "http(s) 请求协议错误，只支持 GET 和 POST 请求。",
    ),
    "MissingParameter": ("The request is missing a required parameter `Version`.", ""),
    "UnknownParameter": ("The parameter `Version` is not recognized.", ""),
    "InvalidParameter": ("Parameter `Version` type error.", ""),
    "parameter_without_equals_sign": ("Url key and value should be splited by `=`.", ""),
    "incorrect_parameter": ("Incorrect parameter.", ""),
    "InvalidParameterValue.InvalidParameterValueLimit": (
        "Incorrect parameter value.",
        "参数值错误。",
    ),
    "InvalidRequest": (
        "The multipart format of the request body is incorrect.",
        "请求 body 的 multipart 格式错误。",
    ),
    "NoSuchVersion": ("The API version does not exist.", "接口版本不存在。"),
    "UnsupportedRegion": ("API does not support the requested region.", "接口不支持所传地域。"),
    "RequestSizeLimitExceeded": (
        "The request packet exceeds the size limit.",
        "请求包超过限制大小。",
    ),
    "RequestLimitExceeded": (
        "The number of requests exceeds the frequency limit.",
        "请求的次数超过了频率限制。",
    ),
    "ResourceUnavailable.ResourcePackageRunOut": (
        "The account resource package is exhausted.",
        "账号资源包耗尽。",
    ),
    "ResourcesSoldOut.ChargeStatusException": ("Exceptional billing status.", "计费状态异常。"),
    "ResourceUnavailable.InArrears": ("The account is in arrears.", "账号已欠费。"),
    "FailedOperation.DownLoadError": ("File download failed.", "文件下载失败。"),
    "FailedOperation.EmptyImageError": ("The image is empty.", "图片内容为空。"),
    "FailedOperation.ImageDecodeFailed": ("Image decoding failed.", "图片解码失败。"),
    "FailedOperation.PDFParseFailed": ("PDF parsing failed.", "PDF解析失败。"),
    "FailedOperation.ImageSizeTooLarge": (
        (
            "The image is too large. Please see the description of image size "
            "limit in the output parameters."
        ),
        "图片尺寸过大，请参考输入参数中关于图片大小限制的说明。",
    ),
    "FailedOperation.ImageNoText": ("No text is detected in the image.", "照片中未检测到文本"),
    "FailedOperation.LanguageNotSupport": (
        "The input language is not supported.",
        "输入的Language不支持。",
    ),
    "FailedOperation.OcrFailed": (
        (
            "OCR failed. This error may be caused by unstable network "
            "connections,service anomalies or other issues."
        ),
        "OCR识别失败。",
    ),
    "LimitExceeded.TooLargeFileError": ("The file is too large.", "文件内容太大。"),
    "ServiceUnavailable": ("The service is currently unavailable.", "当前服务暂时不可用。"),
    "InternalError": ("Internal error.", "内部错误。"),
    "AuthFailure.InvalidSecretId": (
        "Invalid key (not a TencentCloud API key type).",
        "密钥非法（不是云 API 密钥类型）。",
    ),
    "AuthFailure.MFAFailure": ("MFA failed.", "MFA 错误。"),
    "ActionOffline": ("This API has been deprecated.", "接口已下线。"),
    "InvalidParameterValue": ("Invalid parameter value.", "参数取值错误。"),
    "NoSuchProduct": ("The product does not exist.", "产品不存在。"),
    "RequestLimitExceeded.UinLimitExceeded": (
        "The number of requests exceeds the frequency limit of the root account.",
        "主账号限频。",
    ),
    "RequestLimitExceeded.IPLimitExceeded": (
        "The number of IP requests exceeds the frequency limit.",
        "IP限频。",
    ),
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded": (
        "The number of root account requests exceeds the frequency limit.",
        "主账号超过频率限制。",
    ),
    "FailedOperation.ArrearsError": ("The account is in arrears.", "账号已欠费。"),
    "FailedOperation.UnOpenError": ("The service is not activated.", "服务未开通。"),
    "FailedOperation.ImageBlur": ("The image is blurry.", "图片模糊。"),
    "FailedOperation.EngineRecognizeTimeout": (
        "Recognition by the engine timed out.",
        "引擎识别超时。",
    ),
    "FailedOperation.UnKnowError": ("Unknown error.", "未知错误。"),
    "InvalidParameter.EngineImageDecodeFailed": ("Image decoding failed.", "图片解码失败。"),
    "FailedOperation.CountLimitError": (
        "The number of calls today reached its limit.",
        "今日次数达到限制。",
    ),
    "FailedOperation.FileDecodeFailed": ("File decoding failed.", "文件解码失败"),
    "FailedOperation.UnKnowFileTypeError": ("Unknown file type.", "未知的文件类型。"),
    "DryRunOperation": (
        (
            "DryRun Operation. It means that the request would have succeeded, but "
            "the DryRun parameter was used."
        ),
        "DryRun 操作，代表请求将会是成功的，只是多传了 DryRun 参数。",
    ),
    "FailedOperation": ("Operation failed.", "操作失败。"),
    "IpInBlacklist": ("Your IP is in uin IP blacklist.", "IP地址在黑名单中。"),
    "IpNotInWhitelist": ("Your IP is not in uin IP whitelist.", "IP地址不在白名单中。"),
    "LimitExceeded": ("Quota limit exceeded.", "超过配额限制。"),
    "ResourceInUse": ("Resource is in use.", "资源被占用。"),
    "ResourceInsufficient": ("Insufficient resource.", "资源不足。"),
    "ResourceNotFound": ("The resource does not exist.", "资源不存在。"),
    "ResourceUnavailable": ("Resource is unavailable.", "资源不可用。"),
    "ResponseSizeLimitExceeded": (
        "The response size exceeds the upper limit.",
        "返回包超过限制大小。",
    ),
    "UnauthorizedOperation": ("Unauthorized operation.", "未授权操作。"),
    "UnsupportedOperation": ("Unsupported operation.", "操作不支持。"),
}
"""English and Chinese message by the id of the entry; empty: English in any language."""

CODES = {
    "malformed_authorization": "AuthFailure.InvalidAuthorization",
    "form_too_long_for_v1": "AuthFailure.SignatureFailure",
    "parameter_without_equals_sign": "InvalidParameter",
    "incorrect_parameter": "InvalidParameter",
}
"""The codes of entries whose id is another text."""

KINDS: dict[ErrorKind, str] = {
    ErrorKind.NO_CREDENTIALS: "AuthFailure.InvalidAuthorization",
    ErrorKind.BAD_CREDENTIALS: "malformed_authorization",
    ErrorKind.UNKNOWN_ACCOUNT: "AuthFailure.SecretIdNotFound",
    ErrorKind.BAD_SIGNATURE: "AuthFailure.SignatureFailure",
    ErrorKind.EXPIRED: "AuthFailure.SignatureExpire",
    ErrorKind.REPLAYED: "AuthFailure.SignatureExpire",
    ErrorKind.FORBIDDEN: "AuthFailure.UnauthorizedOperation",
    ErrorKind.QUOTA_EXCEEDED: "ResourceUnavailable.ResourcePackageRunOut",
    ErrorKind.PACKAGE_EXPIRED: "ResourcesSoldOut.ChargeStatusException",
    ErrorKind.ARREARS: "ResourceUnavailable.InArrears",
    ErrorKind.RATE_LIMITED: "RequestLimitExceeded",
    ErrorKind.BUSY: "RequestLimitExceeded",
    ErrorKind.BODY_TOO_LARGE: "RequestSizeLimitExceeded",
    ErrorKind.BAD_BODY: "incorrect_parameter",
    ErrorKind.BAD_PARAMETER: "InvalidParameterValue.InvalidParameterValueLimit",
    ErrorKind.NO_IMAGE: "FailedOperation.EmptyImageError",
    ErrorKind.BAD_IMAGE: "FailedOperation.ImageDecodeFailed",
    ErrorKind.IMAGE_FORMAT: "FailedOperation.ImageDecodeFailed",
    ErrorKind.IMAGE_TOO_LARGE: "LimitExceeded.TooLargeFileError",
    ErrorKind.IMAGE_SIZE: "InvalidParameterValue.InvalidParameterValueLimit",
    ErrorKind.DOWNLOAD_FAILED: "FailedOperation.DownLoadError",
    ErrorKind.NOTHING_FOUND: "FailedOperation.ImageNoText",
    ErrorKind.ENGINE_FAILED: "FailedOperation.OcrFailed",
    ErrorKind.NO_SUCH_OPERATION: "InvalidAction",
    ErrorKind.WRONG_METHOD: "UnsupportedProtocol",
    ErrorKind.INTERNAL: "InternalError",
    ErrorKind.UNAVAILABLE: "ServiceUnavailable",
}
"""The entry that answers each kind, unless the operation has its own."""

WIDE = "FailedOperation.ImageSizeTooLarge"
OWN = {
    ("general_accurate", ErrorKind.IMAGE_SIZE): WIDE,
    ("general_handwriting", ErrorKind.IMAGE_SIZE): WIDE,
    ("id_card", ErrorKind.IMAGE_SIZE): WIDE,
    ("driver_license", ErrorKind.IMAGE_SIZE): WIDE,
    ("vehicle_license", ErrorKind.IMAGE_SIZE): WIDE,
    ("recognize_table", ErrorKind.IMAGE_SIZE): WIDE,
    ("recognize_table_accurate", ErrorKind.IMAGE_SIZE): WIDE,
    ("id_card", ErrorKind.NOTHING_FOUND): "FailedOperation.ImageNoIdCard",
    ("bank_card", ErrorKind.NOTHING_FOUND): "FailedOperation.NoBankCardError",
    ("business_card", ErrorKind.NOTHING_FOUND): "FailedOperation.ImageNoBusinessCard",
    ("biz_license", ErrorKind.NOTHING_FOUND): "FailedOperation.NoBizLicense",
    ("driver_license", ErrorKind.NOTHING_FOUND): "FailedOperation.NoDriverLicenseError",
    ("vehicle_license", ErrorKind.NOTHING_FOUND): "FailedOperation.NoVehicleLicenseError",
    ("license_plate", ErrorKind.NOTHING_FOUND): "FailedOperation.OcrFailed",
    ("vat_invoice", ErrorKind.NOTHING_FOUND): "FailedOperation.OcrFailed",
    ("recognize_table", ErrorKind.NOTHING_FOUND): "FailedOperation.OcrFailed",
    ("recognize_table_accurate", ErrorKind.NOTHING_FOUND): "FailedOperation.OcrFailed",
}
OPERATIONS = [operation.name for operation in SERVICE.operations]


@pytest.mark.parametrize("id", MESSAGES)
def test_an_error_is_sent_as_exactly_these_bytes(id: str) -> None:
    entry = SERVICE.errors.find(id)
    assert entry is not None
    assert entry.id == id
    code, (english, chinese) = CODES.get(id, id), MESSAGES[id]
    for language, message in (("", english), ("en-US", english), ("zh-CN", chinese or english)):
        headers = (("X-TC-Action", "GeneralBasicOCR"), ("X-TC-Language", language))
        request = Request("POST", "/", headers=headers, id="0123456789abcdef0123456789abcdef")
        response = SERVICE.render_error(request, entry.filled({}))
        assert response.status == 200
        assert response.headers == (("Content-Type", "application/json"),)
        assert response.code == code
        assert response.body.decode() == (
            '{"Response":{"Error":{"Code":"' + code + '","Message":"' + message + '"},'
            '"RequestId":"01234567-89ab-cdef-0123-456789abcdef"}}'
        )


def test_no_entry_is_missing_here() -> None:
    assert sorted(entry.id for entry in SERVICE.errors) == sorted(MESSAGES)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_kind_is_answered_by_this_entry(operation: str) -> None:
    found = {kind: SERVICE.errors.entry(ApiError(kind), operation).id for kind in ErrorKind}
    assert found == {kind: OWN.get((operation, kind), KINDS[kind]) for kind in ErrorKind}
    assert {kind: SERVICE.errors.entry(ApiError(kind)).id for kind in ErrorKind} == KINDS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_damaged_pdf_has_a_code_of_its_own(operation: str) -> None:
    error = ApiError(ErrorKind.BAD_IMAGE, cause=ErrorCause.PDF)
    assert SERVICE.errors.entry(error, operation).id == "FailedOperation.PDFParseFailed"


@pytest.mark.parametrize("kind", [ErrorKind.BAD_PARAMETER, ErrorKind.ENGINE_FAILED])
def test_another_error_of_a_pdf_has_the_entry_of_its_kind(kind: ErrorKind) -> None:
    error = ApiError(kind, cause=ErrorCause.PDF)
    assert SERVICE.errors.entry(error, "general_basic").id == KINDS[kind]
