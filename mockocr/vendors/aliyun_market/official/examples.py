"""How clients call Aliyun's own services: JSON with base64 or a URL, in the newer or older form."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_json


def _general(image: SampleImage, values: Mapping[str, str]) -> Request:
    configure = {"min_size": 16, "output_prob": True}
    return post_json(
        "/api/predict/ocr_general",
        {"image": base64.b64encode(image.data).decode(), "configure": configure},
    )


def _general_older(image: SampleImage, values: Mapping[str, str]) -> Request:
    picture = _data_value(base64.b64encode(image.data).decode())
    value = {"image": picture, "configure": _data_value('{"output_prob":true}')}
    return post_json("/api/predict/ocr_general", {"inputs": [value]})


def _data_value(value: str) -> dict[str, Any]:
    return {"dataType": 50, "dataValue": value}


def _general_lines(response: Any) -> Sequence[str]:
    if "outputs" in response:
        response = json.loads(response["outputs"][0]["outputValue"]["dataValue"])
    return [item["word"] for item in response["ret"]]


def _advanced(image: SampleImage, values: Mapping[str, str]) -> Request:
    request = post_json("/ocrservice/advanced", {"img": base64.b64encode(image.data).decode()})
    return request.with_headers(("X-Ca-Key", values["appkey"]))


def _advanced_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_json("/ocrservice/advanced", {"url": image.url, "prob": True, "row": True})


def _prism_lines(response: Any) -> Sequence[str]:
    return [word["word"] for word in response["prism_wordsInfo"]]


_REST = "/rest/160601/ocr/{}.json"
_DOCUMENTS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "ocr_idcard": (_REST, "idcard.png", {"side": "face"}),
    "ocr_business_license": (_REST, "specimen-business_licence.jpg", {}),
    "ocr_vehicle": (_REST, "specimen-vehicle_licence.jpg", {"side": "face"}),
    "ocr_vehicle_plate": (_REST, "specimen-licence_plate.jpg", {"multi_crop": False}),
    "ocr_bank_card": (_REST, "bankcard.png", {}),
    "ocr_driver_license": (_REST, "specimen-driving_licence.jpg", {"side": "face"}),
    "ocr_train_ticket": ("/api/predict/{}", "specimen-train_ticket.jpg", {}),
}
"""Operation → the form of its path, the sample picture, and the configuration."""


def _document(path: str, configure: Mapping[str, Any]) -> Callable[..., Request]:
    def build(image: SampleImage, values: Mapping[str, str]) -> Request:
        text = json.dumps(configure)
        encoded = base64.b64encode(image.data).decode()
        return post_json(path, {"image": encoded, "configure": text})

    return build


def _invoice(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_json("/ocrservice/invoice", {"img": base64.b64encode(image.data).decode()})


def _fields(response: Any) -> str:
    """The texts of a document; empty for a refusal."""
    if not isinstance(response, Mapping) or "error_msg" in response:
        return ""
    found = response.get("data") or (response.get("plates") or [response])[0]
    skipped = ("config_str", "request_id")
    texts = [v for k, v in found.items() if isinstance(v, str) and v and k not in skipped]
    return " / ".join(texts)


def _table_text(response: Any) -> str:
    return str(response["tables"])


EXAMPLES = (
    RequestExample("ocr_general", "JSON, base64, AppCode", _general, _general_lines),
    RequestExample("ocr_general", "JSON, inputs, AppCode", _general_older, _general_lines),
    RequestExample("advanced", "JSON, base64, AppKey", _advanced, _prism_lines),
    RequestExample("advanced", "JSON, url, AppCode", _advanced_url, _prism_lines, by_url=True),
    *(
        RequestExample(
            name,
            "JSON, base64, AppCode",
            _document(path.format(name), configure),
            summary=_fields,
            picture=picture,
        )
        for name, (path, picture, configure) in _DOCUMENTS.items()
    ),
    RequestExample(
        "invoice",
        "JSON, base64, AppCode",
        _invoice,
        summary=_fields,
        picture="specimen-vat_invoice.jpg",
    ),
    RequestExample(
        "ocr_table_parse",
        "JSON, base64, AppCode",
        _document("/api/predict/ocr_table_parse", {"format": "html"}),
        summary=_table_text,
        picture="table.png",
    ),
)
