"""The options of both services: where Tupu's pages say nothing or contradict each other."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

OPTIONS = (
    ServiceOption(
        "bad_file",
        "keep",
        "one bad picture among good ones: keep its entry without objects, drop the entry, "
        "or fail the call with its code 14",
        ("keep", "drop", "fail"),
    ),
    ServiceOption(
        "max_images",
        "10",
        "how many pictures one request may hold before code 19 (10: page of the original platform)",
        check=r"[1-9]\d{0,2}",
    ),
    ServiceOption(
        "max_bytes",
        "1048576",
        "bytes of one picture before code 14 (the page says 1M, one copy of an older page 10M)",
        check=r"[1-9]\d{0,8}",
    ),
    ServiceOption(
        "formats",
        "static",
        "static: png, jpg, tif and webp as the page lists; later: bmp and gif too, "
        "as newer pages of the original platform do",
        ("static", "later"),
    ),
    ServiceOption(
        "no_text",
        "empty",
        "pictures without text: empty objects, or refuse with code 16",
        ("empty", "refuse"),
    ),
    ServiceOption(
        "turn",
        "on",
        "find text at any angle, as `degree` from -180 to 180 promises, or read upright text only "
        "(faster)",
        ("on", "off"),
    ),
    ServiceOption(
        "statuses",
        "platform",
        "HTTP status of key, quota and rate refusals: the platform's 401, 403 and 429, "
        "or 200 like every other code",
        ("platform", "ok"),
    ),
)
