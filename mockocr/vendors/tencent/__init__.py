"""Tencent Cloud's older OCR interface, recognition.image.myqcloud.com."""

from __future__ import annotations

from mockocr.core.vendor import Choice, Operation, Vendor, ocr
from mockocr.core.wire import Reply
from mockocr.vendors.tencent import auth, parse, render
from mockocr.vendors.tencent.errors import CATALOGUE

CHOICES = (
    Choice(
        "confidence",
        "documented",
        "0 to 100 as documented, or 0 to 1 with two more fields as in public logs",
        ("documented", "observed"),
    ),
    Choice(
        "turn",
        "off",
        "read upright text only, or find text at any angle and state it in `angle` (slower)",
        ("off", "on"),
    ),
    Choice(
        "appid_number",
        "refused",
        "an appid that is a JSON number: refused with code 3, or accepted",
        ("refused", "accepted"),
    ),
    Choice(
        "single_use",
        "expired",
        "a signature with e=0: expired (code 9), or good for one call and then a replay (code 13)",
        ("expired", "once"),
    ),
    Choice(
        "buckets",
        "",
        "bucket names that exist, joined with commas; empty: any name will do",
        check=r"([A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*)?",
    ),
)


def billable(reply: Reply) -> bool:
    """Only a reading is paid for. guess: the general page counts calls and says no more."""
    return reply.code == "0"


VENDOR = Vendor(
    name="tencent",
    title="Tencent Cloud OCR (recognition.image.myqcloud.com)",
    hosts=("recognition.image.myqcloud.com", "service.image.myqcloud.com"),
    operations=(
        Operation(
            "general",
            ("POST",),
            "/ocr/general",
            ocr(parse.general, render.general, parse.LIMITS),
            "通用印刷体识别, cloud.tencent.com/document/product/866/17600",
        ),
    ),
    catalogue=CATALOGUE,
    credentials=auth.EXAMPLE,
    claim=auth.claim,
    verify=auth.verify,
    sign=auth.sign,
    refuse=render.refuse,
    mint=auth.mint,
    billable=billable,
    body_limit=parse.BODY_LIMIT,
    lifetime=auth.LIFETIME,
    choices=CHOICES,
    stamp=render.stamp,
    preflight=render.preflight,
)
