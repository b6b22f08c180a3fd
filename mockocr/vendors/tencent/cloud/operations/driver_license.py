"""驾驶证识别 DriverLicenseOCR: the main page of a driving licence, its second page, or both."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.tencent.cloud.action import JPEG_PNG_BMP, Action, Parameter, turn_option
from mockocr.vendors.tencent.cloud.card_errors import OTHER_LICENCE_SIDE, SEVERAL_LICENCES
from mockocr.vendors.tencent.cloud.picture_warnings import LICENCE, warn_members
from mockocr.vendors.tencent.cloud.rendering import render_in_order
from mockocr.vendors.tencent.cloud.shown_documents import shown_sides

FRONT, BACK = Kind.DRIVING_LICENCE, Kind.DRIVING_LICENCE_BACK
SIDES = {"FRONT": (FRONT,), "BACK": (BACK,), "DOUBLE": (FRONT, BACK)}

ACTION = Action(
    "DriverLicenseOCR",
    "驾驶证识别",
    36213,
    JPEG_PNG_BMP,
    own={"CardSide": Parameter("string", frozenset(SIDES))},
)


class DriverLicenseFields(msgspec.Struct, frozen=True):
    """`sides` are those that the client expects."""

    sides: tuple[Kind, ...]


def parse(request: Request) -> OcrRequest[DriverLicenseFields]:
    """One picture; by default it must show the main page."""
    fields = ACTION.fields(request)
    extra = DriverLicenseFields(SIDES[fields.get("CardSide") or "FRONT"])
    return ACTION.ocr_request(fields, extra, ReadOptions(turn=turn_option(request)))


def render(
    request: Request, parsed: OcrRequest[DriverLicenseFields], results: Sequence[ImageResult]
) -> Response:
    """The fields of the pages that are shown; those of a second page alone are name and number of
    the licence too, as in the vendor's example.

    Raises `ApiError(NOTHING_FOUND)` for a picture without a licence, and an entry of its own for
    the other page or for two licences.
    """
    _, recognition = single_result(results)
    sides = (FRONT, BACK)
    asked = parsed.extra.sides
    shown = shown_sides(
        recognition, "driving licence", sides, asked, OTHER_LICENCE_SIDE, SEVERAL_LICENCES
    )
    front, back = shown.get(FRONT), shown.get(BACK)
    electronic = PictureWarning.ELECTRONIC in recognition.warnings
    return render_in_order(
        request,
        {
            "Name": _text(front or back, "name"),
            "Sex": _text(front, "sex"),
            "Nationality": _text(front, "nationality"),
            "Address": _text(front, "address"),
            "DateOfBirth": _text(front, "birth"),
            "DateOfFirstIssue": _text(front, "first_issue"),
            "Class": _text(front, "class"),
            "StartDate": _text(front, "valid_from"),
            "EndDate": _text(front, "valid_to"),
            "CardCode": _text(front or back, "number"),
            "ArchivesCode": _text(back, "archive_number"),
            "Record": _text(back, "record"),
            **warn_members(recognition.warnings, LICENCE),
            "IssuingAuthority": _text(front, "authority"),
            "State": "",
            "CumulativeScore": "",
            "CurrentTime": "",
            "GenerateTime": "",
            "BackPageName": _text(back, "name"),
            "BackPageCardCode": _text(back, "number"),
            "DriverLicenseType": "Electronic" if electronic else "Normal",
        },
    )


def _text(page: Document | None, name: str) -> str:
    return page.text(name) if page is not None else ""


OPERATION = ACTION.operation("driver_license", parse, render)
