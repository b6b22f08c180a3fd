"""The options of the gateway, and the body limit that it sets for every service behind it."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

APPCODE_IN_QUERY = ServiceOption(
    "appcode_in_query",
    "no",
    "whether ?AppCode= authenticates: no (header only, the market's default) or yes "
    "(the provider chose Header & Query)",
    ("no", "yes"),
)
GATEWAY = ServiceOption(
    "gateway",
    "classic",
    "which generation of the gateway refuses: classic (X-Ca-Error-Message alone) or vpc "
    "(X-Ca-Error-Code too)",
    ("classic", "vpc"),
)

BODY_LIMIT = 8 * 1024 * 1024
"""guess: no page gives the gateway's limit for market APIs; a 1 MB picture fits in every form."""
