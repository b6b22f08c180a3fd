"""Huawei Cloud: text recognition (OCR), and the identity service (IAM) that issues its tokens."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.huawei.credentials import EXAMPLE, generate_credentials
from mockocr.vendors.huawei.iam.service import SERVICE as IAM
from mockocr.vendors.huawei.ocr.service import SERVICE as OCR

VENDOR = Vendor(
    name="huawei",
    title="Huawei Cloud OCR (华为云文字识别)",
    credentials=EXAMPLE,
    generate_credentials=generate_credentials,
    services=(OCR, IAM),
)
