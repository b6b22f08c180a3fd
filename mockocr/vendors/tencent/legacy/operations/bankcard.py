"""银行卡识别: the five fields of a bank card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.core.recognition import float32
from mockocr.documents.bankcard import bank_card_of
from mockocr.documents.char_map import Value
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
    card = bank_card_of(recognition)
    if not card.number.text:
        raise ApiError(ErrorKind.NOTHING_FOUND, "the picture holds no card number")
    items = [
        _item(name, value)
        for name, value in (
            ("卡号", card.number),
            ("卡类型", card.kind),
            ("卡名字", card.name),
            ("银行信息", card.bank),
            ("有效期", card.end),
        )
    ]
    return render_success(
        request, parsed.extra, recognition, dump_json(items), ("session_id", "items")
    )


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
