"""The items of RecognizeGeneralInvoice: an invoice in the object of its type, a paper of another
kind, or a page without anything that is supported. Their members are in the order of real answers.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from mockocr.core.image import Image
from mockocr.core.recognition import Quad, Recognition
from mockocr.documents.cutting import cut_out
from mockocr.documents.kinds import Document
from mockocr.vendors.tencent.cloud import invoice_types as types
from mockocr.vendors.tencent.cloud.invoice_members import Source, object_of, places
from mockocr.vendors.tencent.cloud.receipt_members import RECEIPT_MEMBERS, other_object
from mockocr.vendors.tencent.cloud.rendering import Json, corners
from mockocr.vendors.tencent.cloud.ticket_members import TICKET_MEMBERS
from mockocr.vendors.tencent.cloud.vat_members import VAT_MEMBERS

UNSUPPORTED = "FailedOperation.UnsupportedInvoice"
"""`Code` of a page without an invoice. doc: InvoiceItem."""

MEMBERS: Mapping[str, Mapping[str, Source]] = {
    **VAT_MEMBERS,
    **TICKET_MEMBERS,
    **RECEIPT_MEMBERS,
}

_NAMES = """
    AirTransport BankSlip BusInvoice CustomsDeclaration CustomsPaymentReceipt
    ElectronicFlightTicketFull ElectronicTollSummary ElectronicTrainTicketFull
    MachinePrintedInvoice MedicalHospitalizedInvoice MedicalOutpatientInvoice
    MotorVehicleSaleInvoice MotorVehicleSaleInvoiceElectronic NonTaxIncomeElectronicBill
    NonTaxIncomeGeneralBill OnlineTaxiItinerary OtherInvoice OverseasInvoice QuotaInvoice
    SaleInventory ShippingInvoice ShoppingReceipt TaxPayment TaxiTicket TollInvoice TrainTicket
    UsedCarPurchaseInvoice UsedCarPurchaseInvoiceElectronic VatCommonInvoice
    VatElectronicCommonInvoice VatElectronicInvoiceBlockchain VatElectronicInvoiceFull
    VatElectronicInvoiceToll VatElectronicSpecialInvoice VatElectronicSpecialInvoiceFull
    VatInvoiceRoll VatSalesList VatSpecialInvoice
"""
KEYS = tuple(_NAMES.split())
"""The members of `SingleInvoiceInfos`; all but one are null."""

_NOTHING = types.InvoiceType("", -1, "", "")


class Page(msgspec.Struct, frozen=True):
    """A page that was read; `number` counts from 1, `flags` are the request's."""

    image: Image
    recognition: Recognition
    number: int
    flags: Collection[str]

    @property
    def outline(self) -> Quad:
        return Quad.upright(0, 0, self.image.width, self.image.height)


def invoice_item(page: Page, invoice: Document, *, alone: bool) -> Json:
    """An invoice; its outline is the page if it is `alone` on it (observed), else the box of its
    fields.
    """
    kind = types.type_of(invoice)
    members = MEMBERS[kind.key]
    outline = page.outline if alone or invoice.quad is None else invoice.quad
    item = _item(page, kind, object_of(invoice, members), outline)
    if "EnableItemPolygon" in page.flags:
        item["ItemPolygon"] = _item_polygons(invoice, members, outline)
    return item


def other_item(page: Page) -> Json:
    """A paper that is no invoice of a known type: its pairs and tables."""
    return _item(page, types.OTHER, other_object(page.recognition), page.outline)


def unsupported_item(page: Page) -> Json:
    """A page without anything that is supported."""
    return {**_item(page, _NOTHING, None, page.outline), "Code": UNSUPPORTED}


def _item(page: Page, kind: types.InvoiceType, made: Any, outline: Quad) -> Json:
    cut = "EnableCutImage" in page.flags
    angle = page.recognition.angle
    return {
        "Code": "OK",
        "Type": kind.number,
        "SubType": kind.key,
        "TypeDescription": kind.description,
        "SubTypeDescription": kind.sub_description,
        "Polygon": _polygon(outline),
        "Angle": int(angle)
        if angle == int(angle)
        else angle,  # observed: 0, and 0.0295513104647398
        "SingleInvoiceInfos": {key: made if key == kind.key else None for key in KEYS},
        "Page": page.number,
        "CutImage": base64.b64encode(cut_out(page.image, outline)).decode() if cut else "",
        "ItemPolygon": [],
        "QRCode": "",
        "InvoiceSealInfo": {
            "CompanySealMark": "",
            "SupervisionSealMark": "",
            "CompanySealMarkInfo": [],
            "SupervisionSealMarkInfo": [],
        },
    }


def _polygon(quad: Quad) -> Json:
    left_top, right_top, right_bottom, left_bottom = corners(quad)
    return {
        "LeftBottom": left_bottom,
        "LeftTop": left_top,
        "RightBottom": right_bottom,
        "RightTop": right_top,
    }


def _item_polygons(invoice: Document, members: Mapping[str, Source], outline: Quad) -> list[Json]:
    """Where each member was read, in the coordinates of the cut (doc: `Polygon` turns them into
    those of the picture).
    """
    left, top, _, _ = outline.extent
    return [
        {
            "Key": place.key,
            "Polygon": _polygon(place.quad.moved(-left, -top)),
            "Row": place.row,
        }
        for place in places(invoice, members)
    ]
