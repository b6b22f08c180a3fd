"""行驶证识别 RecognizeVehicleLicense: the sides of a vehicle licence."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.card_action import CardAction
from mockocr.vendors.aliyun.ocr_api.skins import VEHICLE_LICENCE_BACK, VEHICLE_LICENCE_FACE

OPERATION = CardAction(
    "RecognizeVehicleLicense",
    "recognize_vehicle_license",
    {
        Kind.VEHICLE_LICENCE: ("face", VEHICLE_LICENCE_FACE),
        Kind.VEHICLE_LICENCE_BACK: ("back", VEHICLE_LICENCE_BACK),
    },
).operation
