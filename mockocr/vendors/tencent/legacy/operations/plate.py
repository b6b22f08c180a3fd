"""车牌号识别: the number of the plate in a picture."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.documents.kinds import Kind
from mockocr.vendors.tencent.legacy.documents import document_item, shown_document
from mockocr.vendors.tencent.legacy.rendering import render_success
from mockocr.vendors.tencent.legacy.single_image import SingleImage, parse_single_image


def parse(request: Request) -> OcrRequest[SingleImage]:
    """One picture, by URL or inside the body."""
    return parse_single_image(request)


def render(
    request: Request, parsed: OcrRequest[SingleImage], results: Sequence[ImageResult]
) -> Response:
    """The number; `ApiError(NOTHING_FOUND)` for a picture without a plate. The page's table has the
    items inside `data`, its sample beside it; the table is followed, as all other operations do.
    """
    _, recognition = single_result(results)
    plate = shown_document(recognition, (Kind.LICENCE_PLATE,))
    items = [document_item("车牌", plate["number"])]
    members = ("session_id", "items")
    return render_success(request, parsed.extra, recognition, dump_json(items), members)


OPERATION = Operation(
    name="plate",
    methods=("POST",),
    path="/ocr/plate",
    source="车牌号识别, cloud.tencent.com/document/product/641/12427",
    parse=parse,
    render=render,
)
