"""银行卡识别: the five fields of a bank card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.documents.formats import month_first
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
    """The five fields of the page, empty if the card does not show them;
    `ApiError(NOTHING_FOUND)` for a picture without a card number.
    """
    _, recognition = single_result(results)
    card = shown_document(recognition, (Kind.BANK_CARD,))
    name, code = card.text("bank"), card.text("bank_code")
    lists: dict[str, list[Any]] = {"coords": [], "words": [], "candword": []}
    fields = (
        document_item("卡号", card["number"]),
        document_item("卡类型", card["card_type"]),
        document_item("卡名字", card["card_name"]),
        document_item("银行信息", card["bank"], f"{name}({code})" if code else name),
        document_item("有效期", card["valid_to"], month_first(card.text("valid_to"))),
    )
    items = [{**field, **lists} for field in fields]
    return render_success(
        request, parsed.extra, recognition, dump_json(items), ("session_id", "items")
    )


OPERATION = Operation(
    name="bankcard",
    methods=("POST",),
    path="/ocr/bankcard",
    source="银行卡识别, cloud.tencent.com/document/product/866",
    parse=parse,
    render=render,
)
