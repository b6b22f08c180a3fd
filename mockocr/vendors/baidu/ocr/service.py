"""Baidu's OCR as a service."""

from __future__ import annotations

from datetime import timedelta

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.baidu.access_token import LIFETIME
from mockocr.vendors.baidu.headers import add_headers
from mockocr.vendors.baidu.ocr.auth import claimed, sign, verify
from mockocr.vendors.baidu.ocr.errors import ERRORS, render_error
from mockocr.vendors.baidu.ocr.examples import EXAMPLES
from mockocr.vendors.baidu.ocr.operations import (
    accurate,
    accurate_basic,
    air_ticket,
    bankcard,
    bus_ticket,
    business_license,
    driving_license,
    general,
    general_basic,
    handwriting,
    household_register,
    idcard,
    invoice,
    license_plate,
    multiple_invoice,
    numbers,
    passport,
    quota_invoice,
    table,
    taxi_receipt,
    toll_invoice,
    train_ticket,
    vat_invoice,
    vehicle_license,
    webimage,
    webimage_loc,
)
from mockocr.vendors.baidu.ocr.options import OPTIONS


def billed(response: Response) -> bool:
    """doc: a call counts if it returned a result."""
    return response.code == "0"


SERVICE = Service(
    name="ocr",
    namespace="baidu",
    title="Baidu AI Cloud OCR",
    hosts=("aip.baidubce.com",),
    operations=(
        general_basic.OPERATION,
        general.OPERATION,
        accurate_basic.OPERATION,
        accurate.OPERATION,
        webimage.OPERATION,
        webimage_loc.OPERATION,
        handwriting.OPERATION,
        numbers.OPERATION,
        idcard.OPERATION,
        bankcard.OPERATION,
        business_license.OPERATION,
        vat_invoice.OPERATION,
        multiple_invoice.OPERATION,
        driving_license.OPERATION,
        vehicle_license.OPERATION,
        license_plate.OPERATION,
        table.OPERATION,
        train_ticket.OPERATION,
        taxi_receipt.OPERATION,
        quota_invoice.OPERATION,
        air_ticket.OPERATION,
        bus_ticket.OPERATION,
        toll_invoice.OPERATION,
        invoice.OPERATION,
        passport.OPERATION,
        household_register.OPERATION,
    ),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    # the largest picture has 10 MB when it is encoded; a client may encode it twice
    body_limit=16 * 1024 * 1024,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=timedelta(seconds=LIFETIME),
    add_headers=add_headers,
)
