"""The cards, licences and invoices of RecognizeAllText: a sub-image for each, with its fields.

doc: metadata of 2025-12-19 for the members, and for the types 身份证正面 and 增值税发票; guess: the
other types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.image import Image
from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.kinds import Document, Kind, find_documents, what_is_shown
from mockocr.vendors.aliyun.ocr_api.all_text import AllTextFields, Coordinates
from mockocr.vendors.aliyun.ocr_api.cards import all_fields, quality
from mockocr.vendors.aliyun.ocr_api.errors import WRONG_IMAGE
from mockocr.vendors.aliyun.ocr_api.prism import percent
from mockocr.vendors.aliyun.ocr_api.skins import (
    BANK_CARD,
    BUSINESS_LICENCE,
    DRIVING_LICENCE_BACK,
    DRIVING_LICENCE_FACE,
    ID_CARD_BACK,
    ID_CARD_FACE,
    VEHICLE_LICENCE_BACK,
    VEHICLE_LICENCE_FACE,
    Field,
    Fields,
)
from mockocr.vendors.aliyun.ocr_api.sub_images import extras, picture_data, place
from mockocr.vendors.aliyun.ocr_api.ticket_skins import TICKETS

Json = dict[str, Any]
Skins = Mapping[Kind, tuple[str, Sequence[Field]]]

_TICKETS: Skins = {kind: (ticket.type, ticket.fields) for kind, ticket in TICKETS.items()}
_ONE_KIND: Mapping[str, Kind] = {
    "Invoice": Kind.VAT_INVOICE,
    "RollTicket": Kind.VAT_ROLL_INVOICE,
    "TrainTicket": Kind.TRAIN_TICKET,
    "TaxiInvoice": Kind.TAXI_RECEIPT,
    "QuotaInvoice": Kind.QUOTA_INVOICE,
    "AirItinerary": Kind.AIR_ITINERARY,
    "TollInvoice": Kind.TOLL_RECEIPT,
    "BusShipTicket": Kind.BUS_TICKET,
    "CommonPrintedInvoice": Kind.MACHINE_INVOICE,
}
_SKINS: Mapping[str, Skins] = {
    "IdCard": {
        Kind.ID_CARD_FRONT: ("身份证正面", ID_CARD_FACE),
        Kind.ID_CARD_BACK: ("身份证反面", ID_CARD_BACK),
    },
    "BankCard": {Kind.BANK_CARD: ("银行卡", BANK_CARD)},
    "BusinessLicense": {Kind.BUSINESS_LICENCE: ("营业执照", BUSINESS_LICENCE)},
    "DrivingLicense": {
        Kind.DRIVING_LICENCE: ("驾驶证正面", DRIVING_LICENCE_FACE),
        Kind.DRIVING_LICENCE_BACK: ("驾驶证反面", DRIVING_LICENCE_BACK),
    },
    "VehicleLicense": {
        Kind.VEHICLE_LICENCE: ("行驶证正面", VEHICLE_LICENCE_FACE),
        Kind.VEHICLE_LICENCE_BACK: ("行驶证反面", VEHICLE_LICENCE_BACK),
    },
    "MixedInvoice": _TICKETS,
    **{type: {kind: _TICKETS[kind]} for type, kind in _ONE_KIND.items()},
}


def card_data(image: Image, recognition: Recognition, fields: AllTextFields) -> Json:
    """`Data` of a picture of cards; `ApiError(unmatchedImageType)` if it shows none of the type."""
    skins = _SKINS.get(fields.type)
    if skins is None:
        raise ApiError(WRONG_IMAGE, f"this server does not read the type {fields.type}")
    found = find_documents(recognition, tuple(skins))
    if not found:
        detail = f"{what_is_shown(recognition)}; the type is {fields.type}"
        raise ApiError(WRONG_IMAGE, detail)
    sub_images = [
        _sub_image(number, image, recognition, document, skins[document.kind], fields)
        for number, document in enumerate(found)
    ]
    text = "".join(f"{line.text} " for line in recognition.lines if line.text)
    return picture_data(image, text, sub_images)


def _sub_image(
    number: int,
    image: Image,
    recognition: Recognition,
    document: Document,
    skin: tuple[str, Sequence[Field]],
    fields: AllTextFields,
) -> Json:
    name, skin_fields = skin
    around = document.quad or Quad.upright(0, 0, image.width, image.height)
    rows = document.kind in TICKETS and TICKETS[document.kind].rows
    sub_image: Json = {
        "SubImageId": number,
        "Type": name,
        "Angle": round(recognition.angle) % 360,
        **place("SubImage", around, fields.coordinates),
        "KvInfo": _pairs(all_fields(document, skin_fields, rows=rows), fields.coordinates),
        **extras(fields),
    }
    if fields.quality:
        scores = quality(recognition)
        sub_image["QualityInfo"] = {
            "IsCopy": PictureWarning.COPY in recognition.warnings,
            "IsReshoot": PictureWarning.RESHOOT in recognition.warnings,
            "CompletenessScore": scores["completenessScore"],
            "QualityScore": scores["qualityScore"],
            "TamperScore": scores["tamperScore"],
        }
    return sub_image


def _pairs(fields: Fields, form: Coordinates) -> Json:
    details: Json = {}
    for key, value in fields:
        confidence = percent(value.confidence) if value.text and value.confidence else 100
        details[key] = {
            "KeyName": key,
            "KeyConfidence": confidence,
            "Value": value.text,
            "ValueConfidence": confidence,
            **(place("Value", value.quad, form) if value.quad is not None else {}),
            "ValueAngle": 0,
        }
    return {
        "KvCount": len(details),
        "Data": {key: value.text for key, value in fields},
        "KvDetails": details,
    }
