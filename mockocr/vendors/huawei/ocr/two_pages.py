"""The operations for papers of two pages: `side` chooses one, or both in objects of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind, find_documents
from mockocr.vendors.huawei.ocr.documents import (
    Asked,
    Json,
    Rules,
    none_found,
    operation,
    places,
)
from mockocr.vendors.huawei.ocr.rendering import picture_of, success

SIDES = ("front", "back", "double_side")
AUTHORITY = "issuing_authority"
Extras = Callable[[Asked, Recognition], Json]


class Page(msgspec.Struct, frozen=True):
    """A page of a paper: its kind, and its fields by the vendor's names."""

    kind: Kind
    names: Mapping[str, str]


def two_page_operation(
    name: str, page: str, rules: Rules, front: Page, back: Page, extras: Extras
) -> Operation:
    """doc: without `side`, the main page is read. `extras` adds what other switches ask for."""
    pages = {"front": (front,), "back": (back,), "double_side": (front, back)}

    def render(
        request: Request, parsed: OcrRequest[Asked], results: Sequence[ImageResult]
    ) -> Response:
        asked = parsed.extra
        _, recognition = picture_of(results, in_obs=asked.in_obs)
        wanted = pages[asked.side or "front"]
        kinds = tuple(page.kind for page in wanted)
        found = {paper.kind: paper for paper in reversed(find_documents(recognition, kinds))}
        if not found:
            raise none_found(recognition, kinds)
        read = {
            page.kind: _page(found[page.kind], page, asked) | extras(asked, recognition)
            for page in wanted
            if page.kind in found
        }
        if asked.side != "double_side":
            return success(request, {"type": "normal", **next(iter(read.values()))})
        both = {"front": read.get(front.kind), "back": read.get(back.kind)}
        return success(request, {name: page for name, page in both.items() if page is not None})

    return operation(name, page, rules, render)


def _page(paper: Document, page: Page, asked: Asked) -> Json:
    shown = {
        name: field
        for name, field in page.names.items()
        if name != AUTHORITY or "return_issuing_authority" in asked.on
    }
    result: Json = paper.texts(shown)
    if "return_text_location" in asked.on:
        result["text_location"] = places(paper, shown)
    return result
