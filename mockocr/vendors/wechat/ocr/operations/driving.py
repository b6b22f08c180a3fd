"""行驶证识别: a vehicle licence, its main page and its second page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.wechat.ocr.rendering import card_operation, image_size, position

_MAIN = {
    "plate_num": "plate",
    "vehicle_type": "type",
    "owner": "owner",
    "addr": "address",
    "use_character": "use",
    "model": "model",
    "vin": "vin",
    "engine_num": "engine",
    "register_date": "register_date",
    "issue_date": "issue_date",
}
_SECOND = {
    "plate_num_b": "plate",
    "record": "file_number",
    "passengers_num": "seats",
    "total_quality": "total_mass",
    "prepare_quality": "curb_weight",
    "overall_size": "size",
}
"""doc: api_drivingocr; its sample has `overall_size` and the positions, the table has not. The
sample of `record` is a number of twelve digits, which is the file number."""


def fields(documents: Sequence[Document], image: Image) -> Mapping[str, Any]:
    """The fields of a page that is not shown are empty (guess), and it has no position."""
    found = {document.kind: document for document in reversed(documents)}
    main = found.get(Kind.VEHICLE_LICENCE)
    second = found.get(Kind.VEHICLE_LICENCE_BACK)
    body: dict[str, Any] = {n: main.text(f) if main else "" for n, f in _MAIN.items()}
    body |= {n: second.text(f) if second else "" for n, f in _SECOND.items()}
    for name, page in (("card_position_front", main), ("card_position_back", second)):
        if page is not None and page.quad is not None:
            body[name] = {"pos": position(page.quad)}
    return {**body, "img_size": image_size(image)}


OPERATION = card_operation(
    "driving", "api_drivingocr", (Kind.VEHICLE_LICENCE, Kind.VEHICLE_LICENCE_BACK), fields
)
