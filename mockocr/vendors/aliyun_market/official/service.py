"""Aliyun's own text recognition, cards, licences, invoices and tables, behind the gateway."""

from __future__ import annotations

from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.aliyun_market.gateway.options import BODY_LIMIT
from mockocr.vendors.aliyun_market.gateway.rendering import add_headers, billed
from mockocr.vendors.aliyun_market.official.auth import claimed, sign, verify
from mockocr.vendors.aliyun_market.official.errors import ERRORS, render_error
from mockocr.vendors.aliyun_market.official.examples import EXAMPLES
from mockocr.vendors.aliyun_market.official.operations import (
    advanced,
    invoice,
    ocr_bank_card,
    ocr_business_license,
    ocr_driver_license,
    ocr_general,
    ocr_idcard,
    ocr_table_parse,
    ocr_train_ticket,
    ocr_vehicle,
    ocr_vehicle_plate,
)
from mockocr.vendors.aliyun_market.official.options import ADVANCED_ERRORS

SERVICE = Service(
    name="official",
    namespace="aliyun_market",
    title="Aliyun's own text recognition, behind the gateway",
    hosts=(
        "tysbgpu.market.alicloudapi.com",
        "gjbsb.market.alicloudapi.com",
        "ocrapi-advanced.taobao.com",  # observed: older public clients of ocrservice/advanced
        # observed: public clients of the cards, licences, invoices and tables
        "dm-51.data.aliyun.com",
        "dm-52.data.aliyun.com",
        "dm-53.data.aliyun.com",
        "dm-58.data.aliyun.com",
        "cardnumber.market.alicloudapi.com",
        "cardpack.market.alicloudapi.com",
        "bizlicense.market.alicloudapi.com",
        "ocrcp.market.alicloudapi.com",
        "ocrhcp.market.alicloudapi.com",
        "yhk.market.alicloudapi.com",
        "form.market.alicloudapi.com",
        "ocrapi-document.taobao.com",
        "ocrapi-invoice.taobao.com",
    ),
    operations=(
        ocr_general.OPERATION,
        advanced.OPERATION,
        ocr_idcard.OPERATION,
        ocr_business_license.OPERATION,
        ocr_vehicle.OPERATION,
        ocr_vehicle_plate.OPERATION,
        ocr_bank_card.OPERATION,
        ocr_driver_license.OPERATION,
        ocr_train_ticket.OPERATION,
        ocr_table_parse.OPERATION,
        invoice.OPERATION,
    ),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=(ADVANCED_ERRORS,),
    add_headers=add_headers,
    recorded=RecordedFields(ids=("sid",)),
)
