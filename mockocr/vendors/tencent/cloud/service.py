"""Tencent Cloud's API 3.0 for OCR, ocr.tencentcloudapi.com, version 2018-11-19.

A vendor of its own beside `tencent`: host, credentials on the wire, envelope, error table and
limits are all different; only the SecretId and SecretKey are the same.
"""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.operation import Operation, ocr
from mockocr.core.service import ServiceOption, Vendor
from mockocr.vendors.tencent_cloud import actions, auth, parse, render, request
from mockocr.vendors.tencent_cloud.errors import CATALOGUE, EMPTY_IMAGE

CHOICES = (
    ServiceOption(
        "turn",
        "off",
        "read upright text only, or find text at any angle and state it in `Angle` (slower)",
        ("off", "on"),
    ),
)

RENDERS: dict[actions.Action, render.Render] = {
    actions.BASIC: render.basic,
    actions.ACCURATE: render.accurate,
    actions.EFFICIENT: render.efficient,
    actions.FAST: render.fast,
    actions.HANDWRITING: render.handwriting,
    actions.ENGLISH: render.english,
    actions.DETECT: render.detect,
}


def billable(response: Response) -> bool:
    """A reading, and an empty picture too. doc: 错误码计费说明 (866/45470)."""
    return response.code in ("OK", EMPTY_IMAGE.code)


def _operation(action: actions.Action, answer: render.Render) -> Operation:
    return Operation(
        action.operation,
        ("POST", "GET"),
        "/",
        ocr(parse.parser(action), answer, parse.limiter(action)),
        f"{action.title} {action.name}, cloud.tencent.com/document/product/866/{action.page}",
        when=action.asked,
    )


VENDOR = Vendor(
    name="tencent_cloud",
    title="Tencent Cloud OCR, API 3.0 (ocr.tencentcloudapi.com)",
    hosts=("ocr.tencentcloudapi.com", "ocr.{region}.tencentcloudapi.com"),
    operations=tuple(_operation(action, answer) for action, answer in RENDERS.items()),
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
    addressed=request.addressed,
)
