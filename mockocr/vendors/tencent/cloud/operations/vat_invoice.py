"""增值税发票识别 VatInvoiceOCR: the fields of a VAT invoice by their Chinese names, and its
rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.documents.kinds import Kind
from mockocr.vendors.tencent.cloud.action import JPEG_PNG, PDF, Action, turn_option
from mockocr.vendors.tencent.cloud.rendering import named_corners, render_in_order, rotation
from mockocr.vendors.tencent.cloud.shown_documents import shown_document
from mockocr.vendors.tencent.invoice_names import item_members, named_fields

ACTION = Action(
    "VatInvoiceOCR",
    "增值税发票识别",
    36210,
    JPEG_PNG,
    own=PDF,
    min_side=20,
    max_side=10000,
)


def parse(request: Request) -> OcrRequest[None]:
    """One picture or page of a PDF."""
    fields = ACTION.fields(request)
    return ACTION.ocr_request(fields, None, ReadOptions(turn=turn_option(request)))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """Every field that the page names, empty if it was not read; `ApiError(NOTHING_FOUND)` for a
    picture without a VAT invoice.
    """
    image, recognition = single_result(results)
    invoice = shown_document(recognition, Kind.VAT_INVOICE)
    infos = [
        {
            "Name": entry.name,
            "Value": entry.value,
            "Polygon": named_corners(entry.quad) if entry.quad else None,
        }
        for entry in named_fields(invoice)
    ]
    return render_in_order(
        request,
        {
            "VatInvoiceInfos": infos,
            "Items": item_members(invoice),
            "PdfPageSize": image.pages,
            "Angle": rotation(recognition),
        },
    )


OPERATION = ACTION.operation("vat_invoice", parse, render)
