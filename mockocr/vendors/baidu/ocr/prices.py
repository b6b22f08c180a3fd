"""What a successful call costs: the first step of the postpaid prices."""

from __future__ import annotations

from mockocr.core.operation import Price

_FINANCE = "doc: ai-doc/OCR/ik3h7xv2x, prices of financial bills"
_GUESS = "guess: the price of VAT invoices; the pages with the other prices were not found"

VAT_INVOICE = Price(f"{_FINANCE}: 增值税发票识别, up to 20000 calls a month", 0.05, free=1000)
MULTIPLE_INVOICE = Price(
    f"{_FINANCE}: 智能财务票据识别, up to 20000 a month; each bill of a picture is one",
    0.1,
    free=200,
)
TICKET = Price(_GUESS, 0.05)
CARD = Price(_GUESS, 0.05)
GENERAL = Price("guess: the pages with the prices of general text were not found")
