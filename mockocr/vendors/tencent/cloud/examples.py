"""The ways to call API 3.0: JSON signed with TC3, a GET, or a form with the older signature."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, get, post_form, post_json
from mockocr.vendors.tencent.cloud.action import VERSION
from mockocr.vendors.tencent.cloud.parameters import FORM

Summary = Callable[[Any], str]
Build = Callable[[SampleImage, Mapping[str, str]], Request]


def _headers(action: str) -> tuple[tuple[str, str], ...]:
    return (
        ("X-TC-Action", action),
        ("X-TC-Version", VERSION),
        ("X-TC-Region", "ap-guangzhou"),
        ("X-TC-Language", "zh-CN"),
    )


def _json(action: str) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        encoded = base64.b64encode(image.data).decode()
        return post_json("/", {"ImageBase64": encoded}, *_headers(action))

    return build


def _json_url(image: SampleImage, credentials: Mapping[str, str]) -> Request:
    return post_json("/", {"ImageUrl": image.url}, *_headers("GeneralBasicOCR"))


def _get_url(image: SampleImage, credentials: Mapping[str, str]) -> Request:
    request = get("/", [("ImageUrl", image.url)])
    return request.with_headers(("Content-Type", FORM), *_headers("GeneralAccurateOCR"))


def _form(image: SampleImage, credentials: Mapping[str, str]) -> Request:
    fields = [
        ("Action", "GeneralBasicOCR"),
        ("Version", VERSION),
        ("SecretId", credentials["secret_id"]),
        ("SignatureMethod", "HmacSHA256"),
        ("ImageBase64", base64.b64encode(image.data).decode()),
    ]
    return post_form("/", fields)


def _lines(response: Any) -> Sequence[str]:
    return [line["DetectedText"] for line in response["Response"]["TextDetections"]]


def _has_text(response: Any) -> str:
    return "there is text" if response["Response"]["HasText"] else ""


def _members(*names: str) -> Summary:
    """The values of these members, or an empty text if one of them is empty."""

    def summary(response: Any) -> str:
        values = [str(response["Response"][name]) for name in names]
        return " / ".join(values) if all(values) else ""

    return summary


def _vehicle(response: Any) -> str:
    front = response["Response"]["FrontInfo"]
    return f"{front['PlateNo']} / {front['Owner']}"


def _business_card(response: Any) -> str:
    fields = response["Response"]["BusinessCardInfos"]
    return " / ".join(f"{field['Name']} {field['Value']}" for field in fields)


def _vat_invoice(response: Any) -> str:
    fields = {f["Name"]: f["Value"] for f in response["Response"]["VatInvoiceInfos"]}
    return " / ".join(fields[name] for name in ("发票号码", "购买方名称", "小写金额"))


def _invoices(response: Any) -> str:
    items = response["Response"]["MixedInvoiceItems"]
    return " / ".join(f"{item['Code']} {item['SubType']}" for item in items)


def _cells(response: Any) -> str:
    tables = response["Response"]["TableDetections"]
    return " / ".join(cell["Text"] for cell in tables[0]["Cells"][:6])


def _card(operation: str, action: str, summary: Summary, picture: str) -> RequestExample:
    return RequestExample(operation, "TC3, base64", _json(action), summary=summary, picture=picture)


EXAMPLES = (
    RequestExample("general_basic", "TC3, base64", _json("GeneralBasicOCR"), _lines),
    RequestExample("general_accurate", "TC3, base64", _json("GeneralAccurateOCR"), _lines),
    RequestExample("general_efficient", "TC3, base64", _json("GeneralEfficientOCR"), _lines),
    RequestExample("general_fast", "TC3, base64", _json("GeneralFastOCR"), _lines),
    RequestExample("general_handwriting", "TC3, base64", _json("GeneralHandwritingOCR"), _lines),
    RequestExample("english", "TC3, base64", _json("EnglishOCR"), _lines),
    RequestExample("text_detect", "TC3, base64", _json("TextDetect"), summary=_has_text),
    _card("id_card", "IDCardOCR", _members("Name", "IdNum"), "idcard.png"),
    _card("bank_card", "BankCardOCR", _members("CardNo", "BankInfo"), "bankcard.png"),
    _card("business_card", "BusinessCardOCR", _business_card, "card.png"),
    _card(
        "biz_license", "BizLicenseOCR", _members("Name", "RegNum"), "specimen-business_licence.jpg"
    ),
    _card("license_plate", "LicensePlateOCR", _members("Number"), "specimen-licence_plate.jpg"),
    _card(
        "driver_license",
        "DriverLicenseOCR",
        _members("Name", "CardCode"),
        "specimen-driving_licence.jpg",
    ),
    _card("vehicle_license", "VehicleLicenseOCR", _vehicle, "specimen-vehicle_licence.jpg"),
    _card("vat_invoice", "VatInvoiceOCR", _vat_invoice, "specimen-vat_invoice.jpg"),
    _card(
        "recognize_general_invoice",
        "RecognizeGeneralInvoice",
        _invoices,
        "specimen-vat_invoice.jpg",
    ),
    _card("recognize_table", "RecognizeTableOCR", _cells, "table.png"),
    _card("recognize_table_accurate", "RecognizeTableAccurateOCR", _cells, "table.png"),
    RequestExample("general_basic", "TC3, url", _json_url, _lines, by_url=True),
    RequestExample("general_basic", "form, HmacSHA256", _form, _lines),
    RequestExample("general_accurate", "GET, TC3, url", _get_url, _lines, by_url=True),
)
