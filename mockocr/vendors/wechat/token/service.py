"""The token endpoints as a service."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.wechat.errors import render_error
from mockocr.vendors.wechat.token.auth import claimed, sign, verify
from mockocr.vendors.wechat.token.errors import ERRORS
from mockocr.vendors.wechat.token.examples import EXAMPLES
from mockocr.vendors.wechat.token.operations import stable_token, token


def billed(response: Response) -> bool:
    """Whether a token was issued; it costs nothing."""
    return response.code == "0"


SERVICE = Service(
    name="token",
    namespace="wechat",
    title="WeChat access tokens",
    hosts=(),
    operations=(token.OPERATION, stable_token.OPERATION),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    body_limit=64 * 1024,
    examples=EXAMPLES,
)
