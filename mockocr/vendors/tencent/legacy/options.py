"""The options of the legacy API: where its documents and its observed responses differ."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

OPTIONS = (
    ServiceOption(
        "confidence",
        "documented",
        "0 to 100 as documented, or 0 to 1 with two more fields as in public logs",
        ("documented", "observed"),
    ),
    ServiceOption(
        "turn",
        "off",
        "read upright text only, or find text at any angle and state it in `angle` (slower)",
        ("off", "on"),
    ),
    ServiceOption(
        "appid_number",
        "refused",
        "an appid that is a JSON number: refused with code 3, or accepted",
        ("refused", "accepted"),
    ),
    ServiceOption(
        "single_use",
        "expired",
        "a signature with e=0: expired (code 9), or good for one call and then a replay (code 13)",
        ("expired", "once"),
    ),
    ServiceOption(
        "namecard",
        "documented",
        "what /ocr/namecard returns: name, phone and uin as its page says, or the list of items of "
        "/ocr/businesscard",
        ("documented", "items"),
    ),
    ServiceOption(
        "buckets",
        "",
        "bucket names that exist, joined with commas; empty: any name is accepted",
        check=r"([A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*)?",
    ),
)
