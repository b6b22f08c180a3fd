"""营业执照识别 RecognizeBusinessLicense: a business licence."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.card_action import CardAction
from mockocr.vendors.aliyun.ocr_api.skins import BUSINESS_LICENCE

OPERATION = CardAction(
    "RecognizeBusinessLicense",
    "recognize_business_license",
    {Kind.BUSINESS_LICENCE: ("", BUSINESS_LICENCE)},
    lists=("codes", "figure"),
).operation
"""doc: `codes` and `figure`, which are not looked for."""
