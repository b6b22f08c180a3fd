"""营业执照识别 BizLicenseOCR: the fields of a business licence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning, Recognition
from mockocr.documents.formats import chinese_date, period
from mockocr.documents.kinds import Document, Kind, find_document, find_documents
from mockocr.documents.pairs import find_pairs
from mockocr.vendors.tencent.cloud.action import BOOLEAN, JPEG_PNG, Action, turn_option
from mockocr.vendors.tencent.cloud.picture_warnings import BUSINESS_LICENCE, warn_members
from mockocr.vendors.tencent.cloud.rendering import rect, render_in_order, rotation
from mockocr.vendors.tencent.cloud.shown_documents import nothing_shown

ACTION = Action(
    "BizLicenseOCR",
    "营业执照识别",
    36215,
    JPEG_PNG,
    7,
    {
        "EnableCopyWarn": BOOLEAN,
        "EnablePeriodComplete": BOOLEAN,
        "EnableBusinessCertificate": BOOLEAN,
    },
)


class LicenceFields(msgspec.Struct, frozen=True):
    """`warn`: list warnings. `complete`: join the period with the date of establishment.
    `certificate`: accept other certificates too.
    """

    warn: bool
    complete: bool
    certificate: bool


def parse(request: Request) -> OcrRequest[LicenceFields]:
    """One picture."""
    fields = ACTION.fields(request)
    extra = LicenceFields(
        bool(fields.get("EnableCopyWarn")),
        bool(fields.get("EnablePeriodComplete", True)),
        bool(fields.get("EnableBusinessCertificate")),
    )
    return ACTION.ocr_request(fields, extra, ReadOptions(turn=turn_option(request)))


def render(
    request: Request, parsed: OcrRequest[LicenceFields], results: Sequence[ImageResult]
) -> Response:
    """The fields of the licence; `ApiError(NOTHING_FOUND)` for a picture without one. With
    `EnableBusinessCertificate`, the pairs of another text that is no known document.

    Emblem, QR code and seal are not looked for, and so are false.
    """
    _, recognition = single_result(results)
    extra = parsed.extra
    certificate: list[dict[str, Any]] = []
    licence = find_document(recognition, (Kind.BUSINESS_LICENCE,))
    if licence is None and extra.certificate and not find_documents(recognition, tuple(Kind)):
        certificate = _certificate(recognition)
    if licence is None and not certificate:
        raise nothing_shown(recognition, Kind.BUSINESS_LICENCE.words)
    licence = licence or Document.of(Kind.BUSINESS_LICENCE, {})
    warnings = recognition.warnings if extra.warn else ()
    return render_in_order(
        request,
        {
            "RegNum": licence.text("number"),
            "Name": licence.text("name"),
            "Capital": licence.text("capital"),
            "Person": licence.text("person"),
            "Address": licence.text("address"),
            "Business": licence.text("business"),
            "Type": licence.text("type"),
            "Period": _period(licence, complete=extra.complete),
            "ComposingForm": licence.text("composing_form"),
            "SetDate": chinese_date(licence.text("set_date")),
            **warn_members(warnings, BUSINESS_LICENCE),
            "IsDuplication": 1 if licence.text("copy") == "副本" else -1,
            "RegistrationDate": chinese_date(licence.text("registration_date")),
            "Angle": rotation(recognition),
            "NationalEmblem": False,
            "QRCode": False,
            "Seal": False,
            "Title": licence.text("title"),
            "SerialNumber": licence.text("serial_number"),
            "RegistrationAuthority": licence.text("authority"),
            "Electronic": PictureWarning.ELECTRONIC in recognition.warnings,
            "BusinessCertificate": certificate,
            "Important": "",
        },
    )


def _period(licence: Document, *, complete: bool) -> str:
    start, end = licence.text("valid_from"), licence.text("valid_to")
    if complete and end and not start:
        start = licence.text("set_date")
    return period(chinese_date(start), chinese_date(end), "至")


def _certificate(recognition: Recognition) -> list[dict[str, Any]]:
    return [
        {
            "Name": pair.key.text.rstrip(":："),
            "Value": pair.value.text,
            "Rect": rect(pair.value.quad),
        }
        for pair in find_pairs(recognition)
        if pair.value is not None
    ]


OPERATION = ACTION.operation("biz_license", parse, render)
