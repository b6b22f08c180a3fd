"""Tencent's API 3.0 for OCR: hosts, operations, and how it authenticates and fails."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.tencent.cloud import auth, rendering
from mockocr.vendors.tencent.cloud.action import BODY_LIMIT
from mockocr.vendors.tencent.cloud.card_errors import NO_BUSINESS_CARD
from mockocr.vendors.tencent.cloud.errors import EMPTY_IMAGE, ERRORS
from mockocr.vendors.tencent.cloud.examples import EXAMPLES
from mockocr.vendors.tencent.cloud.operations import (
    bank_card,
    biz_license,
    business_card,
    driver_license,
    english,
    general_accurate,
    general_basic,
    general_efficient,
    general_fast,
    general_handwriting,
    id_card,
    license_plate,
    recognize_general_invoice,
    recognize_table,
    recognize_table_accurate,
    text_detect,
    vat_invoice,
    vehicle_license,
)
from mockocr.vendors.tencent.cloud.options import OPTIONS
from mockocr.vendors.tencent.cloud.parameters import is_cloud_request

_BILLED = {
    "OK",
    EMPTY_IMAGE.code,
    NO_BUSINESS_CARD.code,
    "FailedOperation.InvoiceMismatch",
    "ResourceNotFound.NoInvoice",
}


def billed(response: Response) -> bool:
    """A recognised picture is paid for, and four errors are. doc: 错误码计费说明 (866/45470)."""
    return response.code in _BILLED


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
        id_card.OPERATION,
        bank_card.OPERATION,
        business_card.OPERATION,
        biz_license.OPERATION,
        license_plate.OPERATION,
        driver_license.OPERATION,
        vehicle_license.OPERATION,
        vat_invoice.OPERATION,
        recognize_general_invoice.OPERATION,
        recognize_table.OPERATION,
        recognize_table_accurate.OPERATION,
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
