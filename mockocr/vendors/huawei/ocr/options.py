"""The options of the OCR service."""

from __future__ import annotations

from mockocr.core.service import ServiceOption
from mockocr.vendors.huawei.options import PROJECT

MAX_SIDE = ServiceOption(
    "max_side",
    "8192",
    "longest side of a picture in px; the pages said 8192 until 2024 and 30000 since",
    ("8192", "30000"),
)
HANDWRITING_TYPE = ServiceOption(
    "handwriting_type",
    "text",
    "what `type` says of a block of handwriting: text, as in the page's sample, or handwriting, as "
    "in the SDK's description",
    ("text", "handwriting"),
)

OPTIONS = (MAX_SIDE, PROJECT, HANDWRITING_TYPE)
