"""The errors of the gateway's later generation (VPC).

It names an error in `X-Ca-Error-Code`, six characters of which the second to fourth are the HTTP
status, and in `X-Ca-Error-Message`.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.vendors.aliyun_market.gateway.entry import GatewayEntry

SIGNATURE_MESSAGE = "Invalid Signature, Server StringToSign:`{string}`"
EXAMPLE_STRING = "GET#application/json####X-Ca-Key:203753385#/ocr"

_CODES = "doc: API gateway error code table (traditional gateway)"
_CLIENT = "observed: error codes listed by a shipped Kotlin client"
_CLIENT_CODE = f"{_CLIENT}; the text is a guess"
_SAMPLES = "observed: market vendors' own sample code compares this text"
_MEMORY = "guess: text from memory, code after the documented pattern"
_THROTTLED = "observed: code listed by a shipped Kotlin client; the word in the middle is a guess"


def _entry(code: str, message: str, source: str, **sample: str) -> GatewayEntry:
    return GatewayEntry(int(code[1:4]), code, message, source, (), sample)


LATER_ENTRIES: tuple[GatewayEntry, ...] = (
    _entry(
        "A400MA",
        "Need authorization, X-Ca-Key or Authorization: APPCODE ... is required",
        "observed: code and first two words in a shipped Kotlin client; the rest is a guess",
    ),
    _entry("A400AC", "Invalid AppCode `not exists`", _SAMPLES),
    _entry("A401AC", "Invalid AppCode `not exists`", _CLIENT_CODE),
    _entry("I403AA", "Unauthorized", _CLIENT),
    _entry("A403EP", "App authorization expired", _CLIENT),
    _entry(
        "B403MQ",
        "Api Market Subscription quota exhausted",
        "observed: a 403 of a market API logged on 2021-03-12",
    ),
    _entry("B403ME", "Api Market Subscription expired", _CLIENT),
    _entry("B403MI", "Api Market Subscription invalid", _CLIENT),
    _entry("B403OD", "Provider Account Overdue", _CLIENT),
    _entry("B403MO", "Provider Account Overdue", _CLIENT),
    _entry("T429PA", "Throttled by API Flow Control", _THROTTLED),
    _entry("T429ID", "Throttled by INNER DOMAIN Flow Control", _THROTTLED),
    _entry("T429IN", "Throttled by INSTANCE Flow Control", _THROTTLED),
    _entry("T429GR", "Throttled by GROUP Flow Control", _THROTTLED),
    _entry("T429PR", "Throttled by PLUGIN Flow Control", _THROTTLED),
    _entry("T429SR", "Throttled by SERVER Flow Control", _THROTTLED),
    _entry("T429MR", "Throttled by MARKET Flow Control", _THROTTLED),
    _entry("I404NF", "API not found `{path}`", _CODES, path="/ocr"),
    _entry("I405UM", "Unsupported Method `{method}`", _CODES, method="BREW"),
    _entry("I404DO", "Invalid Domain `{host}`", _CODES, host="example.com"),
    _entry("I400SG", "Invalid Stage", _CODES),
    _entry("I403PT", "Invalid protocol {protocol} unsupported", _CODES, protocol="HTTP"),
    _entry("A400IK", "Invalid AppKey", _CLIENT),
    _entry(
        "A403IS",
        SIGNATURE_MESSAGE,
        "doc: API gateway error resolution page",
        string=EXAMPLE_STRING,
    ),
    _entry("S403TE", "X-Ca-Timestamp is expired", _MEMORY),
    _entry("S403NU", "Nonce Used", _MEMORY),
    _entry("I400I5", "Invalid Content-MD5", _CLIENT_CODE),
    _entry("I400MP", "Parameter `{name}` is Required", _CLIENT_CODE, name="url"),
    _entry("I400IP", "Invalid Parameter `{name}`", _CLIENT_CODE, name="url"),
    _entry("I400BD", "Invalid Body: {reason}", _CODES, reason="cannot be parsed"),
    _entry("I400CT", "Invalid Content-Type: `{type}`", _CODES, type="text/plain"),
    _entry("I413RL", "Request body too Large", _CODES),
    _entry("I413UL", "Request URL too Large", _CODES),
    _entry("D504CO", "Backend service connect failed `{reason}`", _CODES, reason="no answer"),
    _entry("D504TO", "Backend service request timeout", _CODES),
    _entry("X503BZ", "Service Busy", _CLIENT),
    _entry("X500ER", "Internal Error", _CLIENT_CODE),
    _entry(
        "I400HD",
        "Invalid Header `{header}` {reason}",
        _CODES,
        header="X-Ca-Timestamp",
        reason="is malformed",
    ),
    _entry("I400MH", "Header `{header}` is Required", _CODES, header="X-Ca-Key"),
    _entry("I400PA", "Invalid Request Path `{path}`", _CODES, path="/ocr"),
    _entry("I400RU", "Invalid Request Uri `{path}`", _CODES, path="/ocr"),
    _entry("I410GG", "Group's instance invalid", _CODES),
    _entry("X400PM", "Invalid plugin meta {reason}", _CODES, reason="no such plugin"),
)

LATER_BY_CODE: Mapping[str, GatewayEntry] = {str(entry.code): entry for entry in LATER_ENTRIES}
