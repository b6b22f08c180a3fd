"""Draws VAT invoices: fully digital, electronic, and on paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.specimens.invoice_amounts import items
from mockocr.samples.specimens.vat_classic import draw_classic
from mockocr.samples.specimens.vat_digital import draw_digital
from mockocr.samples.specimens.vat_facts import VatFacts


def draw(invented: Invented) -> Drawn:
    """An invoice of one of three layouts, with one to five rows."""
    random = invented.random
    rows = items(random, random.choice((1, 1, 2, 3, 5)))
    amount = sum((row.amount for row in rows), Decimal(0))
    tax = sum((row.tax for row in rows), Decimal(0))
    facts = VatFacts(
        buyer=invented.company(),
        seller=invented.company(),
        rows=tuple(rows),
        amount=amount,
        tax=tax,
        day=invented.day(date(2022, 1, 1), date(2026, 1, 1)),
        people=tuple(invented.person().name for _ in range(3)),
    )
    if random.random() < 0.5:
        return draw_digital(invented, facts)
    return draw_classic(invented, facts)
