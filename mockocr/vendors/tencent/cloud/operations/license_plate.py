"""车牌识别 LicensePlateOCR: the number plates in a picture."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.documents.kinds import Document, Kind, find_documents
from mockocr.vendors.tencent.cloud.action import JPEG_PNG, Action, turn_option
from mockocr.vendors.tencent.cloud.rendering import Json, percent, rect, render_in_order
from mockocr.vendors.tencent.cloud.shown_documents import nothing_shown

ACTION = Action("LicensePlateOCR", "车牌识别", 36211, JPEG_PNG)

CATEGORY = "标准实体车牌"
"""doc: the page's other categories (临牌, 喷漆车牌, 非标准实体车牌) are not told apart."""


def parse(request: Request) -> OcrRequest[None]:
    """One picture."""
    fields = ACTION.fields(request)
    return ACTION.ocr_request(fields, None, ReadOptions(turn=turn_option(request), colors=True))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """The most certain plate, and all of them; `ApiError(NOTHING_FOUND)` without any."""
    _, recognition = single_result(results)
    plates = [_plate(p) for p in find_documents(recognition, (Kind.LICENCE_PLATE,))]
    if not plates:
        raise nothing_shown(recognition, Kind.LICENCE_PLATE.words)
    best = max(plates, key=lambda plate: plate["Confidence"])
    return render_in_order(
        request,
        {
            "Number": best["Number"],
            "Confidence": best["Confidence"],
            "Rect": best["Rect"],
            "Color": best["Color"],
            "LicensePlateInfos": plates,
            "LicensePlateCategory": best["LicensePlateCategory"],
        },
    )


def _plate(plate: Document) -> Json:
    return {
        "Number": plate.text("number"),
        "Confidence": percent(plate["number"].confidence),
        "Rect": rect(plate["number"].quad),
        "Color": plate.text("color"),
        "LicensePlateCategory": CATEGORY,
    }


OPERATION = ACTION.operation("license_plate", parse, render)
