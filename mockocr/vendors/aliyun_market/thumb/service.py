"""拇指云's service behind the gateway: 图片文字识别, and the two interfaces of its older guide."""

from __future__ import annotations

from mockocr.core.service import Service
from mockocr.vendors.aliyun_market.gateway.options import APPCODE_IN_QUERY, BODY_LIMIT, GATEWAY
from mockocr.vendors.aliyun_market.gateway.rendering import add_headers, billed
from mockocr.vendors.aliyun_market.thumb.auth import claimed, sign, verify
from mockocr.vendors.aliyun_market.thumb.errors import ERRORS, render_error
from mockocr.vendors.aliyun_market.thumb.examples import EXAMPLES
from mockocr.vendors.aliyun_market.thumb.operations import accurate, handwriting, ocr
from mockocr.vendors.aliyun_market.thumb.options import DATA_PREFIX, VER

SERVICE = Service(
    name="thumb",
    namespace="aliyun_market",
    title="图片文字识别 by 拇指云, behind the gateway",
    hosts=("ocrimg.market.alicloudapi.com",),
    operations=(ocr.OPERATION, accurate.OPERATION, handwriting.OPERATION),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    # the options of a namespace are declared once: the two other services read them too
    options=(APPCODE_IN_QUERY, GATEWAY, VER, DATA_PREFIX),
    add_headers=add_headers,
)
