"""Tencent's API 3.0 for OCR: hosts, operations, and how it authenticates and fails."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.tencent.cloud import auth, rendering
from mockocr.vendors.tencent.cloud.action import BODY_LIMIT
from mockocr.vendors.tencent.cloud.errors import EMPTY_IMAGE, ERRORS
from mockocr.vendors.tencent.cloud.examples import EXAMPLES
from mockocr.vendors.tencent.cloud.operations import (
    english,
    general_accurate,
    general_basic,
    general_efficient,
    general_fast,
    general_handwriting,
    text_detect,
)
from mockocr.vendors.tencent.cloud.options import OPTIONS
from mockocr.vendors.tencent.cloud.parameters import is_cloud_request


def billed(response: Response) -> bool:
    """A recognised picture is paid for, and an empty one too. doc: 错误码计费说明 (866/45470)."""
    return response.code in ("OK", EMPTY_IMAGE.code)


SERVICE = Service(
    name="cloud",
    namespace="tencent_cloud",
    title="Tencent Cloud OCR, API 3.0 (ocr.tencentcloudapi.com)",
    hosts=("ocr.tencentcloudapi.com", "ocr.{region}.tencentcloudapi.com"),
    operations=(
        general_basic.OPERATION,
        general_accurate.OPERATION,
        general_efficient.OPERATION,
        general_fast.OPERATION,
        general_handwriting.OPERATION,
        english.OPERATION,
        text_detect.OPERATION,
    ),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=rendering.render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=auth.LIFETIME,
    add_headers=rendering.add_headers,
    handles=is_cloud_request,
)
