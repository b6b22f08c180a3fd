"""Alibaba Cloud OCR: the product `ocr-api`, version 2021-07-07."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.aliyun import credentials
from mockocr.vendors.aliyun.ocr_api.service import SERVICE

VENDOR = Vendor(
    name="aliyun",
    title="Alibaba Cloud OCR",
    credentials=credentials.EXAMPLE,
    generate_credentials=credentials.generate_credentials,
    services=(SERVICE,),
)
