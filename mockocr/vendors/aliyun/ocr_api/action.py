"""What the actions of `ocr-api` share: how a request is selected, and the text actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Parse, Price, Render
from mockocr.vendors.aliyun.ocr_api.auth import check_version
from mockocr.vendors.aliyun.ocr_api.envelope import render_text
from mockocr.vendors.aliyun.ocr_api.parameters import action_name, flag, is_aliyun_request
from mockocr.vendors.aliyun.ocr_api.pictures import limits, read_picture, source
from mockocr.vendors.aliyun.ocr_api.prism import TextFlags, text_result

_PAGE = "doc: help.aliyun.com/zh/ocr/developer-reference/api-ocr-api-2021-07-07"
PRICE = Price("guess: a success is paid for; the page with the prices was not found", free=200)


def operation(
    action: str, name: str, parse: Parse, render: Render, price: Price = PRICE
) -> Operation:
    """The operation that answers this action, with GET (a URL alone) and POST."""

    def selects(request: Request) -> bool:
        return action_name(request) == action and is_aliyun_request(request)

    def checked(request: Request) -> OcrRequest[object]:
        check_version(request)
        return parse(request)

    return Operation(
        name=name,
        methods=("POST", "GET"),
        path="/",
        source=f"{_PAGE}-{action.lower()}, metadata of 2025-12-19",
        parse=checked,
        render=render,
        selects=selects,
        price=price,
    )


class TextAction(msgspec.Struct, frozen=True):
    """An action whose result is in the prism format: its flags by name with their defaults.

    `table` and `rotate` are the names of the flags by which tables are found and the picture is
    turned.
    """

    action: str
    name: str
    flags: Mapping[str, bool] = msgspec.field(default_factory=dict)
    handwriting: bool = False
    tables: bool = False

    @property
    def operation(self) -> Operation:
        """The operation that answers the action."""
        return operation(self.action, self.name, self.parse, self.render)

    def parse(self, request: Request) -> OcrRequest[TextFlags]:
        """`ApiError` for a flag that is no boolean, and for a missing or malformed picture."""
        given = {name: flag(request, name, default) for name, default in self.flags.items()}
        rotate = given.get("NeedRotate", False)
        flags = TextFlags(
            rotate=rotate,
            angle=rotate and flag(request, "NeedRotate"),
            characters=given.get("OutputCharInfo", False),
            table=self.tables or given.get("OutputTable", False),
            sort=given.get("NeedSortPage", False),
            figure=given.get("OutputFigure", False),
            paragraph=given.get("Paragraph", False),
            row=given.get("Row", False),
        )
        options = ReadOptions(turn=rotate, handwriting=self.handwriting, rules=flags.table)
        return OcrRequest((source(request),), limits(request), flags, options)

    def render(
        self, request: Request, parsed: OcrRequest[TextFlags], results: Sequence[ImageResult]
    ) -> Response:
        """Every line. guess: a picture without text is a success without words."""
        image, recognition = read_picture(results)
        return render_text(request, text_result(image, recognition, parsed.extra, request.options))
