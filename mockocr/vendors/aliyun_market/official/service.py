"""Aliyun's own 通用文字识别 and 全文识别高精版, behind the gateway."""

from __future__ import annotations

from mockocr.core.service import Service
from mockocr.vendors.aliyun_market.gateway.options import BODY_LIMIT
from mockocr.vendors.aliyun_market.gateway.rendering import add_headers, billed
from mockocr.vendors.aliyun_market.official.auth import claimed, sign, verify
from mockocr.vendors.aliyun_market.official.errors import ERRORS, render_error
from mockocr.vendors.aliyun_market.official.examples import EXAMPLES
from mockocr.vendors.aliyun_market.official.operations import advanced, ocr_general
from mockocr.vendors.aliyun_market.official.options import ADVANCED_ERRORS

SERVICE = Service(
    name="official",
    namespace="aliyun_market",
    title="Aliyun's own text recognition, behind the gateway",
    hosts=(
        "tysbgpu.market.alicloudapi.com",
        "gjbsb.market.alicloudapi.com",
        "ocrapi-advanced.taobao.com",  # observed: older public clients of ocrservice/advanced
    ),
    operations=(ocr_general.OPERATION, advanced.OPERATION),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=(ADVANCED_ERRORS,),
    add_headers=add_headers,
)
