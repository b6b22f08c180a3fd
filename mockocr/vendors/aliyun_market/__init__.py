"""Aliyun's API market: 拇指云's text recognition and Aliyun's own, both behind the API gateway, and
拇指云's own platform, which has no gateway.
"""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.aliyun_market.credentials import EXAMPLE, generate_credentials
from mockocr.vendors.aliyun_market.official.service import SERVICE as OFFICIAL
from mockocr.vendors.aliyun_market.platform.service import SERVICE as PLATFORM
from mockocr.vendors.aliyun_market.thumb.service import SERVICE as THUMB

VENDOR = Vendor(
    name="aliyun_market",
    title="Aliyun API market (阿里云云市场), 拇指云 and Aliyun's own",
    credentials=EXAMPLE,
    generate_credentials=generate_credentials,
    services=(THUMB, PLATFORM, OFFICIAL),
)
