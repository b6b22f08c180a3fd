"""The options of Aliyun's own services."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

ADVANCED_ERRORS = ServiceOption(
    "advanced_errors",
    "json",
    "form of the errors of ocrservice/advanced and invoice: json (error_code and error_msg, as two "
    "public clients read them; a guess) or text (the sentence alone)",
    ("json", "text"),
)
