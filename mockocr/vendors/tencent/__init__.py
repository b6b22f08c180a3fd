"""Tencent Cloud: the legacy OCR API and API 3.0, with one key pair for both."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.tencent import credentials
from mockocr.vendors.tencent.cloud.service import SERVICE as CLOUD
from mockocr.vendors.tencent.legacy.service import SERVICE as LEGACY

VENDOR = Vendor(
    name="tencent",
    title="Tencent Cloud OCR",
    credentials=credentials.EXAMPLE,
    generate_credentials=credentials.generate_credentials,
    services=(LEGACY, CLOUD),
)
