"""The errors of the gateway, in front of every market API.

The classic gateway names an error in `X-Ca-Error-Message` alone: the code of its entries is the
fixed part of that message. Each entry carries the spelling of the later generation too.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mockocr.core.errors import ErrorKind
from mockocr.vendors.aliyun_market.gateway.entry import GatewayEntry
from mockocr.vendors.aliyun_market.gateway.later_errors import (
    EXAMPLE_STRING,
    LATER_BY_CODE,
    LATER_ENTRIES,
    SIGNATURE_MESSAGE,
)

_TABLE = "doc: API gateway error table (43906)"
_README = "doc: README that the API console generates"
_SAMPLES = "observed: market vendors' own sample code compares this text"
_NO_SAMPLE: Mapping[str, str] = MappingProxyType({})


def _entry(
    status: int,
    message: str,
    later: str,
    source: str,
    *kinds: ErrorKind,
    code: str = "",
    id: str = "",
    sample: Mapping[str, str] = _NO_SAMPLE,
    unknown_method: GatewayEntry | None = None,
    in_body: bool = False,
) -> GatewayEntry:
    """`later` is the code of the later generation, `code` the message unless it has fields."""
    return GatewayEntry(
        status,
        code or message,
        message,
        source,
        kinds,
        sample,
        id,
        later=LATER_BY_CODE[later],
        unknown_method=unknown_method,
        in_body=in_body,
    )


MISSING_CREDENTIALS = _entry(
    400,
    "Invalid AppKey",
    "A400MA",
    "guess: no page says how the classic gateway refuses a request without credentials",
    ErrorKind.NO_CREDENTIALS,
    id="missing_credentials",
)
UNKNOWN_APPKEY = _entry(400, "Invalid AppKey", "A400IK", _TABLE, ErrorKind.UNKNOWN_ACCOUNT)
EMPTY_SIGNATURE = _entry(401, "Empty Signature", "A403IS", _TABLE, ErrorKind.BAD_CREDENTIALS)
BAD_TIMESTAMP = _entry(400, "Invalid Timestamp", "S403TE", _TABLE, ErrorKind.BAD_CREDENTIALS)
BAD_DIGEST = _entry(400, "Invalid Content-MD5", "I400I5", _TABLE, ErrorKind.BAD_BODY)
UNKNOWN_METHOD = _entry(400, "Invalid HttpMethod", "I405UM", _TABLE, ErrorKind.WRONG_METHOD)
UNKNOWN_STAGE = _entry(
    400,
    "Invalid Url",
    "I400SG",
    "doc: README that the API console generates (a wrong stage reads as a wrong URL)",
    ErrorKind.NO_SUCH_OPERATION,
    id="unknown_stage",
)

GATEWAY_ENTRIES: tuple[GatewayEntry, ...] = (
    MISSING_CREDENTIALS,
    _entry(
        400,
        "Invalid AppCode",
        "A400AC",
        _SAMPLES,
        ErrorKind.UNKNOWN_ACCOUNT,
        ErrorKind.BAD_CREDENTIALS,
    ),
    UNKNOWN_APPKEY,
    _entry(400, "Invalid AppSecret", "A403IS", _README),
    _entry(
        400,
        SIGNATURE_MESSAGE,
        "A403IS",
        _README,
        ErrorKind.BAD_SIGNATURE,
        code="Invalid Signature",
        sample={"string": EXAMPLE_STRING},
    ),
    EMPTY_SIGNATURE,
    _entry(404, "Empty Signature", "A403IS", _README, id="empty_signature_404"),
    _entry(400, "Timestamp Expired", "S403TE", _TABLE, ErrorKind.EXPIRED),
    BAD_TIMESTAMP,
    _entry(400, "Nonce Used", "S403NU", _TABLE, ErrorKind.REPLAYED),
    _entry(403, "Unauthorized", "I403AA", _README, ErrorKind.FORBIDDEN),
    _entry(403, "Expiry of Authorization", "A403EP", _TABLE),
    _entry(
        403,
        "Quota Exhausted",
        "B403MQ",
        "doc: 图片文字识别 API guide and product page (both show the text as what one gets to see)",
        ErrorKind.QUOTA_EXCEEDED,
        in_body=True,
    ),
    _entry(403, "Quota Expired", "B403ME", _README, ErrorKind.PACKAGE_EXPIRED),
    _entry(403, "User Arrears", "B403OD", _README, ErrorKind.ARREARS),
    _entry(403, "Throttled by API Flow Control", "T429PA", _README, ErrorKind.RATE_LIMITED),
    _entry(403, "Throttled by GROUP Flow Control", "T429GR", _README, ErrorKind.BUSY),
    _entry(403, "Throttled by USER Flow Control", "T429PA", _README),
    _entry(403, "Throttled by APP Flow Control", "T429PA", _README),
    _entry(403, "Throttled by DOMAIN Flow Control", "T429ID", _README),
    _entry(
        400,
        "Invalid Url",
        "I404NF",
        _README,
        ErrorKind.NO_SUCH_OPERATION,
        ErrorKind.WRONG_METHOD,
        unknown_method=UNKNOWN_METHOD,
    ),
    UNKNOWN_STAGE,
    _entry(400, "API Not Found", "I404NF", _README),
    UNKNOWN_METHOD,
    _entry(400, "Invalid Domain", "I404DO", _README),
    _entry(
        403,
        "API unsupport the channel: {protocol}",
        "I403PT",
        "doc: API gateway error resolution page (text; the status is a guess)",
        code="API unsupport the channel",
        sample={"protocol": "HTTP"},
    ),
    _entry(400, "Invalid Param Location", "I400IP", _README),
    _entry(400, "Empty Request Body", "I400BD", _README),
    _entry(400, "Invalid Request Body", "I400BD", _README, ErrorKind.BAD_BODY),
    BAD_DIGEST,
    _entry(400, "Unsupported Multipart", "I400BD", _README),
    _entry(
        413,
        "Payload Too Large",
        "I413RL",
        "doc: market OCR error codes (295363)",
        ErrorKind.BODY_TOO_LARGE,
    ),
    _entry(504, "Async Service", "D504TO", _README),
    _entry(500, "Failed To Invoke Backend Service", "D504CO", _README, ErrorKind.ENGINE_FAILED),
    _entry(503, "Service Unavailable", "X503BZ", _README, ErrorKind.UNAVAILABLE),
    _entry(500, "Internal Error", "X500ER", _README, ErrorKind.INTERNAL),
    *LATER_ENTRIES,
)
"""Every error of the gateway: the classic entries, then those of the later generation alone, which
are sent as they are when they are asked for.
"""
