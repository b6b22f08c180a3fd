"""How clients call OCR: JSON with a token, or signed with AK and SK."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_json

Fields = Mapping[str, str]


def _path(fields: Fields, operation: str) -> str:
    return f"/v2/{fields['project_id']}/ocr/{operation}"


def _image(sample: SampleImage) -> str:
    return base64.b64encode(sample.data).decode()


def _with_token(sample: SampleImage, fields: Fields) -> Request:
    body = {"image": _image(sample), "detect_direction": True, "extract_type": ["image_size"]}
    return post_json(_path(fields, "web-image"), body, ("X-Auth-Token", fields["token"]))


def _signed(sample: SampleImage, fields: Fields) -> Request:
    return post_json(_path(fields, "web-image"), {"image": _image(sample)})


def _signed_url(sample: SampleImage, fields: Fields) -> Request:
    return post_json(_path(fields, "web-image"), {"url": sample.url})


def _older_path(sample: SampleImage, fields: Fields) -> Request:
    return post_json("/v1.0/ocr/web-image", {"image": _image(sample)})


def _general(sample: SampleImage, fields: Fields) -> Request:
    body = {"image": _image(sample), "detect_direction": True, "character_mode": True}
    return post_json(_path(fields, "general-text"), body)


def _general_url(sample: SampleImage, fields: Fields) -> Request:
    body = {"url": sample.url, "return_markdown_result": True}
    return post_json(_path(fields, "general-text"), body)


def _handwriting(sample: SampleImage, fields: Fields) -> Request:
    body = {"image": _image(sample), "char_set": "general"}
    return post_json(_path(fields, "handwriting"), body)


_DOCUMENTS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "id-card": ("idcard.png", {"side": "front", "return_verification": True}),
    "bankcard": ("bankcard.png", {}),
    "business-license": ("specimen-business_licence.jpg", {}),
    "driver-license": (
        "specimen-driving_licence.jpg",
        {"side": "front", "return_issuing_authority": True},
    ),
    "vehicle-license": ("specimen-vehicle_licence.jpg", {"side": "front"}),
    "license-plate": ("specimen-licence_plate.jpg", {}),
    "passport": ("specimen-passport.jpg", {}),
    "vat-invoice": ("specimen-vat_invoice.jpg", {"advanced_mode": True}),
}
"""Operation → the sample picture, and the other fields of the body."""


def _document(operation: str, more: Mapping[str, Any]) -> Callable[..., Request]:
    def build(sample: SampleImage, fields: Fields) -> Request:
        return post_json(_path(fields, operation), {"image": _image(sample), **more})

    return build


def _fields(response: Any) -> str:
    """The texts of a document; empty for a refusal."""
    if "error_msg" in response:
        return ""
    found = response["result"]
    texts = (found[0] if isinstance(found, list) else found).values()
    return " / ".join(text for text in texts if isinstance(text, str) and text)


def _table(response: Any) -> str:
    regions = response["result"]["words_region_list"]
    words = [block["words"] for region in regions for block in region["words_block_list"]]
    return f"{len(regions)} regions: {' / '.join(words)}"


def _lines(response: Any) -> Sequence[str]:
    return [block["words"] for block in response["result"]["words_block_list"]]


EXAMPLES = (
    RequestExample("web_image", "JSON, base64, token", _with_token, _lines),
    RequestExample("web_image", "JSON, base64, AK/SK", _signed, _lines),
    RequestExample("web_image", "JSON, url, AK/SK", _signed_url, _lines, by_url=True),
    RequestExample("web_image", "JSON, base64, older path", _older_path, _lines),
    RequestExample("general_text", "JSON, base64, AK/SK", _general, _lines),
    RequestExample("general_text", "JSON, url, AK/SK", _general_url, _lines, by_url=True),
    RequestExample("handwriting", "JSON, base64, AK/SK", _handwriting, _lines),
    *(
        RequestExample(
            name.replace("-", "_"),
            "JSON, base64, AK/SK",
            _document(name, more),
            summary=_fields,
            picture=picture,
        )
        for name, (picture, more) in _DOCUMENTS.items()
    ),
    RequestExample(
        "general_table",
        "JSON, base64, AK/SK",
        _document("general-table", {"return_confidence": True}),
        summary=_table,
        picture="table.png",
    ),
)
