"""The options of Baidu's OCR."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

OPTIONS = (
    ServiceOption(
        "expired_token",
        "110",
        "error_code for an expired access token: 110, after which the official clients ask for a "
        "new one, or 111, as the error table says",
        ("110", "111"),
    ),
    ServiceOption(
        "limits",
        "current",
        "largest picture: 8 MB or, for the accurate operations, 10 MB; legacy is the 4 MB of the "
        "pages before 2023",
        ("current", "legacy"),
    ),
    ServiceOption(
        "booleans",
        "lenient",
        "lenient takes any value that is not true for false; strict answers it with 216100",
        ("lenient", "strict"),
    ),
    ServiceOption(
        "no_idcard",
        "error",
        "answer of idcard to a picture without an ID card: error is 216633, as the error table "
        "says; status is a result without words whose image_status is non_idcard or "
        "other_type_card, as the operation's page says",
        ("error", "status"),
    ),
)
