"""Renders what was read: the envelope, places, and the fields of a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Price, single_result
from mockocr.core.recognition import Quad, Recognition
from mockocr.documents.kinds import Document, Kind, find_documents, why_none
from mockocr.vendors.wechat.errors import CONTENT_TYPE
from mockocr.vendors.wechat.ocr.parsing import parse

Json = dict[str, Any]
PRICE = Price("doc: openpoc/ocr pages, 100 calls a day are free; they name no price beyond")
_PAGES = "doc: developers.weixin.qq.com/doc/service/api/openpoc/ocr"
_CORNERS = ("left_top", "right_top", "right_bottom", "left_bottom")

Fields = Callable[[Sequence[Document], Image], Mapping[str, Any]]


def card_operation(name: str, page: str, kinds: Collection[Kind], fields: Fields) -> Operation:
    """The operation at `/cv/ocr/<name>` for documents of the `kinds`; `page` is the end of its
    page's address. `fields` gets the documents that were found, at least one.
    """

    def render(
        request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]
    ) -> Response:
        image, recognition = single_result(results)
        return success(fields(documents_of(recognition, kinds), image))

    return operation(name, page, render)


def operation(
    name: str,
    page: str,
    render: Callable[[Request, OcrRequest[None], Sequence[ImageResult]], Response],
) -> Operation:
    return Operation(
        name=name,
        methods=("POST",),
        path=f"/cv/ocr/{name}",
        source=f"{_PAGES}/{page}",
        parse=parse,
        render=render,
        price=PRICE,
    )


def documents_of(recognition: Recognition, kinds: Collection[Kind]) -> Sequence[Document]:
    """`ApiError(NOTHING_FOUND)` for a picture of none of the `kinds`."""
    found = find_documents(recognition, tuple(kinds))
    if not found:
        raise ApiError(ErrorKind.NOTHING_FOUND, why_none(recognition, kinds))
    return found


def success(fields: Mapping[str, Any]) -> Response:
    body = {"errcode": 0, "errmsg": "ok", **fields}
    return Response.of_json(body, code=0, content_type=CONTENT_TYPE)


def position(quad: Quad) -> Json:
    """The corners from the top left, clockwise, in whole pixels."""
    return {name: {"x": x, "y": y} for name, (x, y) in zip(_CORNERS, quad.rounded, strict=True)}


def image_size(image: Image) -> Json:
    return {"w": image.width, "h": image.height}
