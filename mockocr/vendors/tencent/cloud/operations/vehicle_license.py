"""行驶证识别 VehicleLicenseOCR: the main page of a vehicle licence, its second page, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.tencent.cloud.action import JPEG_PNG_BMP, Action, Parameter, turn_option
from mockocr.vendors.tencent.cloud.card_errors import OTHER_LICENCE_SIDE, SEVERAL_LICENCES
from mockocr.vendors.tencent.cloud.picture_warnings import LICENCE, warn_members
from mockocr.vendors.tencent.cloud.rendering import render_in_order
from mockocr.vendors.tencent.cloud.shown_documents import shown_sides

FRONT, BACK = Kind.VEHICLE_LICENCE, Kind.VEHICLE_LICENCE_BACK
SIDES = {"FRONT": (FRONT,), "BACK": (BACK,), "DOUBLE": (FRONT, BACK)}

_FRONT_INFO = {
    "PlateNo": "plate",
    "VehicleType": "type",
    "Owner": "owner",
    "Address": "address",
    "UseCharacter": "use",
    "Model": "model",
    "Vin": "vin",
    "EngineNo": "engine",
    "RegisterDate": "register_date",
    "IssueDate": "issue_date",
    "Seal": "authority",
}
_BACK_INFO = {
    "PlateNo": "plate",
    "FileNo": "file_number",
    "AllowNum": "seats",
    "TotalMass": "total_mass",
    "CurbWeight": "curb_weight",
    "LoadQuality": "load",
    "ExternalSize": "size",
    "Marks": "remarks",
    "Record": "record",
    "TotalQuasiMass": "traction_mass",
    "SubPageCode": "code",
    "FuelType": "fuel",
}
_TRACTOR_INFO = {
    "PlateNo": "plate",
    "AllowNum": "seats",
    "CombineHarvesterQuality": "",
    "TractorMinUsageWeight": "",
    "TractorMaxAllowLoadCapacity": "",
    "ExternalSize": "size",
    "Record": "record",
    "VehicleType": "",
    "Address": "",
}
"""The vendor's names and ours; an empty one is not read."""

ACTION = Action(
    "VehicleLicenseOCR",
    "行驶证识别",
    36209,
    JPEG_PNG_BMP,
    7,
    {
        "CardSide": Parameter("string", frozenset(SIDES)),
        "TractorCardSide": Parameter("string", frozenset({"FRONT", "BACK"})),
    },
)


class VehicleLicenseFields(msgspec.Struct, frozen=True):
    """`sides` are those that the client expects; `tractor`: the second page is a tractor's."""

    sides: tuple[Kind, ...]
    tractor: bool


def parse(request: Request) -> OcrRequest[VehicleLicenseFields]:
    """One picture; by default it must show the main page. `TractorCardSide` goes before `CardSide`
    (guess).
    """
    fields = ACTION.fields(request)
    tractor = fields.get("TractorCardSide")
    sides = SIDES[tractor or fields.get("CardSide") or "FRONT"]
    extra = VehicleLicenseFields(sides, tractor == "BACK")
    return ACTION.ocr_request(fields, extra, ReadOptions(turn=turn_option(request)))


def render(
    request: Request, parsed: OcrRequest[VehicleLicenseFields], results: Sequence[ImageResult]
) -> Response:
    """The fields of the pages that are asked for; null for the others.

    Raises `ApiError(NOTHING_FOUND)` for a picture without a licence, and an entry of its own for
    the other page or for two licences.
    """
    _, recognition = single_result(results)
    extra = parsed.extra
    shown = shown_sides(
        recognition,
        "vehicle licence",
        (FRONT, BACK),
        extra.sides,
        OTHER_LICENCE_SIDE,
        SEVERAL_LICENCES,
    )
    back = shown.get(BACK)
    electronic = PictureWarning.ELECTRONIC in recognition.warnings
    return render_in_order(
        request,
        {
            "FrontInfo": _info(shown.get(FRONT), _FRONT_INFO),
            "BackInfo": None if extra.tractor else _info(back, _BACK_INFO),
            **warn_members(recognition.warnings, LICENCE),
            "VehicleLicenseType": "Electronic" if electronic else "Normal",
            "TractorBackInfo": _info(back, _TRACTOR_INFO) if extra.tractor else None,
        },
    )


def _info(page: Document | None, names: Mapping[str, str]) -> dict[str, str] | None:
    if page is None:
        return None
    return {key: page.text(name) if name else "" for key, name in names.items()}


OPERATION = ACTION.operation("vehicle_license", parse, render)
