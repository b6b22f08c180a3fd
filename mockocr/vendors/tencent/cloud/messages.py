"""The Chinese error messages of API 3.0, for clients that ask for Chinese."""

from __future__ import annotations

from collections.abc import Mapping

CHINESE: Mapping[str, str] = {
    "AuthFailure.SecretIdNotFound": "SecretId不存在，请输入正确的密钥。",  # observed
    "AuthFailure.SignatureFailure": "请求签名验证失败，请检查您的签名计算是否正确。",  # observed
    "AuthFailure.SignatureExpire": "签名过期。",
    "AuthFailure.UnauthorizedOperation": "请求未授权。请参考 CAM 文档对鉴权的说明。",
    "AuthFailure.InvalidSecretId": "密钥非法（不是云 API 密钥类型）。",
    "AuthFailure.MFAFailure": "MFA 错误。",
    "AuthFailure.TokenFailure": "token 错误。",
    "ActionOffline": "接口已下线。",
    "UnsupportedProtocol": "http(s) 请求协议错误，只支持 GET 和 POST 请求。",
    "InvalidParameterValue": "参数取值错误。",
    "InvalidParameterValue.InvalidParameterValueLimit": "参数值错误。",
    "InvalidRequest": "请求 body 的 multipart 格式错误。",
    "NoSuchVersion": "接口版本不存在。",
    "NoSuchProduct": "产品不存在。",
    "UnsupportedRegion": "接口不支持所传地域。",
    "RequestSizeLimitExceeded": "请求包超过限制大小。",
    "RequestLimitExceeded": "请求的次数超过了频率限制。",
    "RequestLimitExceeded.UinLimitExceeded": "主账号限频。",
    "RequestLimitExceeded.IPLimitExceeded": "IP限频。",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded": "主账号超过频率限制。",
    "ResourceUnavailable.ResourcePackageRunOut": "账号资源包耗尽。",
    "ResourceUnavailable.InArrears": "账号已欠费。",
    "ResourcesSoldOut.ChargeStatusException": "计费状态异常。",
    "FailedOperation.ArrearsError": "账号已欠费。",
    "FailedOperation.CountLimitError": "今日次数达到限制。",
    "FailedOperation.UnOpenError": "服务未开通。",
    "FailedOperation.DownLoadError": "文件下载失败。",
    "FailedOperation.EmptyImageError": "图片内容为空。",
    "FailedOperation.ImageDecodeFailed": "图片解码失败。",
    "FailedOperation.PDFParseFailed": "PDF解析失败。",
    "FailedOperation.ImageSizeTooLarge": "图片尺寸过大，请参考输入参数中关于图片大小限制的说明。",
    "FailedOperation.ImageBlur": "图片模糊。",
    "FailedOperation.ImageNoText": "照片中未检测到文本",  # observed; listed otherwise
    "FailedOperation.LanguageNotSupport": "输入的Language不支持。",
    "FailedOperation.EngineRecognizeTimeout": "引擎识别超时。",
    "FailedOperation.OcrFailed": "OCR识别失败。",
    "FailedOperation.UnKnowError": "未知错误。",
    "InvalidParameter.EngineImageDecodeFailed": "图片解码失败。",
    "LimitExceeded.TooLargeFileError": "文件内容太大。",
    "ServiceUnavailable": "当前服务暂时不可用。",
    "InternalError": "内部错误。",
    "DryRunOperation": "DryRun 操作，代表请求将会是成功的，只是多传了 DryRun 参数。",
    "FailedOperation": "操作失败。",
    "IpInBlacklist": "IP地址在黑名单中。",
    "IpNotInWhitelist": "IP地址不在白名单中。",
    "LimitExceeded": "超过配额限制。",
    "ResourceInUse": "资源被占用。",
    "ResourceInsufficient": "资源不足。",
    "ResourceNotFound": "资源不存在。",
    "ResourceUnavailable": "资源不可用。",
    "ResponseSizeLimitExceeded": "返回包超过限制大小。",
    "UnauthorizedOperation": "未授权操作。",
    "UnsupportedOperation": "操作不支持。",
    "FailedOperation.FileDecodeFailed": "文件解码失败",
    "FailedOperation.UnKnowFileTypeError": "未知的文件类型。",
    "InvalidParameter.ConfigFormatError": "Config不是有效的JSON格式。",
    "FailedOperation.ImageNoIdCard": "图片中未检测到第二代身份证或临时身份证。",
    "FailedOperation.CardSideError": "身份证CardSide类型错误",
    "FailedOperation.MultiCardError": (
        "图片中存在两张及以上同面卡证，请上传卡证单面图片或一正一反双面图片。"
    ),
    "FailedOperation.NoBankCardError": "非银行卡。",
    "FailedOperation.NoBizLicense": "非营业执照。",
    "FailedOperation.ImageNoBusinessCard": "照片未检测到名片。",
    "FailedOperation.NoDriverLicenseError": "上传的图片非驾驶证",
    "FailedOperation.NoVehicleLicenseError": "上传的图片非行驶证",
    "FailedOperation.LicenseCardSideError": "入参CardSide错误，与实际上传的卡证正副页类型不符",
    "FailedOperation.LicenseMultiCardError": (
        "图片中存在两张及以上同面卡证，请上传卡证单面图片或一正一反双面图片"
    ),
    "FailedOperation.FieldException": "字段值不符合预期",
    "FailedOperation.IdCardInfoIllegal": (
        "第二代身份证信息不合法或缺失（身份证号、姓名字段校验非法等）"
    ),
    "FailedOperation.IdCardTooSmall": "图片分辨率过小或身份证在原图中的占比过小",
    "FailedOperation.ImageNoSpecifiedCard": "非指定卡类别图片",
    "FailedOperation.InconsistencyBetweenMRZAndVRZ": "视读区信息与机读区信息不一致",
    "FailedOperation.InvalidPostalCodeLength": "马来西亚证件识别出的邮编长度不正确",
    "FailedOperation.NoHKIDCard": "非香港身份证。",
    "FailedOperation.NoMASIDCard": "非马来身份证。",
    "FailedOperation.NoPassport": "非护照。",
    "FailedOperation.WarningServiceFailed": "通用告警服务异常",
    "FailedOperation.DetectFailed": "检测失败。",
    "FailedOperation.IllegalBankCardError": "银行卡信息非法。",
    "FailedOperation.ResponseParseFailed": "结果解析失败",
    "FailedOperation.InvoiceMismatch": (
        "发票数据不一致。温馨提示：新版发票核验接口功能更完整，请尽快切换，如已切换请忽略。"
    ),
    "InvalidParameterValue.PriceOrVerificationParameterValueLimit": (
        "开票金额或校验码参数值错误。"
    ),
    "InvalidParameterValue.TicketCodeParameterValueLimit": "发票代码参数值错误。",
    "InvalidParameterValue.TicketDateParameterValueLimit": "开票日期参数值错误。",
    "InvalidParameterValue.TicketSnParameterValueLimit": "发票号码参数值错误。",
    "ResourceNotFound.NoAreaCode": "地区编码不存在。",
    "ResourceNotFound.NoInvoice": (
        "发票不存在。温馨提示：新版发票核验接口功能更完整，请尽快切换，如已切换请忽略。"
    ),
    "ResourceNotFound.NotSupportCurrentInvoiceQuery": "不支持当天发票查询。",
    "ResourceUnavailable.TaxNetworkError": "税务局网络异常，请稍后访问。",
}
"""Messages for `X-TC-Language: zh-CN`, by the id of the entry: observed if marked, else as listed.

Entries without one were seen in English whatever the language, or name a parameter.
"""
