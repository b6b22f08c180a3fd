"""vehicle-license: the main page or the second page of a vehicle licence, or both."""

from __future__ import annotations

from mockocr.core.recognition import PictureWarning, Recognition
from mockocr.documents.kinds import Kind
from mockocr.vendors.huawei.ocr.documents import Asked, Json, Rules
from mockocr.vendors.huawei.ocr.two_pages import AUTHORITY, SIDES, Page, two_page_operation

_FRONT = {
    "number": "plate",
    "vehicle_type": "type",
    "name": "owner",
    "address": "address",
    "use_character": "use",
    "model": "model",
    "engine_no": "engine",
    "vin": "vin",
    "register_date": "register_date",
    "issue_date": "issue_date",
    AUTHORITY: "authority",
}
_BACK = {
    "number": "plate",
    "file_no": "file_number",
    "approved_passengers": "seats",
    "gross_mass": "total_mass",
    "unladen_mass": "curb_weight",
    "approved_load": "load",
    "dimension": "size",
    "traction_mass": "traction_mass",
    "remarks": "remarks",
    "inspection_record": "record",
    "code_number": "code",
    "energy_type": "fuel",
}
_WARNINGS = {
    "blocking_within_border": PictureWarning.COVERED,
    "border_integrity": PictureWarning.BORDER,
}
RULES = Rules(
    (
        "return_issuing_authority",
        "return_text_location",
        "recognize_electronic_license",
        "alarm",
    ),
    sides=SIDES,
    min_side=100,
    max_side=8192,
)


def extras(asked: Asked, recognition: Recognition) -> Json:
    """The warnings that a test sets."""
    if "alarm" not in asked.on:
        return {}
    warned = {name: warning in recognition.warnings for name, warning in _WARNINGS.items()}
    return {
        "alarm_result": {f"detect_{name}_result": value for name, value in warned.items()},
        "alarm_confidence": {f"{name}_score": 99 if value else 1 for name, value in warned.items()},
    }


OPERATION = two_page_operation(
    "vehicle-license",
    "doc: vehicle licence page (ocr_03_0034, 行驶证识别)",
    RULES,
    Page(Kind.VEHICLE_LICENCE, _FRONT),
    Page(Kind.VEHICLE_LICENCE_BACK, _BACK),
    extras,
)
