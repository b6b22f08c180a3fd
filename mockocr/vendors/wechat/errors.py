"""The errors that the token endpoints and OCR share, and how an error is rendered."""

from __future__ import annotations

import string
from random import Random

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response

CONTENT_TYPE = "application/json; encoding=utf-8"
"""observed: a public client for Java notes this value, `encoding` in place of `charset`."""
_COMMON = "doc: developers.weixin.qq.com/doc/oplatform/developers/errCode, common codes"
_TOKEN = "doc: api_getaccesstoken and api_getstableaccesstoken, error codes"
_OCR = "doc: developers.weixin.qq.com/doc/service/api/openpoc/ocr, error codes"
_SEEN = "; observed in public logs"
_LETTERS = string.ascii_letters + string.digits


def _entry(
    code: int,
    message: str,
    source: str,
    *kinds: ErrorKind,
    **sample: str,
) -> ErrorEntry:
    return ErrorEntry(200, code, message, source, kinds, sample)


SYSTEM_ERROR = _entry(
    -1,
    "system error",
    _COMMON + _SEEN,
    ErrorKind.UNAVAILABLE,
    ErrorKind.BUSY,
    ErrorKind.ENGINE_FAILED,
    ErrorKind.INTERNAL,
)
INVALID_CREDENTIAL = _entry(
    40001,
    "invalid credential, access_token is invalid or not latest, could get access_token by "
    "getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r",
    "observed: w7corp/easywechat issue 2759",
    ErrorKind.BAD_CREDENTIALS,
    ErrorKind.BAD_SIGNATURE,
    ErrorKind.UNKNOWN_ACCOUNT,
    ErrorKind.REPLAYED,
)
GRANT_TYPE = _entry(40002, "invalid grant_type", _TOKEN)
INVALID_APPID = _entry(40013, "invalid appid", _TOKEN)
INVALID_URL = _entry(40066, "invalid url", _COMMON, ErrorKind.NO_SUCH_OPERATION)
INVALID_SECRET = _entry(40125, "invalid appsecret", _TOKEN + _SEEN)
NOT_IN_WHITELIST = _entry(
    40164,
    "invalid ip {ip} ipv6 ::ffff:{ip}, not in whitelist",
    _TOKEN + _SEEN,
    ip="203.0.113.7",
)
TOKEN_MISSING = _entry(41001, "access_token missing", _COMMON, ErrorKind.NO_CREDENTIALS)
APPID_MISSING = _entry(41002, "appid missing", _TOKEN + _SEEN)
SECRET_MISSING = _entry(41004, "appsecret missing", _TOKEN)
MEDIA_MISSING = _entry(
    41005,
    "media data missing",
    "observed: developers.weixin.qq.com/community, questions of 2023 and 2024",
    ErrorKind.NO_IMAGE,
    ErrorKind.BAD_BODY,
)
TOKEN_EXPIRED = _entry(42001, "access_token expired", _COMMON, ErrorKind.EXPIRED)
REQUIRE_GET = _entry(43001, "require GET method", _COMMON)
REQUIRE_POST = _entry(43002, "require POST method", _COMMON + _SEEN, ErrorKind.WRONG_METHOD)
TOO_FREQUENT = _entry(
    45011,
    "api minute-quota reach limit, must slower, retry next minute",
    _COMMON,
    ErrorKind.RATE_LIMITED,
)
DATA_FORMAT = _entry(
    47001,
    "data format error",
    "doc: developers.weixin.qq.com/doc/channels/API/basics/commErrCode",
    ErrorKind.BAD_PARAMETER,
)
BAD_IMAGE_URL = _entry(101000, "invalid image url", _OCR + _SEEN, ErrorKind.DOWNLOAD_FAILED)
NO_CERTIFICATE = _entry(101001, "certificate not found", _OCR, ErrorKind.NOTHING_FOUND)
DECODE_FAILED = _entry(
    101002,
    "decode image failed",
    _OCR,
    ErrorKind.BAD_IMAGE,
    ErrorKind.IMAGE_FORMAT,
    ErrorKind.IMAGE_TOO_LARGE,
    ErrorKind.IMAGE_SIZE,
    ErrorKind.BODY_TOO_LARGE,
)
NO_QUOTA = _entry(
    101003,
    "not enough market quota",
    _OCR + _SEEN,
    ErrorKind.QUOTA_EXCEEDED,
    ErrorKind.PACKAGE_EXPIRED,
    ErrorKind.ARREARS,
)

ENTRIES = (
    SYSTEM_ERROR,
    INVALID_CREDENTIAL,
    GRANT_TYPE,
    INVALID_APPID,
    _entry(40014, "invalid access_token", _COMMON),
    INVALID_URL,
    INVALID_SECRET,
    NOT_IN_WHITELIST,
    TOKEN_MISSING,
    APPID_MISSING,
    SECRET_MISSING,
    MEDIA_MISSING,
    TOKEN_EXPIRED,
    REQUIRE_GET,
    REQUIRE_POST,
    _entry(43003, "require https", _COMMON + _SEEN),
    _entry(45009, "reach max api daily quota limit", _COMMON),
    TOO_FREQUENT,
    DATA_FORMAT,
    _entry(48001, "api unauthorized", _COMMON + _SEEN, ErrorKind.FORBIDDEN),
    _entry(48004, "api forbidden for irregularities, view detail on mp.weixin.qq.com", _COMMON),
    _entry(50002, "user limited", _COMMON + _SEEN),
    _entry(61007, "api is unauthorized to component", _COMMON + _SEEN),
    BAD_IMAGE_URL,
    NO_CERTIFICATE,
    DECODE_FAILED,
    NO_QUOTA,
)
_HINTED = {
    entry.id
    for entry in (
        SYSTEM_ERROR,
        MEDIA_MISSING,
        REQUIRE_POST,
        BAD_IMAGE_URL,
        NO_CERTIFICATE,
        DECODE_FAILED,
        NO_QUOTA,
    )
}
"""observed: errors of the back ends have a hint, those of the gateway a rid alone."""


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """HTTP status 200 throughout; the message ends with a hint and a request id.

    observed: `media data missing hint: [y6LjOa07867623] rid: 659bce9a-286d435d-16d4557d`, whose
    first part is the time in hex.
    """
    random = request.random()
    hint = f" hint: [{_hint(random)}]" if entry.id in _HINTED else ""
    parts = (int(request.at.timestamp()), random.getrandbits(32), random.getrandbits(32))
    rid = "-".join(f"{part:08x}" for part in parts)
    body = {"errcode": entry.code, "errmsg": f"{entry.message}{hint} rid: {rid}"}
    return Response.of_json(body, 200, code=entry.code, content_type=CONTENT_TYPE)


def _hint(random: Random) -> str:
    """14 characters: five letters or digits, `a`, eight digits."""
    start = "".join(random.choice(_LETTERS) for _ in range(5))
    return f"{start}a{random.randrange(10**8):08d}"
