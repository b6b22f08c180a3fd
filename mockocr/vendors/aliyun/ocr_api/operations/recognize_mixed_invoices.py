"""混贴发票识别 RecognizeMixedInvoices: all invoices, tickets and receipts of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Quad
from mockocr.documents.kinds import Document, find_documents, what_is_shown
from mockocr.vendors.aliyun.ocr_api.action import operation
from mockocr.vendors.aliyun.ocr_api.cards import contents, slice_rectangle
from mockocr.vendors.aliyun.ocr_api.envelope import render_text
from mockocr.vendors.aliyun.ocr_api.errors import WRONG_IMAGE
from mockocr.vendors.aliyun.ocr_api.parameters import flag, integer
from mockocr.vendors.aliyun.ocr_api.pictures import chosen_page, limits, read_picture, source
from mockocr.vendors.aliyun.ocr_api.ticket_skins import TICKETS

MERGED_PAGES = 4
"""doc: how many pages of a document MergePdfPages reads."""


class MixedFlags(msgspec.Struct, frozen=True):
    """`merge`: the first pages of a document are read as one."""

    merge: bool


def parse(request: Request) -> OcrRequest[MixedFlags]:
    """`ApiError` for a malformed parameter, and for a missing or malformed picture."""
    merge = flag(request, "MergePdfPages")
    number = integer(request, "PageNo", 1)
    return OcrRequest(
        (source(request),),
        limits(request, pdf=True),
        MixedFlags(merge),
        ReadOptions(turn=True),
        (lambda count: range(1, min(count, MERGED_PAGES) + 1)) if merge else chosen_page(number),
    )


def render(
    request: Request, parsed: OcrRequest[MixedFlags], results: Sequence[ImageResult]
) -> Response:
    """The invoices of each page from the top; `ApiError(unmatchedImageType)` if there is none."""
    pages = [read_picture((result,)) for result in results]
    found: list[tuple[Image, Document]] = []
    for image, recognition in pages:
        documents = find_documents(recognition, tuple(TICKETS))
        found += [(image, document) for document in sorted(documents, key=_order)]
    if not found:
        detail = f"{what_is_shown(pages[0][1])}; the action is for invoices and tickets"
        raise ApiError(WRONG_IMAGE, detail)
    image = pages[0][0]
    data = {
        "algo_version": "",
        "count": len(found),
        "height": image.height,
        "orgHeight": image.height,
        "orgWidth": image.width,
        "subMsgs": [_invoice(index, *each) for index, each in enumerate(found, start=1)],
        "width": image.width,
    }
    return render_text(request, data)


def _order(document: Document) -> tuple[float, float]:
    left, top, _, _ = document.quad.extent if document.quad else (0.0, 0.0, 0.0, 0.0)
    return top, left


def _invoice(index: int, image: Image, document: Document) -> dict[str, Any]:
    """observed: places inside an invoice are relative to its slice of the picture."""
    ticket = TICKETS[document.kind]
    around = document.quad or Quad.upright(0, 0, image.width, image.height)
    box = around.bounds
    place = slice_rectangle(around)
    return {
        "index": index,
        "op": ticket.op,
        "result": {
            "algo_version": "",
            "angle": 0,
            "codes": [],
            **contents(document, ticket.fields, rows=ticket.rows, left=box.x, top=box.y),
            "ftype": 0,
            "height": box.height,
            "orgHeight": box.height,
            "orgWidth": box.width,
            "sliceRect": place,
            "width": box.width,
        },
        "sliceRect": place,
        "type": ticket.type,
    }


OPERATION = operation("RecognizeMixedInvoices", "recognize_mixed_invoices", parse, render)
