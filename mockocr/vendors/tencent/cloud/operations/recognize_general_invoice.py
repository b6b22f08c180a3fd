"""通用票据识别（高级版） RecognizeGeneralInvoice: the invoices and tickets on the pages, each as an
object of its type.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.documents.kinds import Document, Kind, find_documents, what_is_shown
from mockocr.vendors.tencent.cloud import invoice_types as types
from mockocr.vendors.tencent.cloud.action import (
    BOOLEAN,
    INTEGER,
    INTEGERS,
    JPEG_PNG,
    Action,
    turn_option,
)
from mockocr.vendors.tencent.cloud.errors import BAD_VALUE
from mockocr.vendors.tencent.cloud.invoice_items import (
    Page,
    invoice_item,
    other_item,
    unsupported_item,
)
from mockocr.vendors.tencent.cloud.rendering import Json, render_in_order

MOST_PAGES = 30

_FLAGS = (
    *("EnableOther", "EnablePdf", "EnableMultiplePage", "EnableCutImage"),
    *("EnableItemPolygon", "EnableQRCode", "EnableSeal"),
)
_ON = {"EnableOther", "EnablePdf"}
"""Flags that are on by default. QR codes and seals are not looked for."""

ACTION = Action(
    "RecognizeGeneralInvoice",
    "通用票据识别（高级版）",
    90802,
    JPEG_PNG,
    own={"Types": INTEGERS, "PdfPageNumber": INTEGER, **dict.fromkeys(_FLAGS, BOOLEAN)},
    min_side=20,
    max_side=10000,
)


class InvoiceFields(msgspec.Struct, frozen=True):
    """`flags` are the parameters that are true. `only` is the single type that is asked for, None
    for all (doc: several types are not told apart).
    """

    flags: frozenset[str]
    only: int | None


def parse(request: Request) -> OcrRequest[InvoiceFields]:
    """One picture, a page of a PDF, or its first 30 pages."""
    fields = ACTION.fields(request)
    asked = fields.get("Types") or []
    for number in asked:
        if number not in types.TYPES:
            raise ApiError(BAD_VALUE, f"Types has {number}, which is the number of no type")
    flags = frozenset(name for name in _FLAGS if fields.get(name, name in _ON))
    several = "EnableMultiplePage" in flags
    return ACTION.ocr_request(
        fields,
        InvoiceFields(flags, asked[0] if len(asked) == 1 else None),
        ReadOptions(turn=turn_option(request)),
        pdf=several or "EnablePdf" in flags,
        pages=_first_pages if several else None,
        keep_pixels="EnableCutImage" in flags,
    )


def render(
    request: Request, parsed: OcrRequest[InvoiceFields], results: Sequence[ImageResult]
) -> Response:
    """The invoices of all pages, from top to bottom; a page without an invoice has an item with a
    code of its own, and a page without text has none. `ApiError(NOTHING_FOUND)` if no page has
    text; the error of a page that cannot be read.
    """
    items: list[Json] = []
    why, total = "", 1
    for number, result in enumerate(results, 1):
        image, recognition = single_result([result])
        total = max(total, image.pages)
        if any(line.words for line in recognition.lines) or recognition.scripted is not None:
            page = Page(image, recognition, result.page or number, parsed.extra.flags)
            found, reason = _items(page, parsed.extra.only)
            items += found
            why = why or reason
    if not items:
        raise ApiError(ErrorKind.NOTHING_FOUND, "no page holds readable text")
    codes = [item["Code"] for item in items]
    return render_in_order(
        request,
        {"MixedInvoiceItems": items, "RequestId": "", "TotalPDFCount": total},
        code="OK" if "OK" in codes else codes[0],
        why=why,
    )


def _first_pages(count: int) -> Sequence[int]:
    return range(1, min(count, MOST_PAGES) + 1)


def _items(page: Page, only: int | None) -> tuple[list[Json], str]:
    """The items of a page, and the reason why it has none that is supported."""
    found = [
        invoice
        for invoice in find_documents(page.recognition, types.KINDS)
        if only is None or types.type_of(invoice).number == only
    ]
    found.sort(key=_top)
    if found:
        return [invoice_item(page, i, alone=len(found) == 1) for i in found], ""
    takes_others = "EnableOther" in page.flags and only in (None, types.OTHER.number)
    if takes_others and not find_documents(page.recognition, tuple(Kind)):
        return [other_item(page)], ""
    reason = f"no invoice that was asked for; {what_is_shown(page.recognition)}"
    return [unsupported_item(page)], reason


def _top(invoice: Document) -> tuple[float, float]:
    if invoice.quad is None:
        return 0.0, 0.0
    left, top, _, _ = invoice.quad.extent
    return top, left


OPERATION = ACTION.operation("recognize_general_invoice", parse, render)
