"""The options of both services: where Tupu's pages say nothing or contradict each other."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

OPTIONS = (
    ServiceOption(
        "bad_file",
        "keep",
        "one bad picture among good ones: keep its entry without objects, drop the entry, "
        "or fail the request with code 14",
        ("keep", "drop", "fail"),
    ),
    ServiceOption(
        "max_images",
        "10",
        "pictures allowed in one request, else code 19 (10: page of the original platform)",
        check=r"[1-9]\d{0,2}",
    ),
    ServiceOption(
        "max_bytes",
        "1048576",
        "bytes allowed in one picture, else code 14 (page: 1M; one copy of an older page: 10M)",
        check=r"[1-9]\d{0,8}",
    ),
    ServiceOption(
        "formats",
        "static",
        "static: png, jpg, tif and webp, as on the page; later: bmp and gif too, "
        "as on newer pages of the original platform",
        ("static", "later"),
    ),
    ServiceOption(
        "no_text",
        "empty",
        "pictures without text: empty objects, or code 16",
        ("empty", "refuse"),
    ),
    ServiceOption(
        "turn",
        "on",
        "on: find text at any angle, since `degree` goes from -180 to 180; off: upright text only "
        "(faster)",
        ("on", "off"),
    ),
    ServiceOption(
        "statuses",
        "platform",
        "HTTP status of key, quota and rate errors: 401, 403 and 429 by the hosting platform, "
        "or 200 as for every other code",
        ("platform", "ok"),
    ),
)
