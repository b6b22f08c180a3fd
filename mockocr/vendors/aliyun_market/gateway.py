"""What Aliyun's API gateway says by itself, in front of every market API: two generations of rows.

The classic gateway names its refusals in `X-Ca-Error-Message` alone; the later one (VPC) adds
`X-Ca-Error-Code`, six characters of which the second to fourth are the HTTP status. The code of a
classic row is the fixed part of its message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.aliyun_market.signature import echo, string_to_sign

_TABLE = "doc: API gateway error table (43906)"
_README = "doc: README that the API console generates"
_CODES = "doc: API gateway error code table (traditional gateway)"
_CLIENT = "observed: error codes listed by a shipped Kotlin client"
_SAMPLES = "observed: market vendors' own sample code compares this text"

SIGNATURE = "Invalid Signature, Server StringToSign:`{string}`"
_EXAMPLE = "GET#application/json####X-Ca-Key:203753385#/ocr"

EMPTY_SIGNATURE = ErrorEntry(
    401, "Empty Signature", "Empty Signature", _TABLE, (ErrorKind.BAD_CREDENTIALS,)
)
UNKNOWN_APPKEY = ErrorEntry(
    400, "Invalid AppKey", "Invalid AppKey", _TABLE, (ErrorKind.UNKNOWN_ACCOUNT,)
)
BAD_TIMESTAMP = ErrorEntry(
    400, "Invalid Timestamp", "Invalid Timestamp", _TABLE, (ErrorKind.BAD_CREDENTIALS,)
)
BAD_DIGEST = ErrorEntry(
    400, "Invalid Content-MD5", "Invalid Content-MD5", _TABLE, (ErrorKind.BAD_BODY,)
)
UNKNOWN_STAGE = ErrorEntry(
    400,
    "Invalid Url: stage",
    "Invalid Url",
    "doc: README that the API console generates (a wrong stage reads as a wrong URL)",
    (ErrorKind.NO_SUCH_OPERATION,),
)
NOT_HTTP = ErrorEntry(
    400, "Invalid HttpMethod", "Invalid HttpMethod", _TABLE, (ErrorKind.WRONG_METHOD,)
)


def _classic(status: int, message: str, source: str, *problems: ErrorKind) -> ErrorEntry:
    return ErrorEntry(status, message, message, source, problems)


CLASSIC: tuple[ErrorEntry, ...] = (
    ErrorEntry(
        400,
        "Invalid AppKey: none",
        "Invalid AppKey",
        "guess: no page says what the classic gateway answers to a call without credentials",
        (ErrorKind.NO_CREDENTIALS,),
    ),
    _classic(
        400, "Invalid AppCode", _SAMPLES, ErrorKind.UNKNOWN_ACCOUNT, ErrorKind.BAD_CREDENTIALS
    ),
    UNKNOWN_APPKEY,
    ErrorEntry(
        403,
        "Invalid Signature",
        SIGNATURE,
        _README,
        (ErrorKind.BAD_SIGNATURE,),
        {"string": _EXAMPLE},
    ),
    EMPTY_SIGNATURE,
    ErrorEntry(404, "Empty Signature: 404", "Empty Signature", _README),
    _classic(400, "Timestamp Expired", _TABLE, ErrorKind.EXPIRED),
    BAD_TIMESTAMP,
    _classic(400, "Nonce Used", _TABLE, ErrorKind.REPLAYED),
    _classic(403, "Unauthorized", _README, ErrorKind.FORBIDDEN),
    _classic(403, "Expiry of Authorization", _TABLE),
    _classic(
        403,
        "Quota Exhausted",
        "doc: 图片文字识别 API guide and product page",
        ErrorKind.QUOTA_EXCEEDED,
    ),
    _classic(403, "Quota Expired", _README, ErrorKind.PACKAGE_EXPIRED),
    _classic(403, "User Arrears", _README, ErrorKind.ARREARS),
    _classic(403, "Throttled by API Flow Control", _README, ErrorKind.RATE_LIMITED),
    _classic(403, "Throttled by GROUP Flow Control", _README, ErrorKind.BUSY),
    _classic(403, "Throttled by USER Flow Control", _README),
    _classic(403, "Throttled by APP Flow Control", _README),
    _classic(403, "Throttled by DOMAIN Flow Control", _README),
    _classic(400, "Invalid Url", _README, ErrorKind.NO_SUCH_OPERATION, ErrorKind.WRONG_METHOD),
    UNKNOWN_STAGE,
    _classic(400, "API Not Found", _README),
    NOT_HTTP,
    _classic(400, "Invalid Domain", _README),
    ErrorEntry(
        403,
        "API unsupport the channel",
        "API unsupport the channel: {protocol}",
        "doc: API gateway error resolution page (text; the status is a guess)",
        (),
        {"protocol": "HTTP"},
    ),
    _classic(400, "Invalid Param Location", _README),
    _classic(400, "Empty Request Body", _README),
    _classic(400, "Invalid Request Body", _README, ErrorKind.BAD_BODY),
    BAD_DIGEST,
    _classic(400, "Unsupported Multipart", _README),
    _classic(
        413, "Payload Too Large", "doc: market OCR error codes (295363)", ErrorKind.BODY_TOO_LARGE
    ),
    _classic(504, "Async Service", _README),
    _classic(500, "Failed To Invoke Backend Service", _README, ErrorKind.ENGINE_FAILED),
    _classic(503, "Service Unavailable", _README, ErrorKind.UNAVAILABLE),
    _classic(500, "Internal Error", _README, ErrorKind.INTERNAL),
)


def _vpc(code: str, message: str, source: str, **sample: str) -> ErrorEntry:
    return ErrorEntry(int(code[1:4]), code, message, source, (), sample)


_MEMORY = "guess: text from memory, code after the documented pattern"
_THROTTLED = "observed: code listed by a shipped Kotlin client; the word in the middle is a guess"

VPC: tuple[ErrorEntry, ...] = (
    _vpc(
        "A400MA",
        "Need authorization, X-Ca-Key or Authorization: APPCODE ... is required",
        "observed: code and first two words in a shipped Kotlin client; the rest is a guess",
    ),
    _vpc("A400AC", "Invalid AppCode `not exists`", _SAMPLES),
    _vpc("A401AC", "Invalid AppCode `not exists`", f"{_CLIENT}; the text is a guess"),
    _vpc("I403AA", "Unauthorized", _CLIENT),
    _vpc("A403EP", "App authorization expired", _CLIENT),
    _vpc(
        "B403MQ",
        "Api Market Subscription quota exhausted",
        "observed: a 403 of a market API logged on 2021-03-12",
    ),
    _vpc("B403ME", "Api Market Subscription expired", _CLIENT),
    _vpc("B403MI", "Api Market Subscription invalid", _CLIENT),
    _vpc("B403OD", "Provider Account Overdue", _CLIENT),
    _vpc("B403MO", "Provider Account Overdue", _CLIENT),
    _vpc("T429PA", "Throttled by API Flow Control", _THROTTLED),
    _vpc("T429ID", "Throttled by INNER DOMAIN Flow Control", _THROTTLED),
    _vpc("T429IN", "Throttled by INSTANCE Flow Control", _THROTTLED),
    _vpc("T429GR", "Throttled by GROUP Flow Control", _THROTTLED),
    _vpc("T429PR", "Throttled by PLUGIN Flow Control", _THROTTLED),
    _vpc("T429SR", "Throttled by SERVER Flow Control", _THROTTLED),
    _vpc("T429MR", "Throttled by MARKET Flow Control", _THROTTLED),
    _vpc("I404NF", "API not found `{path}`", _CODES, path="/ocr"),
    _vpc("I405UM", "Unsupported Method `{method}`", _CODES, method="BREW"),
    _vpc("I404DO", "Invalid Domain `{host}`", _CODES, host="example.com"),
    _vpc("I400SG", "Invalid Stage", _CODES),
    _vpc("I403PT", "Invalid protocol {protocol} unsupported", _CODES, protocol="HTTP"),
    _vpc("A400IK", "Invalid AppKey", _CLIENT),
    _vpc("A403IS", SIGNATURE, "doc: API gateway error resolution page", string=_EXAMPLE),
    _vpc("S403TE", "X-Ca-Timestamp is expired", _MEMORY),
    _vpc("S403NU", "Nonce Used", _MEMORY),
    _vpc("I400I5", "Invalid Content-MD5", f"{_CLIENT}; the text is a guess"),
    _vpc("I400MP", "Parameter `{name}` is Required", f"{_CLIENT}; the text is a guess", name="url"),
    _vpc("I400IP", "Invalid Parameter `{name}`", f"{_CLIENT}; the text is a guess", name="url"),
    _vpc("I400BD", "Invalid Body: {reason}", _CODES, reason="cannot be parsed"),
    _vpc("I400CT", "Invalid Content-Type: `{type}`", _CODES, type="text/plain"),
    _vpc("I413RL", "Request body too Large", _CODES),
    _vpc("I413UL", "Request URL too Large", _CODES),
    _vpc("D504CO", "Backend service connect failed `{reason}`", _CODES, reason="no answer"),
    _vpc("D504TO", "Backend service request timeout", _CODES),
    _vpc("X503BZ", "Service Busy", _CLIENT),
    _vpc("X500ER", "Internal Error", f"{_CLIENT}; the text is a guess"),
    _vpc(
        "I400HD",
        "Invalid Header `{header}` {reason}",
        _CODES,
        header="X-Ca-Timestamp",
        reason="is malformed",
    ),
    _vpc("I400MH", "Header `{header}` is Required", _CODES, header="X-Ca-Key"),
    _vpc("I400PA", "Invalid Request Path `{path}`", _CODES, path="/ocr"),
    _vpc("I400RU", "Invalid Request Uri `{path}`", _CODES, path="/ocr"),
    _vpc("I410GG", "Group's instance invalid", _CODES),
    _vpc("X400PM", "Invalid plugin meta {reason}", _CODES, reason="no such plugin"),
)

LATER: Mapping[int | str, str] = {
    "Invalid AppKey: none": "A400MA",
    "Invalid AppCode": "A400AC",
    "Invalid AppKey": "A400IK",
    "Invalid Signature": "A403IS",
    "Empty Signature": "A403IS",
    "Empty Signature: 404": "A403IS",
    "Timestamp Expired": "S403TE",
    "Invalid Timestamp": "S403TE",
    "Nonce Used": "S403NU",
    "Unauthorized": "I403AA",
    "Expiry of Authorization": "A403EP",
    "Quota Exhausted": "B403MQ",
    "Quota Expired": "B403ME",
    "User Arrears": "B403OD",
    "Throttled by API Flow Control": "T429PA",
    "Throttled by GROUP Flow Control": "T429GR",
    "Throttled by USER Flow Control": "T429PA",
    "Throttled by APP Flow Control": "T429PA",
    "Throttled by DOMAIN Flow Control": "T429ID",
    "Invalid Url": "I404NF",
    "Invalid Url: stage": "I400SG",
    "API Not Found": "I404NF",
    "Invalid HttpMethod": "I405UM",
    "Invalid Domain": "I404DO",
    "API unsupport the channel": "I403PT",
    "Invalid Content-MD5": "I400I5",
    "Invalid Param Location": "I400IP",
    "Empty Request Body": "I400BD",
    "Invalid Request Body": "I400BD",
    "Unsupported Multipart": "I400BD",
    "Payload Too Large": "I413RL",
    "Async Service": "D504TO",
    "Failed To Invoke Backend Service": "D504CO",
    "Service Unavailable": "X503BZ",
    "Internal Error": "X500ER",
}
"""Which row of the later generation stands for a classic one."""

_BY_CODE = {row.code: row for row in (*CLASSIC, *VPC)}
_CODE = re.compile(r"[A-Z]\d{3}[A-Z0-9]{2}")


def is_vpc(row: ErrorEntry) -> bool:
    """Whether the row is of the later generation, told by the documented form of its code."""
    return isinstance(row.code, str) and _CODE.fullmatch(row.code) is not None


def in_vpc(request: Request, row: ErrorEntry) -> ErrorEntry:
    """What the later generation says where the classic one would send `row`."""
    code = LATER.get(row.code)
    if code is None:
        return row
    later = _BY_CODE[code]
    facts = {
        "path": unquote(request.target.partition("?")[0]) or request.path,
        "method": request.method,
        "host": request.host,
        "protocol": request.scheme.upper(),
        "type": request.content_type,
    }
    if later.message == SIGNATURE:
        facts["string"] = _quoted(row.message) or echo(string_to_sign(request))
    return later.filled(facts)


def _quoted(message: str) -> str:
    """The text between the outer back-ticks."""
    return message.partition("`")[2].rpartition("`")[0]
