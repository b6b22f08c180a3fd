"""The options of OCR.space, and the limits of its plans."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mockocr.core.http import Request
from mockocr.core.service import ServiceOption


class Plan(msgspec.Struct, frozen=True):
    """The limits of a plan: kilobytes of a file, pages of a document, and requests a day for one
    key (0: no limit).
    """

    kilobytes: int
    pages: int
    per_day: int


PLANS: Mapping[str, Plan] = {
    "free": Plan(1024, 3, 500),
    "pro": Plan(5 * 1024, 3, 0),
    "pro_pdf": Plan(40 * 1024, 999, 0),
}
"""doc: ocr.space/ocrapi, table of the plans. `pro_pdf` allows 100 MB and more, of which this server
takes 40. The page counts the free plan's 500 for an address; here it is a key, because all clients
of a test server have the same address.
"""

OPTIONS = (
    ServiceOption(
        "plan", "free", "the plan whose limits for files, pages and requests apply", tuple(PLANS)
    ),
    ServiceOption(
        "quotas",
        "documented",
        "whether a key is limited to the requests of its plan; the key helloworld always has its "
        "own small quota",
        ("documented", "off"),
    ),
    ServiceOption(
        "page_limit_exit",
        "4",
        "OCRExitCode when a document has more pages than the plan allows: 4, as one answer showed, "
        "or 2, as the page describes",
        ("4", "2"),
    ),
)


def plan_of(request: Request) -> Plan:
    """The plan in force."""
    return PLANS[request.options["plan"]]
