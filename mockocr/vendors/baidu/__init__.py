"""Baidu AI Cloud (百度智能云) OCR, and the OAuth endpoint that hands out its tokens."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.baidu.credentials import EXAMPLE, generate_credentials
from mockocr.vendors.baidu.oauth.service import SERVICE as OAUTH
from mockocr.vendors.baidu.ocr.service import SERVICE as OCR

VENDOR = Vendor(
    name="baidu",
    title="Baidu AI Cloud OCR (百度智能云文字识别)",
    credentials=EXAMPLE,
    generate_credentials=generate_credentials,
    services=(OAUTH, OCR),
)
