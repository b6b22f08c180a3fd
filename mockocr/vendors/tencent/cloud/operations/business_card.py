"""名片识别 BusinessCardOCR: every field that a business card shows."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.documents.businesscard import business_card_of
from mockocr.documents.cutting import cut_out
from mockocr.documents.kinds import Kind, find_documents
from mockocr.vendors.tencent.cloud.action import JPEG_PNG, STRING, Action, turn_option
from mockocr.vendors.tencent.cloud.card_errors import BAD_CONFIG
from mockocr.vendors.tencent.cloud.config import config_of
from mockocr.vendors.tencent.cloud.rendering import rect, render_in_order, rotation
from mockocr.vendors.tencent.cloud.shown_documents import nothing_shown

_OTHERS = tuple(kind for kind in Kind if kind is not Kind.LICENCE_PLATE)
"""Documents that name people and addresses too, and are no business cards."""

ACTION = Action("BusinessCardOCR", "名片识别", 36214, JPEG_PNG, 7, {"Config": STRING})


class BusinessCardFields(msgspec.Struct, frozen=True):
    """`cut`: the response returns the picture of the card."""

    cut: bool


def parse(request: Request) -> OcrRequest[BusinessCardFields]:
    """One picture."""
    fields = ACTION.fields(request)
    wanted = config_of(fields).get("RetImageType")
    if wanted not in (None, "", "PROPROCESS"):  # the vendor's own spelling
        raise ApiError(BAD_CONFIG, f"RetImageType is {str(wanted)[:40]!r}, not 'PROPROCESS'")
    extra = BusinessCardFields(bool(wanted))
    options = ReadOptions(turn=turn_option(request))
    return ACTION.ocr_request(fields, extra, options, keep_pixels=extra.cut)


def render(
    request: Request, parsed: OcrRequest[BusinessCardFields], results: Sequence[ImageResult]
) -> Response:
    """The fields with their places; `ApiError(NOTHING_FOUND)` for a picture without a card."""
    image, recognition = single_result(results)
    fields = business_card_of(recognition)
    if not fields or find_documents(recognition, _OTHERS):
        raise nothing_shown(recognition, "business card")
    return render_in_order(
        request,
        {
            "BusinessCardInfos": [
                {
                    "Name": field.kind,
                    "Value": field.value.text,
                    "ItemCoord": rect(field.value.quad),
                }
                for field in fields
            ],
            "RetImageBase64": (
                base64.b64encode(cut_out(image)).decode() if parsed.extra.cut else ""
            ),
            "Angle": rotation(recognition),
        },
    )


OPERATION = ACTION.operation("business_card", parse, render)
