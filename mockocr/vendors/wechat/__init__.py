"""WeChat (微信开放平台): the OCR of official accounts and mini programs, and its access tokens."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.wechat.credentials import EXAMPLE, generate_credentials
from mockocr.vendors.wechat.ocr.service import SERVICE as OCR
from mockocr.vendors.wechat.token.service import SERVICE as TOKEN

VENDOR = Vendor(
    name="wechat",
    title="WeChat OCR (微信 OCR 识别)",
    credentials=EXAMPLE,
    generate_credentials=generate_credentials,
    services=(TOKEN, OCR),
)
