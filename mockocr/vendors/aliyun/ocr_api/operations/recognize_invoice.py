"""增值税发票识别 RecognizeInvoice: a VAT invoice, also as a page of a PDF document."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.card_action import CardAction
from mockocr.vendors.aliyun.ocr_api.skins import INVOICE

OPERATION = CardAction(
    "RecognizeInvoice",
    "recognize_invoice",
    {Kind.VAT_INVOICE: ("", INVOICE)},
    pages=True,
    rows=True,
).operation
"""doc: OFD documents too, which are not read here."""
