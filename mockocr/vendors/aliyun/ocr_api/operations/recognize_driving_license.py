"""驾驶证识别 RecognizeDrivingLicense: the sides of a driving licence."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.card_action import CardAction
from mockocr.vendors.aliyun.ocr_api.skins import DRIVING_LICENCE_BACK, DRIVING_LICENCE_FACE

OPERATION = CardAction(
    "RecognizeDrivingLicense",
    "recognize_driving_license",
    {
        Kind.DRIVING_LICENCE: ("face", DRIVING_LICENCE_FACE),
        Kind.DRIVING_LICENCE_BACK: ("back", DRIVING_LICENCE_BACK),
    },
).operation
