"""增值税发票识别: the fields of a VAT invoice by their Chinese names."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.documents.kinds import Kind
from mockocr.vendors.tencent.invoice_names import named_fields
from mockocr.vendors.tencent.legacy.body import LIMITS
from mockocr.vendors.tencent.legacy.documents import item, shown_document
from mockocr.vendors.tencent.legacy.rendering import render_success
from mockocr.vendors.tencent.legacy.single_image import SingleImage, parse_single_image

INVOICE_LIMITS = replace(LIMITS, max_bytes=4 * 1024 * 1024)
"""doc: invoice page, the picture has at most 4 MB."""

MEMBERS = ("recognize_warn_msg", "recognize_warn_code", "items", "class", "angle")
"""Of `data`, in the order of the page's sample."""


def parse(request: Request) -> OcrRequest[SingleImage]:
    """One picture, by URL or inside the body."""
    return parse_single_image(request, limits=INVOICE_LIMITS)


def render(
    request: Request, parsed: OcrRequest[SingleImage], results: Sequence[ImageResult]
) -> Response:
    """Every field that was read; `ApiError(NOTHING_FOUND)` for a picture without a VAT invoice. The
    names are those of VatInvoiceOCR (guess: the page's sample has two of them).
    """
    _, recognition = single_result(results)
    invoice = shown_document(recognition, (Kind.VAT_INVOICE,))
    items = [
        item(field.name, field.value, field.quad, field.confidence)
        for field in named_fields(invoice)
        if field.value and field.confidence
    ]
    return render_success(request, parsed.extra, recognition, dump_json(items), MEMBERS)


OPERATION = Operation(
    name="invoice",
    methods=("POST",),
    path="/ocr/invoice",
    source="增值税发票识别, cloud.tencent.com/document/product/866",
    parse=parse,
    render=render,
)
