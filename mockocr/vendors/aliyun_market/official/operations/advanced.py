"""ocrservice/advanced, Aliyun's 全文识别高精版 on the market, in its prism format.

observed: a response of gjbsb.market.alicloudapi.com for the keys, their order and `content` (words
with a blank behind each).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Headers, Request, Response
from mockocr.core.image import Image, Remote, Source
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Line, Recognition
from mockocr.documents.quarter_turns import turned_back
from mockocr.documents.row_grouping import rows
from mockocr.vendors.aliyun_market.official.errors import (
    ADVANCED_JSON,
    ADVANCED_PATH,
    JSON_EXCEPTION,
    MISSING,
    WRONG_IMAGE,
)
from mockocr.vendors.aliyun_market.official.flags import flag
from mockocr.vendors.aliyun_market.official.picture import (
    LIMITS,
    inline_picture,
    read_pictures,
    text_of,
)
from mockocr.vendors.aliyun_market.official.prism import (
    VERSION,
    paragraphs,
    word_info,
)

_CORS: Headers = (("Access-Control-Allow-Origin", "*"), ("Server", "Tengine"))
"""observed: headers of a response logged in 2018."""


class Flags(msgspec.Struct, frozen=True):
    """The flags of a request. doc: request sample of the product page; each is false by default."""

    prob: bool
    char_info: bool
    rotate: bool
    table: bool
    sort_page: bool
    figure: bool
    row: bool
    paragraph: bool
    original_corners: bool


def parse(request: Request) -> OcrRequest[Flags]:
    """`img` or `url`, and flags. Stamps are read like any other text (`noStamp`)."""
    body = request.json()
    img, url = (text_of(body, name) for name in ("img", "url"))
    if not img and not url:
        raise ApiError(MISSING, "the body has neither img nor url", key="img")
    if img and url:
        raise ApiError(WRONG_IMAGE, "img and url are both given; one is allowed")

    def given(name: str) -> bool:
        return flag(body, name, JSON_EXCEPTION)

    given("noStamp")  # only its type is checked
    flags = Flags(
        prob=given("prob"),
        char_info=given("charInfo"),
        rotate=given("rotate"),
        table=given("table"),
        sort_page=given("sortPage"),
        figure=given("figure"),
        row=given("row"),
        paragraph=given("paragraph"),
        original_corners=given("oricoord"),
    )
    source: Source = inline_picture(img, "img") if img else Remote(url, location="url")
    return OcrRequest((source,), LIMITS, flags, ReadOptions(turn=flags.rotate))


def render(request: Request, parsed: OcrRequest[Flags], results: Sequence[ImageResult]) -> Response:
    """The lines as `prism_wordsInfo`, and what the flags ask for."""
    ((image, recognition),) = read_pictures(results)
    flags = parsed.extra
    quarters = round(recognition.angle / 90) % 4 if flags.rotate else 0
    lines, tilt = _lines(image, recognition, quarters, flags)
    grouped = rows(lines, tilt) if flags.row else []
    row_of = {id(line): number for number, row in enumerate(grouped) for line in row}
    words = [
        word_info(
            line,
            prob=flags.prob,
            characters=flags.char_info,
            row=row_of.get(id(line), 0) if flags.row else None,
            paragraph=flags.paragraph,
        )
        for line in lines
    ]
    document: dict[str, Any] = {
        "sid": f"{request.random().getrandbits(288):072x}",
        "prism_version": VERSION,
        "prism_wnum": len(words),
        "prism_wordsInfo": words,
    }
    if flags.row:
        document["prism_rowsInfo"] = [
            {"word": " ".join(line.text for line in row), "rowId": number}
            for number, row in enumerate(grouped)
        ]
    if flags.paragraph:
        document["prism_paragraphsInfo"] = paragraphs(lines)
    if flags.table:
        document["prism_tablesInfo"] = []  # tables are not detected
    if flags.figure:
        document["figure"] = []
    if flags.rotate:
        document["angle"] = 90 * quarters
    width, height = image.width, image.height
    if quarters % 2:
        width, height = height, width
    document |= {
        "height": height,
        "width": width,
        "orgHeight": image.height,
        "orgWidth": image.width,
        "content": "".join(line.text + " " for line in lines),
        "algo_version": "",
    }
    return Response.of_json(document, code=200, content_type=ADVANCED_JSON, headers=_CORS)


def _lines(
    image: Image, recognition: Recognition, quarters: int, flags: Flags
) -> tuple[list[Line], float]:
    """The lines in the order and with the corners that the flags ask for, and how far they are
    turned then, in degrees clockwise.
    """
    lines = [line for line in recognition.lines if line.text]
    tilt = recognition.angle
    if quarters and not flags.original_corners:
        lines = [turned_back(line, image, quarters) for line in lines]
        tilt -= 90 * quarters
    if flags.sort_page:
        lines.sort(key=lambda line: line.quad.extent[:2])
    return lines, tilt


OPERATION = Operation(
    name="advanced",
    methods=("POST",),
    path=ADVANCED_PATH,
    source="doc: market product 全文识别高精版 (cmapi028554, gjbsb)",
    parse=parse,
    render=render,
)
