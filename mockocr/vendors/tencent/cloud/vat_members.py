"""The objects of VAT invoices in `SingleInvoiceInfos`: members in alphabetical order, as in real
answers; the vendor's names are those of the SDK's models (3.1.193).
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.documents.formats import chinese_date, compact_date
from mockocr.documents.kinds import Document
from mockocr.documents.provinces import TAX_CITIES
from mockocr.vendors.tencent.cloud import invoice_types as types
from mockocr.vendors.tencent.cloud.invoice_members import (
    Field,
    Rows,
    Source,
    joined,
    sign_before,
    unspaced,
)
from mockocr.vendors.tencent.invoice_names import full_province

KIND = "服务"
"""`Kind` in every observed answer, whatever was bought."""


def _city(invoice: Document) -> str:
    """The city with a tax office of its own that the title names (observed: 深圳市)."""
    return next((city for city in TAX_CITIES if city[:-1] in invoice.text("title")), "")


def _is_by_agent(invoice: Document) -> int:
    return int("代开" in invoice.text("title") + invoice.text("remark"))


def _is_for_fuel(invoice: Document) -> int:
    return int("成品油" in invoice.text("service_type"))


def _vat_info(sub_type: str, *, seal: int, code: int) -> dict[str, Source]:
    """`seal` and `code`: whether invoices of this type carry a seal and a QR code, which are not
    looked for (observed: 1 and 1 on electronic ones).
    """
    return {
        "AcquisitionMark": 0,
        "AgentMark": _is_by_agent,
        "BlockChainMark": int("区块链" in sub_type),
        "Buyer": Field("buyer_name"),
        "BuyerAddrTel": Field("buyer_address_phone", joined),
        "BuyerBankAccount": Field("buyer_bank_account", joined),
        "BuyerTaxID": Field("buyer_tax_id"),
        "CheckCode": Field("check_code", joined),
        "Ciphertext": Field("password", joined),
        "City": _city,
        "Code": Field("code"),
        "CodeConfirm": "",
        "CompanySealContent": "",
        "CompanySealMark": seal,
        "Date": Field("date", chinese_date),
        "ElectronicFullMark": 0,
        "ElectronicFullNumber": "",
        "FormName": "",
        "FormType": Field("copy"),
        "Issuer": Field("drawer"),
        "Kind": KIND,
        "MachineCode": Field("machine_number"),
        "Number": Field("number"),
        "NumberConfirm": "",
        "OilMark": _is_for_fuel,
        "PretaxAmount": Field("amount"),
        "Province": Field("province", full_province),
        "QRCodeMark": code,
        "Receiptor": Field("payee"),
        "Remark": Field("remark", unspaced),
        "Reviewer": Field("reviewer"),
        "Seller": Field("seller_name"),
        "SellerAddrTel": Field("seller_address_phone", joined),
        "SellerBankAccount": Field("seller_bank_account", joined),
        "SellerTaxID": Field("seller_tax_id"),
        "ServiceName": "",
        "SubTax": "",
        "SubTotal": "",
        "SubType": sub_type,
        "Tax": Field("tax"),
        "TaxSealContent": "",
        "Title": Field("title"),
        "Total": Field("total"),
        "TotalCn": Field("total_in_words"),
        "TransitMark": lambda invoice: int(types.is_toll(invoice)),
        "TravelTax": "",
        "VatInvoiceItemInfos": _VAT_ROWS,
    }


_VAT_ROWS = Rows(
    {
        "DateEnd": Field("end", compact_date),
        "DateStart": Field("start", compact_date),
        "LicensePlate": Field("plate"),
        "Name": Field("name"),
        "Price": Field("price"),
        "Quantity": Field("quantity"),
        "SerialNumber": "",
        "Specification": Field("spec"),
        "Tax": Field("tax"),
        "TaxRate": Field("tax_rate"),
        "Total": Field("amount"),
        "Unit": Field("unit"),
        "VehicleType": Field("vehicle_type"),
    }
)

_FULL: Mapping[str, Source] = {
    "Buyer": Field("buyer_name"),
    "BuyerTaxID": Field("buyer_tax_id"),
    "CompanySealMark": 0,  # observed
    "Date": Field("date", chinese_date),
    "InvoicePageIndex": Field("page"),
    "Issuer": Field("drawer"),
    "Number": Field("number"),
    "PretaxAmount": Field("amount"),
    "PretaxAmountMark": sign_before("amount", "¥"),
    "Remark": Field("remark", unspaced),
    "Seller": Field("seller_name"),
    "SellerTaxID": Field("seller_tax_id"),
    "ServiceTypeLabel": Field("service_type"),
    "SubTax": "",
    "SubTotal": "",
    "Tax": Field("tax"),
    "TaxMark": sign_before("tax", "¥"),
    "Title": Field("title"),
    "Total": Field("total"),
    "TotalCn": Field("total_in_words"),
    "TotalCnMark": sign_before("total_in_words", "⊗"),
    "TotalMark": sign_before("total", "¥"),
    "VatElectronicItems": Rows(
        {
            "AreaUnit": "",
            "ArrivalPlace": "",
            "BuildingName": "",
            "DeparturePlace": "",
            "EstateNumber": "",
            "Name": Field("name"),
            "PlaceOfBuildingService": "",
            "Price": Field("price"),
            "Quantity": Field("quantity"),
            "Specification": Field("spec"),
            "Tax": Field("tax"),
            "TaxRate": Field("tax_rate"),
            "Total": Field("amount"),
            "TransportItemsName": "",
            "TravelDate": "",
            "TravelLevel": "",
            "Traveler": "",
            "TravelerID": "",
            "Unit": Field("unit"),
            "VehicleBrand": "",
            "VehicleType": "",
        }
    ),
}

VAT_MEMBERS: Mapping[str, Mapping[str, Source]] = {
    types.VAT_SPECIAL.key: _vat_info("增值税专用发票", seal=0, code=0),
    types.VAT_COMMON.key: _vat_info("增值税普通发票", seal=0, code=0),
    types.VAT_ELECTRONIC.key: _vat_info("增值税电子普通发票", seal=1, code=1),
    types.VAT_ELECTRONIC_SPECIAL.key: _vat_info("增值税电子专用发票", seal=1, code=1),
    # observed: full-width brackets in the object, narrow ones in SubTypeDescription
    types.VAT_TOLL.key: _vat_info("增值税电子普通发票（通行费）", seal=1, code=1),
    types.VAT_BLOCKCHAIN.key: _vat_info("区块链电子发票", seal=1, code=1),
    types.FULL_COMMON.key: _FULL,
    types.FULL_SPECIAL.key: _FULL,
}
