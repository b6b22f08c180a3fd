"""What the operations for cards, licences and invoices share: the request, the document, and the
fields with their places and confidences.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind, find_document, why_none
from mockocr.vendors.huawei.ocr.body import JsonBody, parse_body, picture_limits
from mockocr.vendors.huawei.ocr.prices import CARD
from mockocr.vendors.huawei.ocr.rendering import corners, picture_of, rounded, success

FORMATS = frozenset({"JPEG", "PNG", "BMP", "TIFF"})
"""doc: the operations' pages."""
Json = dict[str, Any]


class Asked(msgspec.Struct, frozen=True):
    """The switches of a request that are on, the value of `side`, and where the picture is."""

    on: frozenset[str] = frozenset()
    side: str = ""
    in_obs: bool = False


class Rules(msgspec.Struct, frozen=True):
    """What a request may say: its booleans, the values of `side` (or of another field), the sides
    of a picture in px, and whether a page of a PDF document may be sent.
    """

    switches: tuple[str, ...] = ()
    sides: Collection[str] = ()
    side_field: str = "side"
    default_side: str = ""
    min_side: int = 15
    max_side: int = 8192
    pdf: bool = False
    page_field: str = ""
    pixels: bool = False
    options: ReadOptions = msgspec.field(default_factory=lambda: ReadOptions(turn=True))

    def parse(self, request: Request) -> OcrRequest[Asked]:
        """`ApiError` for the first wrong field."""
        body = parse_body(request)
        on = frozenset(name for name in self.switches if body.switch(name))
        side = self._side(body)
        page = body.page_number(self.page_field) if self.page_field else 1
        limits = picture_limits(
            self.min_side, self.max_side, FORMATS, page=page if self.pdf else None
        )
        extra = Asked(on, side, body.in_obs)
        return OcrRequest((body.source(),), limits, extra, self.options, keep_pixels=self.pixels)

    def _side(self, body: JsonBody) -> str:
        """doc: an empty `side` counts as absent."""
        if not self.sides or body.fields.get(self.side_field) == "":
            return self.default_side
        return body.one_of(self.side_field, self.sides, self.default_side)


Fields = Callable[[Document, Asked, Image, Recognition], Json]


def document_operation(
    name: str,
    page: str,
    rules: Rules,
    kinds: Callable[[Asked], Collection[Kind]],
    fields: Fields,
) -> Operation:
    """The operation at `/ocr/<name>` for one document; `page` names where it is documented."""

    def render(
        request: Request, parsed: OcrRequest[Asked], results: Sequence[ImageResult]
    ) -> Response:
        image, recognition = picture_of(results, in_obs=parsed.extra.in_obs)
        document = required(recognition, kinds(parsed.extra))
        return success(request, fields(document, parsed.extra, image, recognition))

    return operation(name, page, rules, render)


def operation(
    name: str,
    page: str,
    rules: Rules,
    render: Callable[[Request, OcrRequest[Asked], Sequence[ImageResult]], Response],
) -> Operation:
    return Operation(
        name=name.replace("-", "_"),
        methods=("POST",),
        path=f"/v2/{{project_id}}/ocr/{name}",
        aliases=(f"/v1.0/ocr/{name}",),
        source=f"{page}; sdk: huaweicloudsdkocr 3.1.219",
        parse=rules.parse,
        render=render,
        price=CARD,
    )


def required(recognition: Recognition, kinds: Collection[Kind]) -> Document:
    """`ApiError(NOTHING_FOUND)`, which is AIS.0104, for a picture of none of the `kinds`."""
    document = find_document(recognition, kinds)
    if document is None:
        raise none_found(recognition, kinds)
    return document


def none_found(recognition: Recognition, kinds: Collection[Kind]) -> ApiError:
    return ApiError(ErrorKind.NOTHING_FOUND, why_none(recognition, kinds))


def places(document: Document, names: Mapping[str, str]) -> Json:
    """`text_location`: the corners of each field, an empty list if it has no place (guess)."""
    return {name: _corners(document[field]) for name, field in names.items()}


def confidences(document: Document, names: Mapping[str, str]) -> Json:
    """`confidence`: that of each field, 0 if it was not read."""
    return {name: rounded(document[field].confidence) for name, field in names.items()}


def _corners(value: Value) -> list[list[int]]:
    return corners(value.quad) if value.quad is not None else []
