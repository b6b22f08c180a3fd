"""Tencent Cloud's older OCR interface, recognition.image.myqcloud.com."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.operation import Operation, ocr
from mockocr.core.service import ServiceOption, Vendor
from mockocr.vendors.tencent import auth, cards, parse, render, several
from mockocr.vendors.tencent.errors import CATALOGUE

CHOICES = (
    ServiceOption(
        "confidence",
        "documented",
        "0 to 100 as documented, or 0 to 1 with two more fields as in public logs",
        ("documented", "observed"),
    ),
    ServiceOption(
        "turn",
        "off",
        "read upright text only, or find text at any angle and state it in `angle` (slower)",
        ("off", "on"),
    ),
    ServiceOption(
        "appid_number",
        "refused",
        "an appid that is a JSON number: refused with code 3, or accepted",
        ("refused", "accepted"),
    ),
    ServiceOption(
        "single_use",
        "expired",
        "a signature with e=0: expired (code 9), or good for one call and then a replay (code 13)",
        ("expired", "once"),
    ),
    ServiceOption(
        "namecard",
        "documented",
        "what /ocr/namecard answers: name, phone and uin as its page says, or the list of items of "
        "/ocr/businesscard",
        ("documented", "items"),
    ),
    ServiceOption(
        "buckets",
        "",
        "bucket names that exist, joined with commas; empty: any name will do",
        check=r"([A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*)?",
    ),
)


def billable(response: Response) -> bool:
    """Only a reading is paid for, one of several will do. guess: the pages count calls and say no
    more.
    """
    return response.code == "0"


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
        Operation(
            "generalfast",
            ("POST",),
            "/ocr/generalfast",
            ocr(parse.general, render.general, parse.LIMITS),
            "observed in public clients, which take it for the general one",
        ),
        Operation(
            "handwriting",
            ("POST",),
            "/ocr/handwriting",
            ocr(parse.handwriting, render.handwriting, parse.LIMITS),
            "手写体识别, cloud.tencent.com/document/product/866/17605",
        ),
        Operation(
            "idcard",
            ("POST",),
            "/ocr/idcard",
            ocr(several.id_card, cards.id_card, parse.LIMITS),
            "身份证识别, cloud.tencent.com/document/product/866/17597",
        ),
        Operation(
            "namecard",
            ("POST",),
            "/ocr/namecard",
            ocr(several.name_card, cards.name_card, parse.LIMITS),
            "名片识别（V1）, cloud.tencent.com/document/product/641/12423",
        ),
        Operation(
            "businesscard",
            ("POST",),
            "/ocr/businesscard",
            ocr(several.business_card, cards.business_card, parse.LIMITS),
            "名片识别, cloud.tencent.com/document/product/866",
        ),
        Operation(
            "bankcard",
            ("POST",),
            "/ocr/bankcard",
            ocr(parse.general, render.bank_card, parse.LIMITS),
            "银行卡识别, cloud.tencent.com/document/product/866",
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
