"""The OCR service."""

from __future__ import annotations

from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.huawei.gateway import BODY_LIMIT, add_headers, billed
from mockocr.vendors.huawei.gateway_auth import WINDOW
from mockocr.vendors.huawei.ocr import auth
from mockocr.vendors.huawei.ocr.errors import ERRORS, render_error
from mockocr.vendors.huawei.ocr.examples import EXAMPLES
from mockocr.vendors.huawei.ocr.operations import (
    bankcard,
    business_license,
    driver_license,
    general_table,
    general_text,
    handwriting,
    id_card,
    license_plate,
    passport,
    vat_invoice,
    vehicle_license,
    web_image,
)
from mockocr.vendors.huawei.ocr.options import OPTIONS

SERVICE = Service(
    name="ocr",
    namespace="huawei",
    title="Huawei Cloud OCR (华为云文字识别)",
    hosts=auth.HOSTS,
    operations=(
        web_image.OPERATION,
        general_text.OPERATION,
        handwriting.OPERATION,
        id_card.OPERATION,
        bankcard.OPERATION,
        business_license.OPERATION,
        driver_license.OPERATION,
        vehicle_license.OPERATION,
        license_plate.OPERATION,
        passport.OPERATION,
        vat_invoice.OPERATION,
        general_table.OPERATION,
    ),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=WINDOW,
    add_headers=add_headers,
    recorded=RecordedFields(varying=("X-ModelArts-Latency",), headers=("X-ModelArts-Latency",)),
)
