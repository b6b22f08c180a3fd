"""Aliyun's API market: 拇指云's 图片文字识别 and Aliyun's own two text services behind the gateway,
and 拇指云's own platform without one.

The guide gives its two interfaces no path, and nothing public tells the platform's: those three
paths are ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.operation import Operation, Price, ocr
from mockocr.core.service import Vendor
from mockocr.vendors.aliyun_market import platform, predict, prism
from mockocr.vendors.aliyun_market.auth import EXAMPLE, IN_QUERY, VENDOR_NAME, claim, sign, verify
from mockocr.vendors.aliyun_market.errors import CATALOGUE
from mockocr.vendors.aliyun_market.parse import (
    DATA_PREFIX,
    VER,
    limits,
    parse_accurate,
    parse_handwriting,
    parse_ocr,
)
from mockocr.vendors.aliyun_market.render import GATEWAY, billable, refuse, render, stamp

BODY_LIMIT = 8 * 1024 * 1024
"""guess: no page gives the gateway's limit for market APIs; a 1 MB picture fits in every form."""


def mint(text: str) -> Mapping[str, str]:
    """Fresh credentials. Real AppKeys have nine digits; twelve keep many accounts apart."""
    return {
        "appcode": text[:32],
        "appkey": str(10**11 + int(text, 16) % (9 * 10**11)),
        "appsecret": text[8:],
        "platform_appid": "mock" + text[:28],
        "platform_secret": text[::-1][:32],
    }


VENDOR = Vendor(
    name=VENDOR_NAME,
    title="Aliyun API market (阿里云云市场), 拇指云 and Aliyun's own",
    hosts=(
        "ocrimg.market.alicloudapi.com",
        "tysbgpu.market.alicloudapi.com",
        "gjbsb.market.alicloudapi.com",
    ),
    operations=(
        Operation(
            "ocr",
            ("POST",),
            "/ocr",
            ocr(parse_ocr, render, limits),
            "doc: 图片文字识别 product page (cmapi00066983)",
            price=Price("doc: 图片文字识别 product page, 20000 yuan for a million calls", 0.02),
        ),
        Operation(
            "accurate",
            ("GET", "POST"),
            "/thumb/ocr",
            ocr(parse_accurate, render, limits),
            "doc: 图片文字识别 API guide, interface 1 (the path is ours)",
        ),
        Operation(
            "handwriting",
            ("GET", "POST"),
            "/thumb/handwriting",
            ocr(parse_handwriting, render, limits),
            "doc: 图片文字识别 API guide, interface 2 (the path is ours)",
        ),
        Operation(
            "platform",
            ("POST",),
            platform.PATH,
            ocr(parse_ocr, render, limits),
            "doc: 图片文字识别 product page, failure table (path and signing rule are ours)",
        ),
        Operation(
            "ocr_general",
            ("POST",),
            "/api/predict/ocr_general",
            ocr(predict.parse, predict.render, predict.LIMITS),
            "doc: market product 通用文字识别 (cmapi020020, tysbgpu)",
        ),
        Operation(
            "advanced",
            ("POST",),
            "/ocrservice/advanced",
            ocr(prism.parse, prism.render, prism.LIMITS),
            "doc: market product 全文识别高精版 (cmapi028554, gjbsb)",
        ),
    ),
    catalogue=CATALOGUE,
    credentials=EXAMPLE,
    claim=claim,
    verify=verify,
    sign=sign,
    refuse=refuse,
    mint=mint,
    billable=billable,
    body_limit=BODY_LIMIT,
    choices=(IN_QUERY, GATEWAY, VER, DATA_PREFIX),
    stamp=stamp,
)
