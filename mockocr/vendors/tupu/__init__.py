"""Tupu's image recognition as tupu.apistd.com hosts it: one AccessKey in the query, many pictures
in one call.
"""

from __future__ import annotations

from mockocr.core.vendor import Operation, Price, Vendor, ocr
from mockocr.vendors.tupu.auth import claim, mint, sign, verify
from mockocr.vendors.tupu.choices import CHOICES
from mockocr.vendors.tupu.errors import CATALOGUE
from mockocr.vendors.tupu.parse import limits, parse
from mockocr.vendors.tupu.render import billable, refuse, render

VENDOR = Vendor(
    name="tupu",
    title="Tupu (图普科技), hosted by apistd.com",
    hosts=("tupu.apistd.com",),
    operations=(
        Operation(
            name="general_ocr",
            methods=("POST",),
            path="/v3/recognition/general-ocr",
            run=ocr(parse, render, limits),
            source="doc: tupu.apistd.com general OCR page (通用文字识别 OCR)",
            price=Price(
                "doc: tupu.apistd.com general OCR page, the first package is free", free=50
            ),
        ),
    ),
    catalogue=CATALOGUE,
    credentials={"key": "mockocr-dev-key"},
    claim=claim,
    verify=verify,
    sign=sign,
    refuse=refuse,
    mint=mint,
    billable=billable,
    # doc: 30M for a whole request, from the newest page of the original platform
    body_limit=30 * 1024 * 1024,
    choices=CHOICES,
)
