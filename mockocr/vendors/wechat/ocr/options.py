"""The options of WeChat's OCR."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

OPTIONS = (
    ServiceOption(
        "daily_quota",
        "off",
        "documented: an AppID has 100 calls a day, all operations together, as the pages say; off "
        "lifts that",
        ("documented", "off"),
    ),
)
