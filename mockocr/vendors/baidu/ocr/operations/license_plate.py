"""车牌识别: one licence plate, or all of a picture."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning, Recognition
from mockocr.documents.kinds import Document, Kind, find_documents, why_none
from mockocr.vendors.baidu.ocr.documents import EDITOR
from mockocr.vendors.baidu.ocr.errors import NO_TARGET
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.prices import CARD
from mockocr.vendors.baidu.ocr.rendering import Json, envelope, points

_COLORS = {
    "蓝": "blue",
    "绿": "green",
    "黄": "yellow",
    "白": "white",
    "黑": "black",
    "黄绿": "yellow_green",
}
_UNKNOWN = "unknow"
"""sdk: sic."""
RULES = Rules(
    {
        "multi_detect": BOOLEAN,
        "multi_scale": BOOLEAN,
        "detect_complete": BOOLEAN,
        "detect_risk": BOOLEAN,
    },
    files=False,
    turned=True,
    colors=True,
)


def render(
    request: Request, parsed: OcrRequest[Fields], results: Sequence[ImageResult]
) -> Response:
    """doc: with `multi_detect`, `words_result` is a list. `ApiError(NO_TARGET)` without a plate."""
    image, recognition = single_result(results)
    fields, kinds = parsed.extra, (Kind.LICENCE_PLATE,)
    plates = find_documents(recognition, kinds)
    if not plates:
        raise ApiError(NO_TARGET, why_none(recognition, kinds))
    read = [_plate(plate, recognition, fields) for plate in plates]
    body: Json = {"words_result": read if fields.flag("multi_detect") else read[0]}
    return envelope(request, body, fields, image)


def _plate(plate: Document, recognition: Recognition, fields: Fields) -> Json:
    number = plate["number"]
    confidences = [c.confidence for c in number.characters] or [1.0] * len(number.text)
    body: Json = {
        "number": number.text,
        "color": _COLORS.get(plate.text("color"), _UNKNOWN),
        "probability": [round(confidence, 6) for confidence in confidences],
        "vertexes_location": (
            points(number.quad) if number.quad else [{"x": 0, "y": 0} for _ in range(4)]
        ),
    }
    if fields.flag("detect_complete"):
        covered = PictureWarning.COVERED in recognition.warnings
        body["cover_info"] = "incomplete" if covered else "complete"
    if fields.flag("detect_risk") and PictureWarning.TAMPERED in recognition.warnings:
        body["edit_tool"] = EDITOR
    return body


OPERATION = operation("license_plate", "ck3h7y191", RULES.parse, render, price=CARD)
