"""The fields of an invoice. spec: GetDocumentModel_Prebuilt.json, prebuilt-invoice."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import Recognition
from mockocr.vendors.azure.document_intelligence.fields.builder import Builder, Document
from mockocr.vendors.azure.document_intelligence.fields.labelled import Label, items, labelled

LABELS = (
    Label("InvoiceId", "string", r"invoice(no|number|id|nr)?|发票号码?"),
    Label("InvoiceDate", "date", r"(invoice)?date|dateofissue|issuedate|开票日期"),
    Label("DueDate", "date", r"(payment)?due(date)?|dateduedate"),
    Label("PurchaseOrder", "string", r"p/?o(no|number)?|purchaseorder(no|number)?"),
    Label("CustomerName", "string", r"bill(ed)?to|customer(name)?|soldto|购买方名称"),
    Label("CustomerId", "string", r"customer(id|no|number)|accountno"),
    Label("VendorName", "string", r"vendor(name)?|seller|from|销售方名称"),
    Label("ServiceStartDate", "date", r"service(start)?date"),
    Label("SubTotal", "currency", r"sub-?total|小计"),
    Label("TotalTax", "currency", r"(total|sales)?(tax|vat)|税额"),
    Label("InvoiceTotal", "currency", r"(invoice|grand)?total(amount)?|价税合计|合计"),
    Label("AmountDue", "currency", r"(amount|balance|total)due"),
)
COLUMNS = (
    Label("Description", "string", r"(item)?description|items?|product|service|品名|项目名称|名称"),
    Label("Quantity", "number", r"quantity|qty|hours|数量"),
    Label("Unit", "string", r"units?|单位"),
    Label("UnitPrice", "currency", r"unitprice|price|rate|unitcost|单价"),
    Label("ProductCode", "string", r"(product)?code|sku|itemno"),
    Label("Tax", "currency", r"tax|vat|税额"),
    Label("Date", "date", r"date|日期"),
    Label("Amount", "currency", r"(line)?(amount|total)|金额"),
)
"""guess: which labels stand for a field."""


def find(builder: Builder, readings: Sequence[Recognition]) -> Document | None:
    """The fields that stand beside labels, and the rows of tables as `Items`."""
    document = Document("invoice", labelled(builder, LABELS))
    rows = items(builder, COLUMNS)
    if rows:
        document.fields["Items"] = builder.items(rows)
    return document
