"""The API `ocr-api` as a service: hosts, operations, and how it authenticates and fails."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.aliyun.ocr_api import acs3, auth, envelope
from mockocr.vendors.aliyun.ocr_api.errors import ERRORS
from mockocr.vendors.aliyun.ocr_api.examples import EXAMPLES
from mockocr.vendors.aliyun.ocr_api.operations import (
    recognize_advanced,
    recognize_all_text,
    recognize_bank_card,
    recognize_basic,
    recognize_business_license,
    recognize_driving_license,
    recognize_general,
    recognize_handwriting,
    recognize_idcard,
    recognize_invoice,
    recognize_mixed_invoices,
    recognize_table_ocr,
    recognize_vehicle_license,
)
from mockocr.vendors.aliyun.ocr_api.options import OPTIONS
from mockocr.vendors.aliyun.ocr_api.parameters import is_aliyun_request
from mockocr.vendors.aliyun.ocr_api.pictures import MAX_BYTES


def billed(response: Response) -> bool:
    """guess: a success is paid for, also without text."""
    return response.code == "OK"


SERVICE = Service(
    name="ocr_api",
    namespace="aliyun",
    title="Alibaba Cloud OCR (ocr-api 2021-07-07)",
    hosts=acs3.HOSTS,
    operations=(
        recognize_general.OPERATION,
        recognize_basic.OPERATION,
        recognize_advanced.OPERATION,
        recognize_handwriting.OPERATION,
        recognize_all_text.OPERATION,
        recognize_table_ocr.OPERATION,
        recognize_idcard.OPERATION,
        recognize_bank_card.OPERATION,
        recognize_business_license.OPERATION,
        recognize_driving_license.OPERATION,
        recognize_vehicle_license.OPERATION,
        recognize_invoice.OPERATION,
        recognize_mixed_invoices.OPERATION,
    ),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=envelope.render_error,
    billed=billed,
    body_limit=MAX_BYTES,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=auth.WINDOW,
    add_headers=envelope.add_headers,
    handles=is_aliyun_request,
)
