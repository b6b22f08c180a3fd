"""The options of Azure's services: when results are ready, and the pricing tier."""

from __future__ import annotations

from datetime import timedelta

from mockocr.core.http import Request
from mockocr.core.service import ServiceOption

DELAY = ServiceOption(
    "async_delay",
    "0",
    "For how many seconds on the test's clock an asynchronous operation is running.",
    check=r"\d{1,6}(\.\d{1,3})?",
)
TIER = ServiceOption(
    "tier",
    "S0",
    "The pricing tier: F0 takes files up to 4 MB and reads the first two pages of a document.",
    ("S0", "F0"),
)
OPTIONS = (DELAY, TIER)


def result_delay(request: Request) -> timedelta:
    """How long a result is not shown yet."""
    return timedelta(seconds=float(request.options[DELAY.name]))
