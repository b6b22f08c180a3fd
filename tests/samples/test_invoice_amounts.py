"""Invented amounts add up, and their words say what their figures say."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from mockocr.samples.specimens.invoice_amounts import in_words, items
from mockocr.samples.specimens.till_rows import till_rows


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("180.50", "壹佰捌拾圆伍角整"),
        ("1190.20", "壹仟壹佰玖拾圆贰角整"),
        ("14230.05", "壹万肆仟贰佰叁拾圆零伍分"),
        ("100.00", "壹佰圆整"),
        ("10.00", "壹拾圆整"),
        ("0.57", "伍角柒分"),
        ("20030.00", "贰万零叁拾圆整"),
        ("1000.00", "壹仟圆整"),
        ("3105.12", "叁仟壹佰零伍圆壹角贰分"),
    ],
)
def test_amounts_are_written_in_financial_numerals(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


def test_a_row_is_the_price_times_the_quantity_and_its_tax_the_rate_of_it() -> None:
    for seed in range(30):
        for row in items(Random(seed), 3):
            if row.quantity:
                assert Decimal(row.price) * int(row.quantity) == row.amount
            assert abs(row.amount * row.rate / 100 - row.tax) <= Decimal("0.005")
        for till in till_rows(Random(seed)):
            assert Decimal(till.fields["price"]) * till.quantity == Decimal(till.fields["amount"])
