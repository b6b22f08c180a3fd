"""How clients call the OCR API: a form with base64, a URL, or a page of a PDF document."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_form

_PATH = "/rest/2.0/ocr/v1/"
_LOCATED = {"recognize_granularity": "small", "probability": "true", "detect_direction": "true"}
_EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "general_basic": {"detect_direction": "true", "paragraph": "true"},
    "general": {**_LOCATED, "vertexes_location": "true"},
    "accurate_basic": {"probability": "true"},
    "accurate": {**_LOCATED, "char_probability": "true"},
    "webimage": {"detect_language": "true"},
    "webimage_loc": {"poly_location": "true"},
    "handwriting": {"recognize_granularity": "small"},
}


def _form(name: str, fields: Mapping[str, str]) -> Callable[..., Request]:
    def build(image: SampleImage, values: Mapping[str, str]) -> Request:
        text = base64.b64encode(image.data).decode()
        return post_form(_PATH + name, [("image", text), *fields.items()])

    return build


_DOCUMENTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "idcard": ("idcard.png", {"id_card_side": "front", "detect_risk": "true"}),
    "bankcard": ("bankcard.png", {"location": "true"}),
    "business_license": ("specimen-business_licence.jpg", {"risk_warn": "true"}),
    "driving_license": ("specimen-driving_licence.jpg", {"unified_valid_period": "true"}),
    "vehicle_license": ("specimen-vehicle_licence.jpg", {"vehicle_license_side": "front"}),
    "license_plate": ("specimen-licence_plate.jpg", {"multi_detect": "true"}),
    "passport": ("specimen-passport.jpg", {}),
    "household_register": ("specimen-household_register.jpg", {}),
    "vat_invoice": ("specimen-vat_invoice.jpg", {}),
    "multiple_invoice": ("specimen-vat_invoice.jpg", {"verify_parameter": "true"}),
    "train_ticket": ("specimen-train_ticket.jpg", {}),
    "taxi_receipt": ("specimen-taxi_receipt.jpg", {}),
    "quota_invoice": ("specimen-quota_invoice.jpg", {}),
    "air_ticket": ("specimen-air_itinerary.jpg", {}),
    "bus_ticket": ("specimen-bus_ticket.jpg", {}),
    "toll_invoice": ("specimen-toll_receipt.jpg", {}),
    "invoice": ("specimen-machine_invoice.jpg", {}),
}
"""Operation → the sample picture, and the fields of the form."""


def _url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form(_PATH + "general_basic", [("url", image.url)])


def _lines(body: Any) -> Sequence[str]:
    return [line["words"] for line in body["words_result"]]


def _digits(body: Any) -> str:
    return " ".join(line["words"] for line in body["words_result"])


def _document(body: Any) -> str:
    """The texts of a document; empty for a refusal."""
    if "error_msg" in body:
        return ""
    return " / ".join(text for text in _texts(body.get("words_result") or body["result"]) if text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def _table(body: Any) -> str:
    cells = [cell["words"] for table in body["tables_result"] for cell in table["body"]]
    return f"{len(body['tables_result'])} tables: {' / '.join(cells)}"


EXAMPLES = (
    *(
        RequestExample(name, "form, base64", _form(name, fields), _lines)
        for name, fields in _EXAMPLES.items()
    ),
    RequestExample("general_basic", "form, url", _url, _lines, by_url=True),
    RequestExample("numbers", "form, base64", _form("numbers", {}), summary=_digits),
    *(
        RequestExample(
            name, "form, base64", _form(name, fields), summary=_document, picture=picture
        )
        for name, (picture, fields) in _DOCUMENTS.items()
    ),
    RequestExample(
        "table", "form, base64", _form("table", {}), summary=_table, picture="table.png"
    ),
)
