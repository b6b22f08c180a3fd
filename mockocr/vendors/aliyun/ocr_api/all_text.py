"""The parameters of RecognizeAllText: one action for all types of pictures.

Source: doc, metadata of 2025-12-19.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.operation import OcrRequest
from mockocr.vendors.aliyun.ocr_api.errors import BAD_LANGUAGE, BAD_TYPE, MISSING_TYPE
from mockocr.vendors.aliyun.ocr_api.parameters import (
    config,
    config_flag,
    fields_of,
    flag,
    integer,
)
from mockocr.vendors.aliyun.ocr_api.pictures import chosen_page, limits, source

Coordinates = Literal["", "points", "rectangle"]

TEXT_TYPES = frozenset({"Advanced", "General", "HandWriting", "Commerce", "MultiLang"})
"""doc: the types whose text is in `BlockInfo`."""
_CARDS = """
IdCard InternationalPassport HouseholdHead HouseholdResident EstateCertification BankCard
BirthCertification ChinesePassport PermitToHK_MO_TW PermitToMainland HKIdCard SocialSecurityCard
InternationalIdCard Stamp Invoice CarInvoice QuotaInvoice AirItinerary TrainTicket TaxiInvoice
RollTicket BankAcceptance BusShipTicket NonTaxInvoice CommonPrintedInvoice HotelConsume
PaymentRecord PurchaseRecord RideHailingItinerary ShoppingReceipt TollInvoice
TaxClearanceCertificate UsedCarInvoice VehicleLicense DrivingLicense LicensePlateNumber
MixedInvoice BusinessLicense CarVinCode InternationalBusinessLicense WayBill FoodProduceLicense
FoodManagementLicense MedicalDeviceManageLicense MedicalDeviceProduceLicense
ClassIIMedicalDeviceManageLicense CosmeticProduceLicense VehicleRegistration VehicleCertification
QrCode BarCode BankAccountPermit TrademarkCertificate
"""
CARD_TYPES = frozenset(_CARDS.split())
"""doc: the other types, without the table."""
TABLE = "Table"
_CODES = "chn eng ja lading kor sx tai rus mys idn viet ukr tur tamil"
LANGUAGES = frozenset(_CODES.split())
"""doc: metadata, and the page of RecognizeMultiLanguage for the last two."""
_FORMS: dict[str, Coordinates] = {"": "", "points": "points", "rectangle": "rectangle"}


class AllTextFields(msgspec.Struct, frozen=True):
    """What a request asks for. `original`: coordinates are those of the picture as sent."""

    type: str
    coordinates: Coordinates
    original: bool
    figure: bool
    qr_code: bool
    bar_code: bool
    stamp: bool
    row: bool
    paragraph: bool
    table: bool
    characters: bool
    quality: bool


def parse(request: Request) -> OcrRequest[AllTextFields]:
    """`ApiError` for a missing or unknown type, a malformed parameter, or a missing picture.

    Excel and HTML files are not made: their flags are only checked.
    """
    type = _type(request)
    given = request.cached(fields_of).get("OutputCoordinate", "").strip().strip('"')
    if given not in _FORMS:
        detail = f"OutputCoordinate is {given[:40]!r}, not points or rectangle"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail, name="OutputCoordinate")
    advanced = _config(request, "AdvancedConfig", type == "Advanced", _ADVANCED)
    tables = _config(request, "TableConfig", type == TABLE, _TABLES)
    cards = _config(request, "IdCardConfig", type == "IdCard", _QUALITY)
    _check_languages(request)
    flag(request, "OutputKVExcel")
    table = type == TABLE or advanced.get("OutputTable", False)
    fields = AllTextFields(
        type=type,
        coordinates=_FORMS[given],
        original=flag(request, "OutputOricoord", True),
        figure=flag(request, "OutputFigure"),
        qr_code=flag(request, "OutputQrcode"),
        bar_code=flag(request, "OutputBarCode"),
        stamp=flag(request, "OutputStamp"),
        row=advanced.get("OutputRow", False),
        paragraph=advanced.get("OutputParagraph", False),
        table=table,
        characters=advanced.get("OutputCharInfo", False),
        quality=cards.get("OutputIdCardQuality", False),
    )
    written = type == "HandWriting" or tables.get("IsHandWritingTable", False)
    return OcrRequest(
        (source(request),),
        limits(request, pdf=True),
        fields,
        ReadOptions(turn=True, handwriting=written, rules=table),
        chosen_page(integer(request, "PageNo", 1)),
    )


_TABLES = ("IsHandWritingTable", "IsLineLessTable", "OutputTableExcel", "OutputTableHtml")
_ADVANCED = ("OutputRow", "OutputParagraph", "OutputTable", "OutputCharInfo", *_TABLES)
_QUALITY = ("OutputIdCardQuality",)


def _type(request: Request) -> str:
    type = request.cached(fields_of).get("Type", "").strip()
    if not type:
        raise ApiError(MISSING_TYPE, "the request has no Type")
    if type not in TEXT_TYPES | CARD_TYPES | {TABLE}:
        raise ApiError(BAD_TYPE, f"the type {type[:40]!r} is unknown")
    return type


def _config(request: Request, name: str, applies: bool, keys: tuple[str, ...]) -> dict[str, bool]:
    """The flags of an object, checked; empty if it is for another type."""
    values = config(request, name)
    flags = {key: config_flag(name, values, key) for key in keys}
    return flags if applies else {}


def _check_languages(request: Request) -> None:
    text = config(request, "MultiLanConfig").get("Languages") or ""
    if not isinstance(text, str):
        detail = "MultiLanConfig.Languages is not a text"
        raise ApiError(ErrorKind.BAD_PARAMETER, detail, name="MultiLanConfig")
    unknown = [
        part for part in (p.strip() for p in text.split(",")) if part not in {"", *LANGUAGES}
    ]
    if unknown:
        raise ApiError(BAD_LANGUAGE, f"unknown language {unknown[0][:40]!r}")
