"""ocrservice/invoice, Aliyun's 增值税发票识别: the fields of a VAT invoice under Chinese names.

observed: names of the fields and of the rows in public clients (2019, 2025); the order is a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Remote, Source
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.documents.char_map import NOTHING
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Kind, find_document, why_none
from mockocr.vendors.aliyun_market.official.errors import (
    ADVANCED_JSON,
    INVOICE_PATH,
    MISSING,
    WRONG_IMAGE,
)
from mockocr.vendors.aliyun_market.official.picture import (
    LIMITS,
    inline_picture,
    read_pictures,
    text_of,
)

_TYPES = {
    "增值税专用发票": "专用发票",
    "增值税普通发票": "普通发票",
    "增值税电子专用发票": "电子专用发票",
    "增值税电子普通发票": "电子普通发票",
}
_NAMES = {
    "发票代码": "code",
    "发票号码": "number",
    "开票日期": "date",
    "机器编码": "machine_number",
    "校验码": "check_code",
    "受票方名称": "buyer_name",
    "受票方税号": "buyer_tax_id",
    "受票方地址、电话": "buyer_address_phone",
    "受票方开户行、账号": "buyer_bank_account",
    "密码区": "password",
    "不含税金额": "amount",
    "发票税额": "tax",
    "大写金额": "total_in_words",
    "发票金额": "total",
    "销售方名称": "seller_name",
    "销售方税号": "seller_tax_id",
    "销售方地址、电话": "seller_address_phone",
    "销售方开户行、账号": "seller_bank_account",
    "收款人": "payee",
    "复核人": "reviewer",
    "开票人": "drawer",
    "备注": "remark",
    "标题": "title",
}
_ROWS = {
    "货物或应税劳务、服务名称": "name",
    "规格型号": "spec",
    "单位": "unit",
    "数量": "quantity",
    "单价": "price",
    "金额": "amount",
    "税率": "tax_rate",
    "税额": "tax",
}
_KINDS = (Kind.VAT_INVOICE, Kind.VAT_ROLL_INVOICE)


def parse(request: Request) -> OcrRequest[None]:
    """`img` with base64, or `url`."""
    body = request.json()
    image, url = text_of(body, "img"), text_of(body, "url")
    if not image and not url:
        raise ApiError(MISSING, "the body has neither img nor url", key="img")
    if image and url:
        raise ApiError(WRONG_IMAGE, "img and url are both given; one is allowed")
    source: Source = Remote(url, location="url") if url else inline_picture(image, "img")
    return OcrRequest((source,), LIMITS, None, ReadOptions(turn=True))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    ((image, recognition),) = read_pictures(results)
    invoice = find_document(recognition, _KINDS)
    if invoice is None:
        raise ApiError(ErrorKind.NOTHING_FOUND, why_none(recognition, _KINDS))
    data: dict[str, Any] = {
        name: invoice.fields.get(field, NOTHING).text for name, field in _NAMES.items()
    }
    data["开票日期"] = chinese_date(data["开票日期"])
    printed = invoice.fields.get("type", NOTHING).text
    roll = invoice.kind is Kind.VAT_ROLL_INVOICE
    data["发票类型"] = "卷票" if roll else _TYPES.get(printed, printed)
    data["特殊标识信息"] = ""
    data["发票详单"] = [
        {name: item.get(field, NOTHING).text for name, field in _ROWS.items()}
        for item in invoice.items
    ]
    body = {
        "sid": request.id + request.id[:8],
        "data": data,
        "height": image.height,
        "width": image.width,
    }
    return Response.of_json(body, code=200, content_type=ADVANCED_JSON)


OPERATION = Operation(
    name="invoice",
    methods=("POST",),
    path=INVOICE_PATH,
    source="observed: public clients of ocrapi-invoice.taobao.com",
    parse=parse,
    render=render,
)
