"""银行卡识别: the five fields of a bank card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.core.recognition import float32
from mockocr.documents.char_map import Value
from mockocr.documents.formats import month_first
from mockocr.documents.kinds import Document, Kind, find_document, what_is_shown
from mockocr.vendors.tencent.legacy.rendering import item_box, render_success
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
    card = find_document(recognition, (Kind.BANK_CARD,))
    if card is None:
        shown = what_is_shown(recognition)
        raise ApiError(ErrorKind.NOTHING_FOUND, f"the picture holds no card number; {shown}")
    items = [
        _item(name, value)
        for name, value in (
            ("卡号", card["number"]),
            ("卡类型", card["card_type"]),
            ("卡名字", card["card_name"]),
            ("银行信息", _bank(card)),
            ("有效期", replace(card["valid_to"], text=month_first(card.text("valid_to")))),
        )
    ]
    return render_success(
        request, parsed.extra, recognition, dump_json(items), ("session_id", "items")
    )


def _bank(card: Document) -> Value:
    """The bank's short name, with UnionPay's institution number in brackets if it is known."""
    bank, code = card["bank"], card.text("bank_code")
    return replace(bank, text=f"{bank.text}({code})") if code else bank


def _item(name: str, value: Value) -> dict[str, Any]:
    return {
        "item": name,
        "itemcoord": item_box(value.quad),
        "itemconf": float32(value.confidence),
        "itemstring": value.text,
        "coords": [],
        "words": [],
        "candword": [],
    }


OPERATION = Operation(
    name="bankcard",
    methods=("POST",),
    path="/ocr/bankcard",
    source="银行卡识别, cloud.tencent.com/document/product/866",
    parse=parse,
    render=render,
)
