"""The literal responses of the gateway, written out and not taken from its error table."""

from __future__ import annotations

import pytest

from mockocr.core.http import Request, Response
from mockocr.core.service import Service
from tests.vendors.aliyun_market.harness import DEFAULTS, post

CLASSIC = post("/ocr", b"", ("Host", "market.example"), form=False)
LATER = CLASSIC.replaced(options={**DEFAULTS, "gateway": "vpc"})

BOTH_GENERATIONS = [
    (
        "missing_credentials",
        400,
        "Invalid AppKey",
        400,
        "A400MA",
        "Need authorization, X-Ca-Key or Authorization: APPCODE ... is required",
    ),
    ("Invalid AppCode", 400, "Invalid AppCode", 400, "A400AC", "Invalid AppCode `not exists`"),
    ("Invalid AppKey", 400, "Invalid AppKey", 400, "A400IK", "Invalid AppKey"),
    (
        "Invalid AppSecret",
        400,
        "Invalid AppSecret",
        403,
        "A403IS",
        "Invalid Signature, Server StringToSign:`POST#####/ocr`",
    ),
    (
        "Invalid Signature",
        400,
        "Invalid Signature, Server StringToSign:`GET#application/json####X-Ca-Key:203753385#/ocr`",
        403,
        "A403IS",
        "Invalid Signature, Server StringToSign:`POST#####/ocr`",
    ),
    (
        "Empty Signature",
        401,
        "Empty Signature",
        403,
        "A403IS",
        "Invalid Signature, Server StringToSign:`POST#####/ocr`",
    ),
    (
        "empty_signature_404",
        404,
        "Empty Signature",
        403,
        "A403IS",
        "Invalid Signature, Server StringToSign:`POST#####/ocr`",
    ),
    ("Timestamp Expired", 400, "Timestamp Expired", 403, "S403TE", "X-Ca-Timestamp is expired"),
    ("Invalid Timestamp", 400, "Invalid Timestamp", 403, "S403TE", "X-Ca-Timestamp is expired"),
    ("Nonce Used", 400, "Nonce Used", 403, "S403NU", "Nonce Used"),
    ("Unauthorized", 403, "Unauthorized", 403, "I403AA", "Unauthorized"),
    (
        "Expiry of Authorization",
        403,
        "Expiry of Authorization",
        403,
        "A403EP",
        "App authorization expired",
    ),
    (
        "Quota Exhausted",
        403,
        "Quota Exhausted",
        403,
        "B403MQ",
        "Api Market Subscription quota exhausted",
    ),
    ("Quota Expired", 403, "Quota Expired", 403, "B403ME", "Api Market Subscription expired"),
    ("User Arrears", 403, "User Arrears", 403, "B403OD", "Provider Account Overdue"),
    (
        "Throttled by API Flow Control",
        403,
        "Throttled by API Flow Control",
        429,
        "T429PA",
        "Throttled by API Flow Control",
    ),
    (
        "Throttled by GROUP Flow Control",
        403,
        "Throttled by GROUP Flow Control",
        429,
        "T429GR",
        "Throttled by GROUP Flow Control",
    ),
    (
        "Throttled by USER Flow Control",
        403,
        "Throttled by USER Flow Control",
        429,
        "T429PA",
        "Throttled by API Flow Control",
    ),
    (
        "Throttled by APP Flow Control",
        403,
        "Throttled by APP Flow Control",
        429,
        "T429PA",
        "Throttled by API Flow Control",
    ),
    (
        "Throttled by DOMAIN Flow Control",
        403,
        "Throttled by DOMAIN Flow Control",
        429,
        "T429ID",
        "Throttled by INNER DOMAIN Flow Control",
    ),
    ("Invalid Url", 400, "Invalid Url", 404, "I404NF", "API not found `/ocr`"),
    ("unknown_stage", 400, "Invalid Url", 400, "I400SG", "Invalid Stage"),
    ("API Not Found", 400, "API Not Found", 404, "I404NF", "API not found `/ocr`"),
    ("Invalid HttpMethod", 400, "Invalid HttpMethod", 405, "I405UM", "Unsupported Method `POST`"),
    ("Invalid Domain", 400, "Invalid Domain", 404, "I404DO", "Invalid Domain `market.example`"),
    (
        "API unsupport the channel",
        403,
        "API unsupport the channel: HTTP",
        403,
        "I403PT",
        "Invalid protocol HTTP unsupported",
    ),
    (
        "Invalid Param Location",
        400,
        "Invalid Param Location",
        400,
        "I400IP",
        "Invalid Parameter `url`",
    ),
    (
        "Empty Request Body",
        400,
        "Empty Request Body",
        400,
        "I400BD",
        "Invalid Body: cannot be parsed",
    ),
    (
        "Invalid Request Body",
        400,
        "Invalid Request Body",
        400,
        "I400BD",
        "Invalid Body: cannot be parsed",
    ),
    ("Invalid Content-MD5", 400, "Invalid Content-MD5", 400, "I400I5", "Invalid Content-MD5"),
    (
        "Unsupported Multipart",
        400,
        "Unsupported Multipart",
        400,
        "I400BD",
        "Invalid Body: cannot be parsed",
    ),
    ("Payload Too Large", 413, "Payload Too Large", 413, "I413RL", "Request body too Large"),
    ("Async Service", 504, "Async Service", 504, "D504TO", "Backend service request timeout"),
    (
        "Failed To Invoke Backend Service",
        500,
        "Failed To Invoke Backend Service",
        504,
        "D504CO",
        "Backend service connect failed `no answer`",
    ),
    ("Service Unavailable", 503, "Service Unavailable", 503, "X503BZ", "Service Busy"),
    ("Internal Error", 500, "Internal Error", 500, "X500ER", "Internal Error"),
]
"""Id, status and message of the classic gateway; status, code and message of the later one."""

LATER_ALONE = [
    ("A400MA", 400, "Need authorization, X-Ca-Key or Authorization: APPCODE ... is required"),
    ("A400AC", 400, "Invalid AppCode `not exists`"),
    ("A401AC", 401, "Invalid AppCode `not exists`"),
    ("I403AA", 403, "Unauthorized"),
    ("A403EP", 403, "App authorization expired"),
    ("B403MQ", 403, "Api Market Subscription quota exhausted"),
    ("B403ME", 403, "Api Market Subscription expired"),
    ("B403MI", 403, "Api Market Subscription invalid"),
    ("B403OD", 403, "Provider Account Overdue"),
    ("B403MO", 403, "Provider Account Overdue"),
    ("T429PA", 429, "Throttled by API Flow Control"),
    ("T429ID", 429, "Throttled by INNER DOMAIN Flow Control"),
    ("T429IN", 429, "Throttled by INSTANCE Flow Control"),
    ("T429GR", 429, "Throttled by GROUP Flow Control"),
    ("T429PR", 429, "Throttled by PLUGIN Flow Control"),
    ("T429SR", 429, "Throttled by SERVER Flow Control"),
    ("T429MR", 429, "Throttled by MARKET Flow Control"),
    ("I404NF", 404, "API not found `/ocr`"),
    ("I405UM", 405, "Unsupported Method `BREW`"),
    ("I404DO", 404, "Invalid Domain `example.com`"),
    ("I400SG", 400, "Invalid Stage"),
    ("I403PT", 403, "Invalid protocol HTTP unsupported"),
    ("A400IK", 400, "Invalid AppKey"),
    (
        "A403IS",
        403,
        "Invalid Signature, Server StringToSign:`GET#application/json####X-Ca-Key:203753385#/ocr`",
    ),
    ("S403TE", 403, "X-Ca-Timestamp is expired"),
    ("S403NU", 403, "Nonce Used"),
    ("I400I5", 400, "Invalid Content-MD5"),
    ("I400MP", 400, "Parameter `url` is Required"),
    ("I400IP", 400, "Invalid Parameter `url`"),
    ("I400BD", 400, "Invalid Body: cannot be parsed"),
    ("I400CT", 400, "Invalid Content-Type: `text/plain`"),
    ("I413RL", 413, "Request body too Large"),
    ("I413UL", 413, "Request URL too Large"),
    ("D504CO", 504, "Backend service connect failed `no answer`"),
    ("D504TO", 504, "Backend service request timeout"),
    ("X503BZ", 503, "Service Busy"),
    ("X500ER", 500, "Internal Error"),
    ("I400HD", 400, "Invalid Header `X-Ca-Timestamp` is malformed"),
    ("I400MH", 400, "Header `X-Ca-Key` is Required"),
    ("I400PA", 400, "Invalid Request Path `/ocr`"),
    ("I400RU", 400, "Invalid Request Uri `/ocr`"),
    ("I410GG", 410, "Group's instance invalid"),
    ("X400PM", 400, "Invalid plugin meta no such plugin"),
]
"""Id (the code too), status and message."""

IDS = [row[0] for row in (*BOTH_GENERATIONS, *LATER_ALONE)]

every_entry_of_both = pytest.mark.parametrize(
    ("id", "status", "message", "later_status", "later_code", "later_message"),
    BOTH_GENERATIONS,
    ids=[row[0] for row in BOTH_GENERATIONS],
)
every_later_entry = pytest.mark.parametrize(
    ("id", "status", "message"), LATER_ALONE, ids=[row[0] for row in LATER_ALONE]
)


def response_of(service: Service, request: Request, id: str) -> Response:
    """The service's response when that entry is sent on demand."""
    entry = service.errors.find(id)
    assert entry is not None
    assert entry.id == id
    return service.render_error(request, entry.filled({}))


def assert_classic(response: Response, status: int, message: str) -> None:
    """The classic response: headers alone, but for the end of a quota."""
    assert response.status == status
    headers = (("Server", "Tengine"), ("X-Ca-Error-Message", message))
    if message == "Quota Exhausted":
        assert response.body == b"Quota Exhausted"
        assert response.headers == (("Content-Type", "text/plain; charset=utf-8"), *headers)
    else:
        assert response.body == b""
        assert response.headers == headers
    assert message.startswith(response.code)


def assert_later(response: Response, status: int, code: str, message: str) -> None:
    """The response of the later generation: headers alone."""
    assert response.status == status
    assert response.body == b""
    assert response.headers == (
        ("Content-Type", "application/oct-stream"),
        ("Server", "Kaede/3.5.3.523(zb001t4h6)"),
        ("X-Ca-Error-Code", code),
        ("X-Ca-Error-Message", message),
    )
    assert response.code == code
