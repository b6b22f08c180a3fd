"""The tickets and receipts among the invoices of RecognizeMixedInvoices: their `op`, `type` and
fields.

observed: the train ticket, and `op` and `type` of a VAT invoice (public notes, 2025). guess: the
rest, formed after the actions for one kind.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.skins import INVOICE, Field


class Ticket(msgspec.Struct, frozen=True):
    """How the vendor names a kind of invoice, and its fields. `rows`: it has `invoiceDetails`."""

    op: str
    type: str
    fields: tuple[Field, ...]
    rows: bool = False


def _fields(text: str) -> tuple[Field, ...]:
    """`key=name` each; names joined by `+`; a date is written in Chinese."""
    made = []
    for spec in text.split():
        key, _, names = spec.partition("=")
        form = chinese_date if names.endswith("date") else str
        made.append(Field(key, tuple(n for n in names.split("+") if n), form))
    return tuple(made)


TICKETS: Mapping[Kind, Ticket] = {
    Kind.VAT_INVOICE: Ticket("invoice", "增值税发票", INVOICE, rows=True),
    Kind.VAT_ROLL_INVOICE: Ticket(
        "roll_ticket",
        "增值税发票卷票",
        _fields(
            "invoiceCode=code invoiceNumber=number invoiceDate=date machineCode=machine_number"
            " sellerName=seller_name sellerTaxNumber=seller_tax_id purchaserName=buyer_name"
            " purchaserTaxNumber=buyer_tax_id totalAmountInWords=total_in_words"
            " totalAmount=total checkCode=check_code"
        ),
        rows=True,
    ),
    Kind.TRAIN_TICKET: Ticket(
        "train_ticket",
        "火车票",
        (
            *_fields(
                "ticketNumber=number departureStation=from arrivalStation=to trainNumber=train"
            ),
            Field("departureTime", ("date", "time"), chinese_date),
            *_fields(
                "seatNumber=carriage_seat fare=price seatType=seat_class"
                " passengerInfo=id_number+passenger passengerName=passenger ticketCode"
                " saleInfo=sale_place ticketGate=check_in electronicTicketNumber"
                " buyerName=buyer_name buyerCreditCode=buyer_tax_id title invoiceDate=issue_date"
                " remarks"
            ),
        ),
    ),
    Kind.TAXI_RECEIPT: Ticket(
        "taxi_ticket",
        "出租车票",
        _fields(
            "invoiceCode=code invoiceNumber=number date=date pickUpTime=time_on"
            " dropOffTime=time_off mileage=distance fare=amount licensePlateNumber=plate"
        ),
    ),
    Kind.QUOTA_INVOICE: Ticket(
        "quota_invoice",
        "定额发票",
        _fields("invoiceCode=code invoiceNumber=number invoiceAmount=amount"),
    ),
    Kind.AIR_ITINERARY: Ticket(
        "air_itinerary",
        "机票行程单",
        _fields(
            "serialNumber=number passengerName=passenger idCardNumber=id_number"
            " ticketNumber=ticket_number fare=fare fuelSurcharge=fuel caacDevelopFund=fund"
            " totalAmount=total insurance=insurance agentCode=agent issueCompany=issuer"
            " issueDate=issue_date validationCode=check_code"
        ),
    ),
    Kind.TOLL_RECEIPT: Ticket(
        "toll_invoice",
        "过路过桥费发票",
        _fields(
            "invoiceCode=code invoiceNumber=number date=date time=time entranceName=entry"
            " exitName=exit totalAmount=amount vehicleType=vehicle_type"
        ),
    ),
    Kind.BUS_TICKET: Ticket(
        "bus_ship_ticket",
        "客运车船票",
        _fields(
            "invoiceCode=code invoiceNumber=number date=date time=time departureStation=from"
            " arrivalStation=to totalAmount=price passengerName=passenger idcardNo=id_number"
        ),
    ),
    Kind.MACHINE_INVOICE: Ticket(
        "common_printed_invoice",
        "通用机打发票",
        _fields(
            "invoiceCode=code invoiceNumber=number invoiceDate=date sellerName=seller_name"
            " sellerTaxNumber=seller_tax_id purchaserName=buyer_name"
            " purchaserTaxNumber=buyer_tax_id totalAmount=total"
            " totalAmountInWords=total_in_words checkCode=check_code title=title"
        ),
        rows=True,
    ),
}
