"""What text detection costs."""

from __future__ import annotations

from mockocr.core.operation import Price

PRICE = Price(
    "doc: cloud.google.com/vision/pricing: 1.50 dollars for 1000 units after the first 1000 of a"
    " month; a unit is a feature of a picture or of a page",
    amount=0.0015,
    free=1000,
    currency="USD",
)
