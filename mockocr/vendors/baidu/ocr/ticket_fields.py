"""The fields of tickets and small bills, by the vendor's names.

sdk: models of baiducloud-python-sdk-ocr 0.0.2, in their order; a field that no document has is
empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document, Kind

Format = Callable[[str], str]


def _same(text: str) -> str:
    return text


def _yuan(text: str) -> str:
    return f"￥{text}" if text else ""


def _suffixed(text: str) -> str:
    return f"{text}元" if text else ""


TRAIN: Mapping[str, tuple[str, Format]] = {
    "ticket_num": ("number", _same),
    "starting_station": ("from", _same),
    "train_num": ("train", _same),
    "destination_station": ("to", _same),
    "date": ("date", chinese_date),
    "ticket_rates": ("price", _yuan),
    "seat_category": ("seat_class", _same),
    "name": ("passenger", _same),
    "id_num": ("id_number", _same),
    "serial_number": ("", _same),
    "sales_station": ("sale_place", _same),
    "time": ("time", _same),
    "seat_num": ("carriage_seat", _same),
    "invoice_num": ("invoice_number", _same),
    "invoice_date": ("issue_date", chinese_date),
}
TAXI: Mapping[str, tuple[str, Format]] = {
    "InvoiceCode": ("code", _same),
    "InvoiceNum": ("number", _same),
    "TaxiNum": ("plate", _same),
    "Date": ("date", _same),
    "Time": ("", _same),
    "PickupTime": ("time_on", _same),
    "DropoffTime": ("time_off", _same),
    "Fare": ("amount", _suffixed),
    "FuelOilSurcharge": ("fuel_surcharge", _suffixed),
    "CallServiceSurcharge": ("", _same),
    "TotalFare": ("amount", _suffixed),
    "Location": ("city", _same),
    "Province": ("", _same),
    "City": ("city", _same),
    "PricePerkm": ("unit_price", _same),
    "Distance": ("distance", _same),
}
QUOTA: Mapping[str, tuple[str, Format]] = {
    "invoice_code": ("code", _same),
    "invoice_number": ("number", _same),
    "invoice_rate": ("amount_in_words", _same),
    "location": ("city", _same),
    "invoice_rate_lowercase": ("amount", _same),
    "province": ("", _same),
    "city": ("city", _same),
}
AIR: Mapping[str, tuple[str, Format]] = {
    "name": ("passenger", _same),
    "starting_station": ("from", _same),
    "destination_station": ("to", _same),
    "flight": ("flight", _same),
    "date": ("date", _same),
    "ticket_number": ("ticket_number", _same),
    "fare": ("fare", _same),
    "dev_fund": ("fund", _same),
    "fuel_surcharge": ("fuel", _same),
    "other_tax": ("tax", _same),
    "ticket_rates": ("total", _same),
    "issued_date": ("issue_date", _same),
    "id_num": ("id_number", _same),
    "carrier": ("carrier", _same),
    "time": ("", _same),
    "issued_by": ("issuer", _same),
    "serial_number": ("number", _same),
    "insurance": ("insurance", _same),
    "fare_basis": ("", _same),
    "class": ("class", _same),
    "agent_code": ("agent", _same),
    "endorsement": ("", _same),
    "allow": ("", _same),
    "ck": ("check_code", _same),
    "invoice_num": ("invoice_number", _same),
    "purchaser_name": ("buyer_name", _same),
    "purchaser_register_num": ("buyer_tax_id", _same),
}
BUS: Mapping[str, tuple[str, Format]] = {
    "InvoiceCode": ("code", _same),
    "InvoiceNum": ("number", _same),
    "Date": ("date", _same),
    "Time": ("time", _same),
    "StartingStation": ("from", _same),
    "Fare": ("price", _same),
    "IdNum": ("id_number", _same),
    "DestinationStation": ("to", _same),
    "Name": ("passenger", _same),
}
TOLL: Mapping[str, tuple[str, Format]] = {
    "InvoiceCode": ("code", _same),
    "InvoiceNum": ("number", _same),
    "Entrance": ("entry", _same),
    "Exit": ("exit", _same),
    "Date": ("date", _same),
    "Time": ("time", _same),
    "Fare": ("amount", _same),
    "Province": ("", _same),
    "City": ("", _same),
}
MACHINE: Mapping[str, tuple[str, Format]] = {
    "InvoiceType": ("title", _same),
    "InvoiceCode": ("code", _same),
    "InvoiceNum": ("number", _same),
    "InvoiceDate": ("date", chinese_date),
    "AmountInFiguers": ("total", _same),
    "AmountInWords": ("total_in_words", _same),
    "IndustrySort": ("", _same),
    "MachineNum": ("", _same),
    "CheckCode": ("check_code", _same),
    "SellerName": ("seller_name", _same),
    "SellerRegisterNum": ("seller_tax_id", _same),
    "PurchaserName": ("buyer_name", _same),
    "PurchaserRegisterNum": ("buyer_tax_id", _same),
    "TotalTax": ("", _same),
    "Province": ("", _same),
    "City": ("", _same),
    "Time": ("", _same),
    "SheetNum": ("", _same),
}
NAMES: Mapping[Kind, Mapping[str, tuple[str, Format]]] = {
    Kind.TRAIN_TICKET: TRAIN,
    Kind.TAXI_RECEIPT: TAXI,
    Kind.QUOTA_INVOICE: QUOTA,
    Kind.AIR_ITINERARY: AIR,
    Kind.BUS_TICKET: BUS,
    Kind.TOLL_RECEIPT: TOLL,
    Kind.MACHINE_INVOICE: MACHINE,
}
"""Per kind: the vendor's name → the field, empty for one that no document has, and its format."""


_TRAVEL = (Kind.TRAIN_TICKET, Kind.TAXI_RECEIPT, Kind.AIR_ITINERARY)
ROWS = {
    "CommodityName": "name",
    "CommodityUnit": "unit",
    "CommodityPrice": "price",
    "CommodityNum": "quantity",
    "CommodityAmount": "amount",
}
"""sdk: the columns of a machine-printed invoice."""


def ticket_fields(ticket: Document) -> list[tuple[str, Value]]:
    """The fields of a ticket with their places."""
    fields = []
    for name, (field, form) in NAMES[ticket.kind].items():
        value = ticket[field] if field else NOTHING
        fields.append((name, Value(form(value.text), value.characters, value.scripted)))
    if ticket.kind is Kind.TAXI_RECEIPT:
        times = "-".join(filter(None, (ticket.text("time_on"), ticket.text("time_off"))))
        fields = [(name, Value(times) if name == "Time" else value) for name, value in fields]
    if ticket.kind in _TRAVEL:
        fields.append(("ServiceType", Value("交通")))
    return fields


def ticket_rows(ticket: Document) -> list[tuple[str, list[Value]]]:
    """The columns of the rows of a machine-printed invoice; other tickets have none."""
    if ticket.kind is not Kind.MACHINE_INVOICE:
        return []
    return [
        (name, [item.get(field, NOTHING) for item in ticket.items]) for name, field in ROWS.items()
    ]
