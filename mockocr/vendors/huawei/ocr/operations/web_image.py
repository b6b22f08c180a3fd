"""web-image: the lines of a picture, and on request its size, a contact and likely fonts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.image import Image
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Line, Recognition
from mockocr.documents.contact import contact_of
from mockocr.vendors.huawei.ocr.body import JsonBody, parse_body, picture_limits, wrong_field
from mockocr.vendors.huawei.ocr.fonts import likely_fonts
from mockocr.vendors.huawei.ocr.options import MAX_SIDE
from mockocr.vendors.huawei.ocr.rendering import block, picture_of, success

_FORMATS = frozenset({"JPEG", "PNG", "BMP", "TIFF", "TGA", "WEBP", "ICO", "PCX", "GIF"})
"""doc: web-image page, which lists JPG and JPEG as two."""
_MIN_SIDE = 15
_EXTRACTS = ("contact_info", "image_size")


class _Fields(msgspec.Struct, frozen=True):
    """What the response must contain: names of `extract_type`, and fonts; and where the
    picture is stored.
    """

    extract: tuple[str, ...]
    fonts: bool
    in_obs: bool


def parse(request: Request) -> OcrRequest[_Fields]:
    """`ApiError` for the first wrong field; `detect_text_direction` changes nothing."""
    body = parse_body(request)
    turn = body.switch("detect_direction")
    fonts = body.switch("detect_font")
    body.switch("detect_text_direction", default=True)
    extract = _extract(body)
    return OcrRequest(
        images=(body.source(),),
        limits=picture_limits(_MIN_SIDE, int(request.options[MAX_SIDE.name]), _FORMATS),
        extra=_Fields(extract, fonts, body.in_obs),
        options=ReadOptions(turn=turn),
    )


def render(
    request: Request, asked: OcrRequest[_Fields], results: Sequence[ImageResult]
) -> Response:
    """Lines as blocks, corners in whole pixels of the picture as sent."""
    fields = asked.extra
    image, recognition = picture_of(results, in_obs=fields.in_obs)
    blocks = [
        block(line) | (_fonts(line) if fields.fonts else {})
        for line in recognition.lines
        if line.text
    ]
    result = {
        "words_block_count": len(blocks),
        "words_block_list": blocks,
        "extracted_data": _extracted(fields.extract, image, recognition),
    }
    return success(request, result)


def _extract(body: JsonBody) -> tuple[str, ...]:
    values = body.fields.get("extract_type")
    if values is None:
        return ()
    if not isinstance(values, list):
        raise wrong_field("extract_type", "a list", values)
    for value in values:
        if value not in _EXTRACTS:
            raise wrong_field("extract_type", f"a list of {' and '.join(_EXTRACTS)}", value)
    return tuple(name for name in _EXTRACTS if name in values)


def _fonts(line: Line) -> dict[str, Any]:
    found = likely_fonts(line)
    return {
        "font_list": [name for name, _ in found],
        "font_scores": [score for _, score in found],
    }


def _extracted(wanted: Sequence[str], image: Image, recognition: Recognition) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if "contact_info" in wanted:
        contact = contact_of(recognition)
        data["contact_info"] = {
            "name": contact.name,
            "phone": contact.phone,
            "province": contact.province,
            "city": contact.city,
            "district": contact.district,
            "detail_address": contact.detail_address,
        }
    if "image_size" in wanted:
        data["image_size"] = {"height": image.height, "width": image.width}
    return data


OPERATION = Operation(
    name="web_image",
    methods=("POST",),
    path="/v2/{project_id}/ocr/web-image",
    parse=parse,
    render=render,
    source="doc: Huawei Cloud OCR, web image page (ocr_03_0108, 网络图片识别)",
    aliases=("/v1.0/ocr/web-image",),
)
