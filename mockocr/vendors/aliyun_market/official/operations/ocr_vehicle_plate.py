"""ocr_vehicle_plate, 车牌识别: the licence plates of a picture."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.aliyun_market.official.documents import Configure, Json, document_operation

_CLASSES = {"绿": "小型新能源车", "黄绿": "大型新能源车", "黄": "大型汽车", "蓝": "小型汽车"}
_OTHER = "其他"


def fields(found: Sequence[Document], configure: Configure, recognition: Recognition) -> Json:
    """guess: the keys. observed: clients send `multi_crop`; here every plate is returned."""
    return {"plates": [_plate(plate) for plate in found]}


def _plate(plate: Document) -> Json:
    number = plate["number"]
    box = number.quad.bounds if number.quad is not None else None
    left, top, width, height = box or (0, 0, 0, 0)
    return {
        "cls_name": _CLASSES.get(plate.text("color"), _OTHER),
        "cls_prob": number.confidence,
        "prob": number.confidence,
        "roi": {"h": height, "w": width, "x": left, "y": top},
        "txt": number.text,
    }


OPERATION = document_operation(
    "ocr_vehicle_plate",
    "/rest/160601/ocr/ocr_vehicle_plate.json",
    "observed: address and request in public clients; guess: the keys of the answer",
    lambda configure: (Kind.LICENCE_PLATE,),
    fields,
    options=ReadOptions(turn=True, colors=True),
)
