"""Errors that the vendor lists and that no request to mockocr gets by itself: they can be sent on
demand. The sources are abbreviated as in `errors`.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry

_PAGE = "doc: error page"
_PAGE_TEXT_GUESS = "doc: error page (the English text is a guess)"
_LIST = "sdk: error list"
_LIST_TEXT_GUESS = "sdk: error list (the English text is a guess)"
_SHARED = "doc: error page, common error codes"

LISTED: tuple[ErrorEntry, ...] = (
    ErrorEntry(
        200, "AuthFailure.InvalidSecretId", "Invalid key (not a TencentCloud API key type).", _PAGE
    ),
    ErrorEntry(200, "AuthFailure.MFAFailure", "MFA failed.", _PAGE),
    ErrorEntry(200, "ActionOffline", "This API has been deprecated.", _PAGE),
    ErrorEntry(200, "InvalidParameterValue", "Invalid parameter value.", _PAGE),
    ErrorEntry(200, "NoSuchProduct", "The product does not exist.", _PAGE),
    ErrorEntry(
        200,
        "RequestLimitExceeded.UinLimitExceeded",
        "The number of requests exceeds the frequency limit of the root account.",
        _PAGE_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "RequestLimitExceeded.IPLimitExceeded",
        "The number of IP requests exceeds the frequency limit.",
        _PAGE_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
        "The number of root account requests exceeds the frequency limit.",
        _PAGE_TEXT_GUESS,
    ),
    ErrorEntry(200, "FailedOperation.ArrearsError", "The account is in arrears.", _LIST),
    ErrorEntry(200, "FailedOperation.UnOpenError", "The service is not activated.", _LIST),
    ErrorEntry(200, "FailedOperation.ImageBlur", "The image is blurry.", _LIST),
    ErrorEntry(
        200, "FailedOperation.EngineRecognizeTimeout", "Recognition by the engine timed out.", _LIST
    ),
    ErrorEntry(200, "FailedOperation.UnKnowError", "Unknown error.", _LIST),
    ErrorEntry(200, "InvalidParameter.EngineImageDecodeFailed", "Image decoding failed.", _LIST),
    ErrorEntry(
        200, "FailedOperation.FieldException", "The field value does not meet expectations.", _LIST
    ),
    ErrorEntry(
        200,
        "FailedOperation.IdCardInfoIllegal",
        "The ID card information (ID number, name, etc.) is invalid.",
        _LIST,
    ),
    ErrorEntry(
        200,
        "FailedOperation.IdCardTooSmall",
        "The resolution of the image is too low or the proportion of the ID card in the image "
        "is too small.",
        _LIST,
    ),
    ErrorEntry(
        200,
        "FailedOperation.ImageNoSpecifiedCard",
        "Image is not of the specified card category.",
        _LIST,
    ),
    ErrorEntry(
        200,
        "FailedOperation.InconsistencyBetweenMRZAndVRZ",
        "The information in the visual zone does not match that in the machine-readable zone.",
        _LIST,
    ),
    ErrorEntry(
        200,
        "FailedOperation.InvalidPostalCodeLength",
        "The length of the postal code recognized from the Malaysian ID card is incorrect.",
        _LIST,
    ),
    ErrorEntry(200, "FailedOperation.NoHKIDCard", "Not a Hong Kong identity card.", _LIST),
    ErrorEntry(
        200, "FailedOperation.NoMASIDCard", "The image does not contain a Malaysian ID card.", _LIST
    ),
    ErrorEntry(200, "FailedOperation.NoPassport", "Not a passport.", _LIST),
    ErrorEntry(
        200, "FailedOperation.WarningServiceFailed", "General warning service exception", _LIST
    ),
    ErrorEntry(
        200,
        "FailedOperation.CountLimitError",
        "The number of calls today reached its limit.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(200, "FailedOperation.FileDecodeFailed", "File decoding failed.", _LIST_TEXT_GUESS),
    ErrorEntry(200, "FailedOperation.UnKnowFileTypeError", "Unknown file type.", _LIST_TEXT_GUESS),
    ErrorEntry(200, "FailedOperation.DetectFailed", "Detection failed.", _LIST_TEXT_GUESS),
    ErrorEntry(
        200,
        "FailedOperation.IllegalBankCardError",
        "The bank card information is invalid.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200, "FailedOperation.ResponseParseFailed", "Result parsing failed.", _LIST_TEXT_GUESS
    ),
    ErrorEntry(
        200,
        "FailedOperation.InvoiceMismatch",
        "The invoice data is inconsistent.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "InvalidParameterValue.PriceOrVerificationParameterValueLimit",
        "Incorrect amount or check code parameter value.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "InvalidParameterValue.TicketCodeParameterValueLimit",
        "Incorrect invoice code parameter value.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "InvalidParameterValue.TicketDateParameterValueLimit",
        "Incorrect invoice date parameter value.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "InvalidParameterValue.TicketSnParameterValueLimit",
        "Incorrect invoice number parameter value.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200, "ResourceNotFound.NoAreaCode", "The area code does not exist.", _LIST_TEXT_GUESS
    ),
    ErrorEntry(200, "ResourceNotFound.NoInvoice", "The invoice does not exist.", _LIST_TEXT_GUESS),
    ErrorEntry(
        200,
        "ResourceNotFound.NotSupportCurrentInvoiceQuery",
        "Invoices of the current day cannot be queried.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "ResourceUnavailable.TaxNetworkError",
        "The network of the tax authority is abnormal. Try again later.",
        _LIST_TEXT_GUESS,
    ),
    ErrorEntry(
        200,
        "DryRunOperation",
        "DryRun Operation. It means that the request would have succeeded, but the DryRun "
        "parameter was used.",
        _SHARED,
    ),
    ErrorEntry(200, "FailedOperation", "Operation failed.", _SHARED),
    ErrorEntry(200, "IpInBlacklist", "Your IP is in uin IP blacklist.", _SHARED),
    ErrorEntry(200, "IpNotInWhitelist", "Your IP is not in uin IP whitelist.", _SHARED),
    ErrorEntry(200, "LimitExceeded", "Quota limit exceeded.", _SHARED),
    ErrorEntry(200, "ResourceInUse", "Resource is in use.", _SHARED),
    ErrorEntry(200, "ResourceInsufficient", "Insufficient resource.", _SHARED),
    ErrorEntry(200, "ResourceNotFound", "The resource does not exist.", _SHARED),
    ErrorEntry(200, "ResourceUnavailable", "Resource is unavailable.", _SHARED),
    ErrorEntry(
        200, "ResponseSizeLimitExceeded", "The response size exceeds the upper limit.", _SHARED
    ),
    ErrorEntry(200, "UnauthorizedOperation", "Unauthorized operation.", _SHARED),
    ErrorEntry(200, "UnsupportedOperation", "Unsupported operation.", _SHARED),
)
