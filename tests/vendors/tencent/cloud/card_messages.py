"""The English and Chinese messages of errors about cards, licences and invoices, written out."""

from __future__ import annotations

CARD_MESSAGES: dict[str, tuple[str, str]] = {
    "InvalidParameter.ConfigFormatError": (
        "Config is not in valid JSON format.",
        "Config不是有效的JSON格式。",
    ),
    "FailedOperation.ImageNoIdCard": (
        "No ID card is detected in the image.",
        "图片中未检测到第二代身份证或临时身份证。",
    ),
    "FailedOperation.CardSideError": (
        "The CardSide type of the ID card is incorrect.",
        "身份证CardSide类型错误",
    ),
    "FailedOperation.MultiCardError": (
        (
            "Multiple cards of the same side are detected in the image. Please upload an "
            "image with a single side or one front and one back side."
        ),
        "图片中存在两张及以上同面卡证，请上传卡证单面图片或一正一反双面图片。",
    ),
    "FailedOperation.NoBankCardError": ("No bank card found.", "非银行卡。"),
    "FailedOperation.NoBizLicense": ("Not a business license.", "非营业执照。"),
    "FailedOperation.ImageNoBusinessCard": (
        "No business card is detected in the image.",
        "照片未检测到名片。",
    ),
    "FailedOperation.NoDriverLicenseError": (
        "The uploaded image is not a driver's license.",
        "上传的图片非驾驶证",
    ),
    "FailedOperation.NoVehicleLicenseError": (
        "The uploaded image is not a vehicle license.",
        "上传的图片非行驶证",
    ),
    "FailedOperation.LicenseCardSideError": (
        "The CardSide parameter does not match the page of the uploaded license.",
        "入参CardSide错误，与实际上传的卡证正副页类型不符",
    ),
    "FailedOperation.LicenseMultiCardError": (
        (
            "Multiple licenses of the same side are detected in the image. Please upload an "
            "image with a single side or one front and one back side."
        ),
        "图片中存在两张及以上同面卡证，请上传卡证单面图片或一正一反双面图片",
    ),
    "FailedOperation.FieldException": (
        "The field value does not meet expectations.",
        "字段值不符合预期",
    ),
    "FailedOperation.IdCardInfoIllegal": (
        "The ID card information (ID number, name, etc.) is invalid.",
        "第二代身份证信息不合法或缺失（身份证号、姓名字段校验非法等）",
    ),
    "FailedOperation.IdCardTooSmall": (
        (
            "The resolution of the image is too low or the proportion of the ID card in the "
            "image is too small."
        ),
        "图片分辨率过小或身份证在原图中的占比过小",
    ),
    "FailedOperation.ImageNoSpecifiedCard": (
        "Image is not of the specified card category.",
        "非指定卡类别图片",
    ),
    "FailedOperation.InconsistencyBetweenMRZAndVRZ": (
        "The information in the visual zone does not match that in the machine-readable zone.",
        "视读区信息与机读区信息不一致",
    ),
    "FailedOperation.InvalidPostalCodeLength": (
        "The length of the postal code recognized from the Malaysian ID card is incorrect.",
        "马来西亚证件识别出的邮编长度不正确",
    ),
    "FailedOperation.NoHKIDCard": ("Not a Hong Kong identity card.", "非香港身份证。"),
    "FailedOperation.NoMASIDCard": (
        "The image does not contain a Malaysian ID card.",
        "非马来身份证。",
    ),
    "FailedOperation.NoPassport": ("Not a passport.", "非护照。"),
    "FailedOperation.WarningServiceFailed": (
        "General warning service exception",
        "通用告警服务异常",
    ),
    "FailedOperation.DetectFailed": ("Detection failed.", "检测失败。"),
    "FailedOperation.IllegalBankCardError": (
        "The bank card information is invalid.",
        "银行卡信息非法。",
    ),
    "FailedOperation.ResponseParseFailed": ("Result parsing failed.", "结果解析失败"),
    "FailedOperation.InvoiceMismatch": (
        "The invoice data is inconsistent.",
        "发票数据不一致。温馨提示：新版发票核验接口功能更完整，请尽快切换，如已切换请忽略。",
    ),
    "InvalidParameterValue.PriceOrVerificationParameterValueLimit": (
        "Incorrect amount or check code parameter value.",
        "开票金额或校验码参数值错误。",
    ),
    "InvalidParameterValue.TicketCodeParameterValueLimit": (
        "Incorrect invoice code parameter value.",
        "发票代码参数值错误。",
    ),
    "InvalidParameterValue.TicketDateParameterValueLimit": (
        "Incorrect invoice date parameter value.",
        "开票日期参数值错误。",
    ),
    "InvalidParameterValue.TicketSnParameterValueLimit": (
        "Incorrect invoice number parameter value.",
        "发票号码参数值错误。",
    ),
    "ResourceNotFound.NoAreaCode": ("The area code does not exist.", "地区编码不存在。"),
    "ResourceNotFound.NoInvoice": (
        "The invoice does not exist.",
        "发票不存在。温馨提示：新版发票核验接口功能更完整，请尽快切换，如已切换请忽略。",
    ),
    "ResourceNotFound.NotSupportCurrentInvoiceQuery": (
        "Invoices of the current day cannot be queried.",
        "不支持当天发票查询。",
    ),
    "ResourceUnavailable.TaxNetworkError": (
        "The network of the tax authority is abnormal. Try again later.",
        "税务局网络异常，请稍后访问。",
    ),
}
"""By the id of the entry."""
