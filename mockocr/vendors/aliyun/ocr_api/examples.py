"""How clients call `ocr-api`: the picture as the body or by its URL, signed with ACS3 or RPC."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, get
from mockocr.vendors.aliyun.ocr_api.parameters import VERSION

Build = Callable[[SampleImage, Mapping[str, str]], Request]

_BODY = "ACS3, body"
_ADVANCED = {"OutputCharInfo": "true", "NeedRotate": "true", "Paragraph": "true", "Row": "true"}


def _headers(action: str) -> tuple[tuple[str, str], ...]:
    return (("x-acs-action", action), ("x-acs-version", VERSION))


def _post(action: str, fields: Mapping[str, str] | None = None) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        query = urlencode(fields or {})
        return Request(
            "POST",
            "/",
            f"/?{query}" if query else "/",
            (*_headers(action), ("Content-Type", "application/octet-stream")),
            query=query,
            body=image.data,
            size=len(image.data),
        )

    return build


def _get_url(image: SampleImage, credentials: Mapping[str, str]) -> Request:
    request = get("/", [("Url", image.url)])
    return request.with_headers(*_headers("RecognizeGeneral"))


def _rpc(image: SampleImage, credentials: Mapping[str, str]) -> Request:
    fields = {"Action": "RecognizeGeneral", "Version": VERSION, "Format": "JSON"}
    request = _post("RecognizeGeneral", fields)(image, credentials)
    return request.without_headers("x-acs-action", "x-acs-version")


def _lines(response: Any) -> Sequence[str]:
    return [word["word"] for word in json.loads(response["Data"])["prism_wordsInfo"]]


def _blocks(response: Any) -> Sequence[str]:
    blocks = response["Data"]["SubImages"][0]["BlockInfo"]["BlockDetails"]
    return [block["BlockContent"] for block in blocks]


_CARDS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "recognize_idcard": ("RecognizeIdcard", "idcard.png", {"OutputQualityInfo": "true"}),
    "recognize_bank_card": ("RecognizeBankCard", "bankcard.png", {}),
    "recognize_business_license": ("RecognizeBusinessLicense", "specimen-business_licence.jpg", {}),
    "recognize_driving_license": ("RecognizeDrivingLicense", "specimen-driving_licence.jpg", {}),
    "recognize_vehicle_license": ("RecognizeVehicleLicense", "specimen-vehicle_licence.jpg", {}),
    "recognize_invoice": ("RecognizeInvoice", "specimen-vat_invoice.jpg", {}),
    "recognize_mixed_invoices": ("RecognizeMixedInvoices", "specimen-vat_invoice.jpg", {}),
}
"""Operation → its action, the sample picture, and the parameters."""


def _card(response: Any) -> str:
    """The texts of a card or invoice; empty for a refusal."""
    data = json.loads(response["Data"]) if "Data" in response else {}
    return " / ".join(text for text in _texts(data) if text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for entry in value.get("prism_keyValueInfo", ()):
            yield entry["value"]
        for name in ("data", "face", "back", "subMsgs", "result"):
            yield from _texts(value.get(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


EXAMPLES = (
    RequestExample("recognize_general", _BODY, _post("RecognizeGeneral"), _lines),
    RequestExample("recognize_basic", _BODY, _post("RecognizeBasic"), _lines),
    RequestExample("recognize_advanced", _BODY, _post("RecognizeAdvanced", _ADVANCED), _lines),
    RequestExample("recognize_handwriting", _BODY, _post("RecognizeHandwriting"), _lines),
    RequestExample(
        "recognize_all_text", _BODY, _post("RecognizeAllText", {"Type": "General"}), _blocks
    ),
    RequestExample("recognize_table_ocr", _BODY, _post("RecognizeTableOcr"), _lines),
    *(
        RequestExample(name, _BODY, _post(action, fields), summary=_card, picture=picture)
        for name, (action, picture, fields) in _CARDS.items()
    ),
    RequestExample("recognize_general", "GET, ACS3, url", _get_url, _lines, by_url=True),
    RequestExample("recognize_general", "RPC, body", _rpc, _lines),
)
