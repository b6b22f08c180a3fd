"""营业执照识别: the five fields of a business licence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.documents.char_map import Value
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.tencent.legacy.documents import document_item, shown_document
from mockocr.vendors.tencent.legacy.rendering import render_success
from mockocr.vendors.tencent.legacy.single_image import SingleImage, parse_single_image


def parse(request: Request) -> OcrRequest[SingleImage]:
    """One picture, by URL or inside the body."""
    return parse_single_image(request)


def render(
    request: Request, parsed: OcrRequest[SingleImage], results: Sequence[ImageResult]
) -> Response:
    """The five fields of the page, empty if they were not read; `ApiError(NOTHING_FOUND)` for a
    picture without a business licence.
    """
    _, recognition = single_result(results)
    licence = shown_document(recognition, (Kind.BUSINESS_LICENCE,))
    fields = (
        document_item("注册号", licence["number"]),
        document_item("法定代表人", licence["person"]),
        document_item("公司名称", licence["name"]),
        document_item("地址", licence["address"]),
        document_item("营业期限", *_period(licence)),
    )
    lists: dict[str, list[Any]] = {"coords": [], "words": [], "candword": []}
    items = [{**field, **lists} for field in fields]
    members = ("session_id", "items")
    return render_success(request, parsed.extra, recognition, dump_json(items), members)


def _period(licence: Document) -> tuple[Value, str]:
    """Where the period was read, and its text: `自1998年11月11日至长期`, as in the sample."""
    start, end = licence["valid_from"], licence["valid_to"]
    texts = [chinese_date(start.text), chinese_date(end.text)]
    both = Value("", (*start.characters, *end.characters), max(start.confidence, end.confidence))
    return both, f"自{texts[0]}至{texts[1]}" if all(texts) else "".join(texts)


OPERATION = Operation(
    name="bizlicense",
    methods=("POST",),
    path="/ocr/bizlicense",
    source="营业执照识别, cloud.tencent.com/document/product/866/17599",
    parse=parse,
    render=render,
)
