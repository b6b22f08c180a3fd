"""The types of RecognizeGeneralInvoice: which of them a document is, and what the vendor calls it.

"observed" are real answers to electronic invoices of five types; the others are named as in the
SDK's models (3.1.193) and the vendor's example.
"""

from __future__ import annotations

import msgspec

from mockocr.documents.kinds import Document, Kind


class InvoiceType(msgspec.Struct, frozen=True):
    """`key` is the SubType, the name of the member of `SingleInvoiceInfos`."""

    key: str
    number: int
    description: str
    sub_description: str


def _vat(key: str, sub: str) -> InvoiceType:
    return InvoiceType(key, 3, "增值税发票", sub)


def _full(key: str, sub: str) -> InvoiceType:
    return InvoiceType(key, 16, "全电发票", sub)


VAT_SPECIAL = _vat("VatSpecialInvoice", "增值税专用发票")
VAT_COMMON = _vat("VatCommonInvoice", "增值税普通发票")
VAT_ELECTRONIC = _vat("VatElectronicCommonInvoice", "增值税电子普通发票")  # observed
VAT_ELECTRONIC_SPECIAL = _vat("VatElectronicSpecialInvoice", "增值税电子专用发票")
VAT_TOLL = _vat("VatElectronicInvoiceToll", "增值税电子普通发票(通行费)")  # observed
VAT_BLOCKCHAIN = _vat("VatElectronicInvoiceBlockchain", "区块链电子发票")
FULL_COMMON = _full("VatElectronicInvoiceFull", "电子发票(普通发票)")  # observed
FULL_SPECIAL = _full("VatElectronicSpecialInvoiceFull", "电子发票(专用发票)")  # observed
FULL_TRAIN = _full("ElectronicTrainTicketFull", "电子发票(铁路电子客票)")  # observed
FULL_FLIGHT = _full("ElectronicFlightTicketFull", "电子发票(航空运输电子客票行程单)")  # guess
ROLL = InvoiceType("VatInvoiceRoll", 11, "增值税发票(卷票)", "增值税普通发票(卷票)")
TRAIN = InvoiceType("TrainTicket", 2, "火车票", "火车票")
TAXI = InvoiceType("TaxiTicket", 0, "出租车发票", "出租车发票")
QUOTA = InvoiceType("QuotaInvoice", 1, "定额发票", "定额发票")
AIR = InvoiceType("AirTransport", 5, "机票行程单", "机票行程单")
TOLL = InvoiceType("TollInvoice", 13, "过路过桥费发票", "过路过桥费发票")
BUS = InvoiceType("BusInvoice", 9, "汽车票", "汽车票")
MACHINE = InvoiceType("MachinePrintedInvoice", 8, "通用机打发票", "通用机打发票")
OTHER = InvoiceType("OtherInvoice", -1, "其他发票", "其他发票")

KINDS = (
    Kind.VAT_INVOICE,
    Kind.VAT_ROLL_INVOICE,
    Kind.TRAIN_TICKET,
    Kind.TAXI_RECEIPT,
    Kind.QUOTA_INVOICE,
    Kind.AIR_ITINERARY,
    Kind.TOLL_RECEIPT,
    Kind.BUS_TICKET,
    Kind.MACHINE_INVOICE,
)

_BY_KIND = {
    Kind.VAT_ROLL_INVOICE: ROLL,
    Kind.TAXI_RECEIPT: TAXI,
    Kind.QUOTA_INVOICE: QUOTA,
    Kind.TOLL_RECEIPT: TOLL,
    Kind.BUS_TICKET: BUS,
    Kind.MACHINE_INVOICE: MACHINE,
}

TYPES = frozenset({0, 1, 2, 3, 5, 8, 9, 10, 11, 12, 13, *range(15, 26), -1})
"""The values of the parameter `Types`."""


def type_of(document: Document) -> InvoiceType:
    """The type of an invoice or ticket."""
    if document.kind is Kind.TRAIN_TICKET:
        return FULL_TRAIN if document.text("invoice_number") else TRAIN
    if document.kind is Kind.AIR_ITINERARY:
        return FULL_FLIGHT if document.text("invoice_number") else AIR
    if document.kind is Kind.VAT_INVOICE:
        return _vat_type(document)
    return _BY_KIND[document.kind]


def _vat_type(invoice: Document) -> InvoiceType:
    name = invoice.text("type") or invoice.text("title")
    special = "专用" in name
    if "区块链" in name:
        return VAT_BLOCKCHAIN
    if "电子发票" in name:
        return FULL_SPECIAL if special else FULL_COMMON
    if "电子" in name:
        if special:
            return VAT_ELECTRONIC_SPECIAL
        return VAT_TOLL if is_toll(invoice) else VAT_ELECTRONIC
    if special:
        return VAT_SPECIAL
    return VAT_COMMON if name else _untitled(invoice)


def _untitled(invoice: Document) -> InvoiceType:
    """The type of an invoice whose title cannot be read. Only fully digital ones have a number of
    20 digits, or no code, machine number, check code and password; only paper ones name their copy.
    """
    read = [bool(invoice.text(name)) for name in ("code", "machine_number", "check_code")]
    if len(invoice.text("number")) == 20:
        return FULL_COMMON
    if not any((*read, invoice.text("password"), invoice.text("copy"))):
        return FULL_COMMON
    if all(read) and not invoice.text("copy"):
        return VAT_TOLL if is_toll(invoice) else VAT_ELECTRONIC
    return VAT_COMMON


def is_toll(invoice: Document) -> bool:
    """True for a toll that is taxed: the plate of a vehicle, and a rate in percent (observed)."""
    return any(row["plate"].text and "%" in row["tax_rate"].text for row in invoice.items)
