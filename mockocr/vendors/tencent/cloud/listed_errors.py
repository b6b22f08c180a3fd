"""Errors that the vendor lists and that no request to mockocr gets by itself: they can be sent on
demand. The sources are abbreviated as in `errors`.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry

_ERROR_PAGE: tuple[tuple[str, str], ...] = (
    ("AuthFailure.InvalidSecretId", "Invalid key (not a TencentCloud API key type)."),
    ("AuthFailure.MFAFailure", "MFA failed."),
    ("ActionOffline", "This API has been deprecated."),
    ("InvalidParameterValue", "Invalid parameter value."),
    ("NoSuchProduct", "The product does not exist."),
)
_ERROR_PAGE_GUESSED: tuple[tuple[str, str], ...] = (
    (
        "RequestLimitExceeded.UinLimitExceeded",
        "The number of requests exceeds the frequency limit of the root account.",
    ),
    (
        "RequestLimitExceeded.IPLimitExceeded",
        "The number of IP requests exceeds the frequency limit.",
    ),
    (
        "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
        "The number of root account requests exceeds the frequency limit.",
    ),
)
_ERROR_LIST: tuple[tuple[str, str], ...] = (
    ("FailedOperation.ArrearsError", "The account is in arrears."),
    ("FailedOperation.UnOpenError", "The service is not activated."),
    ("FailedOperation.ImageBlur", "The image is blurry."),
    ("FailedOperation.EngineRecognizeTimeout", "Recognition by the engine timed out."),
    ("FailedOperation.UnKnowError", "Unknown error."),
    ("InvalidParameter.EngineImageDecodeFailed", "Image decoding failed."),
    ("FailedOperation.FieldException", "The field value does not meet expectations."),
    (
        "FailedOperation.IdCardInfoIllegal",
        "The ID card information (ID number, name, etc.) is invalid.",
    ),
    (
        "FailedOperation.IdCardTooSmall",
        "The resolution of the image is too low or the proportion of the ID card in the image is "
        "too small.",
    ),
    (
        "FailedOperation.ImageNoSpecifiedCard",
        "Image is not of the specified card category.",
    ),
    (
        "FailedOperation.InconsistencyBetweenMRZAndVRZ",
        "The information in the visual zone does not match that in the machine-readable zone.",
    ),
    (
        "FailedOperation.InvalidPostalCodeLength",
        "The length of the postal code recognized from the Malaysian ID card is incorrect.",
    ),
    ("FailedOperation.NoHKIDCard", "Not a Hong Kong identity card."),
    ("FailedOperation.NoMASIDCard", "The image does not contain a Malaysian ID card."),
    ("FailedOperation.NoPassport", "Not a passport."),
    ("FailedOperation.WarningServiceFailed", "General warning service exception"),
)
_ERROR_LIST_GUESSED: tuple[tuple[str, str], ...] = (
    ("FailedOperation.CountLimitError", "The number of calls today reached its limit."),
    ("FailedOperation.FileDecodeFailed", "File decoding failed."),
    ("FailedOperation.UnKnowFileTypeError", "Unknown file type."),
    ("FailedOperation.DetectFailed", "Detection failed."),
    ("FailedOperation.IllegalBankCardError", "The bank card information is invalid."),
    ("FailedOperation.ResponseParseFailed", "Result parsing failed."),
    ("FailedOperation.InvoiceMismatch", "The invoice data is inconsistent."),
    (
        "InvalidParameterValue.PriceOrVerificationParameterValueLimit",
        "Incorrect amount or check code parameter value.",
    ),
    (
        "InvalidParameterValue.TicketCodeParameterValueLimit",
        "Incorrect invoice code parameter value.",
    ),
    (
        "InvalidParameterValue.TicketDateParameterValueLimit",
        "Incorrect invoice date parameter value.",
    ),
    (
        "InvalidParameterValue.TicketSnParameterValueLimit",
        "Incorrect invoice number parameter value.",
    ),
    ("ResourceNotFound.NoAreaCode", "The area code does not exist."),
    ("ResourceNotFound.NoInvoice", "The invoice does not exist."),
    (
        "ResourceNotFound.NotSupportCurrentInvoiceQuery",
        "Invoices of the current day cannot be queried.",
    ),
    (
        "ResourceUnavailable.TaxNetworkError",
        "The network of the tax authority is abnormal. Try again later.",
    ),
)
_COMMON: tuple[tuple[str, str], ...] = (
    (
        "DryRunOperation",
        "DryRun Operation. It means that the request would have succeeded, but the DryRun "
        "parameter was used.",
    ),
    ("FailedOperation", "Operation failed."),
    ("IpInBlacklist", "Your IP is in uin IP blacklist."),
    ("IpNotInWhitelist", "Your IP is not in uin IP whitelist."),
    ("LimitExceeded", "Quota limit exceeded."),
    ("ResourceInUse", "Resource is in use."),
    ("ResourceInsufficient", "Insufficient resource."),
    ("ResourceNotFound", "The resource does not exist."),
    ("ResourceUnavailable", "Resource is unavailable."),
    ("ResponseSizeLimitExceeded", "The response size exceeds the upper limit."),
    ("UnauthorizedOperation", "Unauthorized operation."),
    ("UnsupportedOperation", "Unsupported operation."),
)
"""Codes that every product of the vendor shares."""

LISTED = tuple(
    ErrorEntry(200, code, message, source)
    for source, errors in (
        ("doc: error page", _ERROR_PAGE),
        ("doc: error page (the English text is a guess)", _ERROR_PAGE_GUESSED),
        ("sdk: error list", _ERROR_LIST),
        ("sdk: error list (the English text is a guess)", _ERROR_LIST_GUESSED),
        ("doc: error page, common error codes", _COMMON),
    )
    for code, message in errors
)
