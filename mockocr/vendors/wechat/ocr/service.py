"""WeChat's OCR as a service."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.wechat.access_token import LIFETIME
from mockocr.vendors.wechat.errors import render_error
from mockocr.vendors.wechat.ocr.auth import claimed, sign, verify
from mockocr.vendors.wechat.ocr.errors import ERRORS
from mockocr.vendors.wechat.ocr.examples import EXAMPLES
from mockocr.vendors.wechat.ocr.operations import (
    bankcard,
    bizlicense,
    comm,
    driving,
    drivinglicense,
    idcard,
    platenum,
)
from mockocr.vendors.wechat.ocr.options import OPTIONS


def billed(response: Response) -> bool:
    """guess: a call counts if something was read."""
    return response.code == "0"


SERVICE = Service(
    name="ocr",
    namespace="wechat",
    title="WeChat OCR",
    hosts=(
        "api.weixin.qq.com",
        "api2.weixin.qq.com",  # doc: guide on domain names, the others serve the same
        "sh.api.weixin.qq.com",
        "sz.api.weixin.qq.com",
        "hk.api.weixin.qq.com",
    ),
    operations=(
        comm.OPERATION,
        idcard.OPERATION,
        bankcard.OPERATION,
        drivinglicense.OPERATION,
        driving.OPERATION,
        bizlicense.OPERATION,
        platenum.OPERATION,
    ),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    # a picture of 2 MB and the parts around it
    body_limit=3 * 1024 * 1024,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=LIFETIME,
)
