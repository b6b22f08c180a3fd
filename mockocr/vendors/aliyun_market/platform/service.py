"""拇指云's own platform, without a gateway: its own credentials, and HTTP 666 for every error."""

from __future__ import annotations

from mockocr.core.service import Service
from mockocr.vendors.aliyun_market.gateway.options import BODY_LIMIT
from mockocr.vendors.aliyun_market.gateway.rendering import billed
from mockocr.vendors.aliyun_market.platform.auth import WINDOW, claimed, sign, verify
from mockocr.vendors.aliyun_market.platform.errors import ERRORS, render_error
from mockocr.vendors.aliyun_market.platform.examples import EXAMPLES
from mockocr.vendors.aliyun_market.platform.operations import platform

SERVICE = Service(
    name="platform",
    namespace="aliyun_market",
    title="图片文字识别 on 拇指云's own platform",
    hosts=(),  # no public page names one
    operations=(platform.OPERATION,),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    lifetime=WINDOW,
)
