"""Invoices with scripted fields whose type decides how a vendor answers them, and a card that
reflects light.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.recognition import PictureWarning, Recognition, ScriptedFields
from tests.document_readings import document

_PARTIES = {
    "buyer_name": "样例科技有限公司",
    "buyer_tax_id": "91110101MA0SAMPLE1",
    "seller_name": "样例餐饮有限公司",
    "seller_tax_id": "91110101MA0SAMPLE2",
}
_DIGITAL = {
    "title": "电子发票(普通发票)",
    "type": "电子发票(普通发票)",
    "number": "24332000000012345678",
    "date": "2026-01-02",
    **_PARTIES,
    "amount": "100.00",
    "tax": "6.00",
    "total": "106.00",
    "total_in_words": "壹佰零陆圆整",
    "drawer": "张三",
}
_MEAL = {
    "name": "*餐饮服务*餐费",
    "quantity": "1",
    "price": "100.00",
    "amount": "100.00",
    "tax_rate": "6%",
    "tax": "6.00",
}
_TOLL = {
    "title": "浙江增值税电子普通发票",
    "type": "增值税电子普通发票",
    "code": "033002300112",
    "number": "12345678",
    "date": "2026-01-04",
    **_PARTIES,
    "amount": "12.23",
    "tax": "0.37",
    "total": "12.60",
    "province": "浙江省",
}
_PASSAGE = {
    "name": "*经营租赁*通行费",
    "plate": "浙A00001",
    "vehicle_type": "客车",
    "start": "2026-01-03",
    "end": "2026-01-03",
    "amount": "12.23",
    "tax_rate": "3%",
    "tax": "0.37",
}
_GOODS = {"name": "样例商品", "quantity": "1", "price": "88.00", "amount": "88.00"}
_TRAIN = {
    "invoice_number": "24329116000012345678",
    "issue_date": "2026-01-05",
    "from": "杭州东站",
    "to": "延平站",
    "train": "G1655",
    "date": "2026-01-16",
    "time": "10:23",
    "carriage_seat": "13车01C号",
    "seat_class": "二等座",
    "price": "288.50",
    "passenger": "张三",
    "id_number": "1101011990****1233",
    "buyer_name": "样例科技有限公司",
    "buyer_tax_id": "91110101MA0SAMPLE1",
}
_FLIGHT = {
    "invoice_number": "24337100000012345678",
    "passenger": "张三",
    "id_number": "110101199001121233",
    "ticket_number": "7812345678901",
    "fare": "1000.00",
    "fuel": "30.00",
    "fund": "50.00",
    "tax": "90.00",
    "total": "1170.00",
    "insurance": "0.00",
    "issuer": "样例航空服务有限公司",
    "issue_date": "2026-01-05",
    "check_code": "1234",
    "buyer_name": "样例科技有限公司",
    "buyer_tax_id": "91110101MA0SAMPLE1",
}
_LEG = {
    "from": "北京",
    "to": "上海",
    "carrier": "东航",
    "flight": "MU5101",
    "class": "Y",
    "date": "2026-01-04",
    "time": "08:00",
    "fare_basis": "Y",
    "baggage": "20K",
}


def _invoice(kind: str, fields: Mapping[str, str], *items: Mapping[str, str]) -> Recognition:
    return Recognition(engine="scripted", scripted=ScriptedFields(fields, items, kind))


INVOICES: Mapping[str, Recognition] = {
    "id_card_front reflecting": document("id_card_front", PictureWarning.REFLECTION),
    "digital invoice": _invoice("vat_invoice", _DIGITAL, _MEAL),
    "toll invoice": _invoice("vat_invoice", _TOLL, _PASSAGE),
    "machine invoice": _invoice(
        "machine_invoice", {"number": "12345672", "total": "88.00"}, _GOODS
    ),
    "digital train ticket": _invoice("train_ticket", _TRAIN),
    "digital flight ticket": _invoice("air_itinerary", _FLIGHT, _LEG),
    "flight ticket": _invoice(
        "air_itinerary", {**_FLIGHT, "invoice_number": "", "number": "12345678901"}, _LEG
    ),
}
