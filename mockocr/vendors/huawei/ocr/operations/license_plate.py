"""license-plate: every licence plate on a picture."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.documents.kinds import Document, Kind, find_documents
from mockocr.vendors.huawei.ocr.documents import Asked, Json, Rules, none_found, operation
from mockocr.vendors.huawei.ocr.rendering import corners, picture_of, rounded, success_list

_COLORS = {
    "蓝": "blue",
    "绿": "green",
    "黄": "yellow",
    "白": "white",
    "黑": "black",
    "黄绿": "yellow_green",
}
RULES = Rules(max_side=4096, options=ReadOptions(turn=True, colors=True))


def render(request: Request, parsed: OcrRequest[Asked], results: Sequence[ImageResult]) -> Response:
    """sdk: the result is a list."""
    _, recognition = picture_of(results, in_obs=parsed.extra.in_obs)
    kinds = (Kind.LICENCE_PLATE,)
    plates = find_documents(recognition, kinds)
    if not plates:
        raise none_found(recognition, kinds)
    return success_list(request, [_plate(plate) for plate in plates])


def _plate(plate: Document) -> Json:
    number = plate["number"]
    return {
        "plate_number": number.text,
        "plate_color": _COLORS.get(plate.text("color"), ""),
        "plate_location": corners(number.quad) if number.quad is not None else [],
        "confidence": rounded(number.confidence),
    }


OPERATION = operation(
    "license-plate", "doc: licence plate page (ocr_03_0040, 车牌识别)", RULES, render
)
