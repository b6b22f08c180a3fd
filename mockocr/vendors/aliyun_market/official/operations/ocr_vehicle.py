"""ocr_vehicle, 行驶证识别: one page of a vehicle licence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.aliyun_market.official.documents import (
    Configure,
    Json,
    document_operation,
    page_of,
)

_FACE = {
    "plate_num": "plate",
    "vehicle_type": "type",
    "owner": "owner",
    "use_character": "use",
    "addr": "address",
    "model": "model",
    "vin": "vin",
    "engine_num": "engine",
    "register_date": "register_date",
    "issue_date": "issue_date",
}
_BACK = {
    "appproved_passenger_capacity": "seats",  # sic
    "approved_load": "load",
    "file_no": "file_number",
    "gross_mass": "total_mass",
    "inspection_record": "record",
    "overall_dimension": "size",
    "traction_mass": "traction_mass",
    "unladen_mass": "curb_weight",
    "plate_num": "plate",
    "energy_type": "fuel",
}


def kinds(configure: Configure) -> Collection[Kind]:
    return (Kind.VEHICLE_LICENCE_BACK,) if configure.back else (Kind.VEHICLE_LICENCE,)


def fields(found: Sequence[Document], configure: Configure, recognition: Recognition) -> Json:
    body = page_of(found[0], configure, _FACE, _BACK, ("register_date", "issue_date"))
    return {**body, "config_str": configure.text}


OPERATION = document_operation(
    "ocr_vehicle",
    "/rest/160601/ocr/ocr_vehicle.json",
    "observed: the market's description, as public clients quote it",
    kinds,
    fields,
)
