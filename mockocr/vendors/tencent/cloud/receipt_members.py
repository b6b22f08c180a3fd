"""The objects of printed receipts, and of any other paper, in `SingleInvoiceInfos`: the models of
the SDK (3.1.193), members in alphabetical order by analogy with the observed ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.recognition import Recognition
from mockocr.documents.formats import chinese_date
from mockocr.documents.pairs import find_pairs
from mockocr.vendors.tencent.cloud import invoice_types as types
from mockocr.vendors.tencent.cloud.invoice_members import Field, Rows, Source
from mockocr.vendors.tencent.cloud.tables import tables_of
from mockocr.vendors.tencent.cloud.vat_members import KIND

_ROLL: Mapping[str, Source] = {
    "Buyer": Field("buyer_name"),
    "BuyerTaxID": Field("buyer_tax_id"),
    "Category": "",
    "CheckCode": Field("check_code"),
    "City": "",
    "Code": Field("code"),
    "CompanySealContent": "",
    "CompanySealMark": 0,
    "Date": Field("date", chinese_date),
    "Kind": KIND,
    "Number": Field("number"),
    "NumberConfirm": "",
    "Province": "",
    "QRCodeMark": 0,
    "Seller": Field("seller_name"),
    "SellerTaxID": Field("seller_tax_id"),
    "ServiceName": "",
    "TaxSealContent": "",
    "Title": Field("title"),
    "Total": Field("total"),
    "TotalCn": Field("total_in_words"),
    "VatRollItems": Rows(
        {
            "Name": Field("name"),
            "Price": Field("price"),
            "Quantity": Field("quantity"),
            "Total": Field("amount"),
        }
    ),
}
_MACHINE: Mapping[str, Source] = {
    "Buyer": Field("buyer_name"),
    "BuyerAddrTel": "",
    "BuyerBankAccount": "",
    "BuyerTaxID": Field("buyer_tax_id"),
    "Category": "",
    "CheckCode": Field("check_code"),
    "Ciphertext": "",
    "City": "",
    "Code": Field("code"),
    "CompanySealMark": 0,
    "Date": Field("date", chinese_date),
    "ElectronicMark": 0,
    "GeneralMachineItems": Rows(
        {
            "Name": Field("name"),
            "Price": Field("price"),
            "Quantity": Field("quantity"),
            "Specification": "",
            "Tax": "",
            "TaxRate": "",
            "Total": Field("amount"),
            "Unit": "",
        }
    ),
    "IndustryClass": "",
    "Issuer": "",
    "Kind": KIND,
    "MerchantNumber": "",
    "Number": Field("number"),
    "OrderNumber": "",
    "PaymentInfo": "",
    "PretaxAmount": "",
    "Province": "",
    "QRCodeMark": 0,
    "Receiptor": "",
    "Remark": "",
    "Reviewer": "",
    "Seller": Field("seller_name"),
    "SellerAddrTel": "",
    "SellerBankAccount": "",
    "SellerTaxID": Field("seller_tax_id"),
    "Tax": "",
    "TicketPickupUser": "",
    "Time": "",
    "Title": Field("title"),
    "Total": Field("total"),
    "TotalCn": Field("total_in_words"),
}

RECEIPT_MEMBERS: Mapping[str, Mapping[str, Source]] = {
    types.ROLL.key: _ROLL,
    types.MACHINE.key: _MACHINE,
}


def other_object(recognition: Recognition) -> dict[str, Any]:
    """`OtherInvoice` of a paper of no known type: its pairs, and the rows of its tables under the
    names in their first row. Title, date and total are not told apart.
    """
    tables = tables_of(recognition)
    pairs = find_pairs(recognition)
    return {
        "Date": "",
        "OtherInvoiceListItems": [
            {"Name": pair.key.text.rstrip(":："), "Value": pair.value.text if pair.value else ""}
            for pair in pairs
        ],
        "OtherInvoiceTableItems": [
            {
                "OtherInvoiceItemList": [
                    {
                        "Name": table.cell(0, column).text,
                        "Value": table.cell(row, column).text,
                    }
                    for column in range(table.column_count)
                ]
            }
            for table in tables
            for row in range(1, table.row_count)
        ],
        "Title": "",
        "Total": "",
    }
