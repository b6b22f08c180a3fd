"""Tupu's image recognition, many pictures in one call: as tupu.apistd.com hosts it, with one
AccessKey in the query, and on its original platform, with signed requests and answers.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation, Price, ocr
from mockocr.core.service import Vendor
from mockocr.vendors.tupu import platform, sample_key
from mockocr.vendors.tupu.auth import claim, mint, sign, verify
from mockocr.vendors.tupu.choices import CHOICES
from mockocr.vendors.tupu.errors import CATALOGUE
from mockocr.vendors.tupu.parse import limits, parse
from mockocr.vendors.tupu.render import billable, refuse, render


def say_no(request: Request, row: ErrorEntry) -> Response:
    """The refusal in the form of the API that was asked."""
    return (
        platform.refuse_signed(request, row)
        if platform.secret_id(request)
        else refuse(request, row)
    )


VENDOR = Vendor(
    name="tupu",
    title="Tupu (图普科技), hosted by apistd.com and original",
    # doc: the platform's page of image recognition, with those for callers abroad; sdk: PHP, api4
    hosts=(
        "tupu.apistd.com",
        "api.open.tuputech.com",
        "api-us.open.tuputech.com",
        "api-oversea.open.tuputech.com",
        "api4.open.tuputech.com",
    ),
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
        Operation(
            name="recognition",
            methods=("POST",),
            path=platform.PATH,
            run=ocr(platform.parse_signed, platform.render_signed, limits),
            source="doc: Tupu's own platform, OCR page (cloud.doc.tuputech.com)",
        ),
    ),
    catalogue=CATALOGUE,
    credentials={
        "key": "mockocr-dev-key",
        "secret_id": "c0ffee00c0ffee00c0ffee00",
        "public_key": sample_key.PUBLIC,
        "private_key": sample_key.PRIVATE,
    },
    claim=claim,
    verify=verify,
    sign=sign,
    refuse=say_no,
    mint=mint,
    billable=billable,
    # doc: 30M for a whole request, from the newest page of the original platform
    body_limit=30 * 1024 * 1024,
    choices=CHOICES,
    seal=platform.SEAL,
)
