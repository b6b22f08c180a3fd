"""How Textract is named in requests and in its documentation, and what it costs."""

from __future__ import annotations

from collections.abc import Callable

from mockocr.core.http import Request
from mockocr.core.operation import Operation, Price, Run
from mockocr.vendors.aws.protocol import Names

NAMES = Names("Textract", "Textract", "com.amazonaws.textract")
_API = "docs.aws.amazon.com/textract/latest/APIReference/API_{}.html"
PRICES = "guess: aws.amazon.com/textract/pricing, US West (Oregon), not read again"


def operation(
    name: str, title: str, run: Run, *, price: Price | None = None, free: bool = False
) -> Operation:
    """The operation `title` of Textract, under the path of each protocol."""
    selects: Callable[[Request], bool] = NAMES.selects(title)
    return Operation(
        name=name,
        methods=("POST",),
        path="/",
        source=f"{title}, {_API.format(title)}",
        run=run,
        aliases=NAMES.paths(title),
        selects=selects,
        price=price,
        free=free,
    )


def page_price(amount: float) -> Price:
    """The list price of a page in US dollars, of the first tier; the free tier of new customers is
    left out.
    """
    return Price(PRICES, amount, currency="USD")
