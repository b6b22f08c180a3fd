"""The actions for one card or licence, which may show its face, its back or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.action import operation
from mockocr.vendors.aliyun.ocr_api.cards import card, quality, required_documents
from mockocr.vendors.aliyun.ocr_api.envelope import render_text
from mockocr.vendors.aliyun.ocr_api.parameters import flag, integer
from mockocr.vendors.aliyun.ocr_api.pictures import (
    chosen_page,
    limits,
    read_picture,
    source,
)
from mockocr.vendors.aliyun.ocr_api.skins import Field

Json = dict[str, Any]


class CardFlags(msgspec.Struct, frozen=True):
    """What is asked for beside the fields."""

    figure: bool = False
    quality: bool = False


class CardAction(msgspec.Struct, frozen=True):
    """An action and the kinds that it reads, each with the name of its side and its fields; a kind
    without a side is not below one. `flags` are the action's own booleans. `lists` are members that
    are always empty here. `pages`: a page of a document can be chosen. `rows`: it is an invoice.
    """

    action: str
    name: str
    sides: Mapping[Kind, tuple[str, tuple[Field, ...]]]
    flags: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    versioned: bool = False
    pages: bool = False
    rows: bool = False

    @property
    def operation(self) -> Operation:
        """The operation that answers the action."""
        return operation(self.action, self.name, self.parse, self.render)

    def parse(self, request: Request) -> OcrRequest[CardFlags]:
        """`ApiError` for a flag that is no boolean, and for a missing or malformed picture."""
        given = {name: flag(request, name) for name in self.flags}
        flags = CardFlags(
            figure=given.get("OutputFigure", False), quality=given.get("OutputQualityInfo", False)
        )
        return OcrRequest(
            (source(request),),
            limits(request, pdf=self.pages),
            flags,
            ReadOptions(turn=True),
            chosen_page(integer(request, "PageNo", 1)) if self.pages else None,
        )

    def render(
        self, request: Request, parsed: OcrRequest[CardFlags], results: Sequence[ImageResult]
    ) -> Response:
        """The card; `ApiError(unmatchedImageType)` for a picture that shows none of the kinds."""
        image, recognition = read_picture(results)
        found = required_documents(recognition, tuple(self.sides))
        cards: Json = {}
        for kind, (side, skin) in self.sides.items():
            if kind in found:
                made = card(image, recognition, found[kind], skin, rows=self.rows)
                cards[side] = made | self._extras(recognition, parsed.extra)
        if "" in cards:
            return render_text(request, cards[""])
        return render_text(request, self._sides(image, cards))

    def _extras(self, recognition: Recognition, flags: CardFlags) -> Json:
        made: Json = {name: [] for name in self.lists}
        if self.versioned:
            made["algo_version"] = ""
        if flags.figure:
            made["figure"] = []  # no figure is looked for
        if flags.quality:
            made["warning"] = quality(recognition)
        return made

    def _sides(self, image: Image, cards: Json) -> Json:
        data: Json = {
            "data": cards,
            "height": image.height,
            "orgHeight": image.height,
            "orgWidth": image.width,
            "width": image.width,
        }
        return data | ({"algo_version": ""} if self.versioned else {})
