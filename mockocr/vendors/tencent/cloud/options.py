"""The options of API 3.0."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

OPTIONS = (
    ServiceOption(
        "turn",
        "off",
        "read upright text only, or find text at any angle and state it in `Angle` (slower)",
        ("off", "on"),
    ),
)
