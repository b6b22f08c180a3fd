"""How clients call WeChat's OCR: a multipart file, or a URL in the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_form, post_parts

_PICTURES = {
    "idcard": "idcard.png",
    "bankcard": "bankcard.png",
    "drivinglicense": "specimen-driving_licence.jpg",
    "driving": "specimen-vehicle_licence.jpg",
    "bizlicense": "specimen-business_licence.jpg",
    "platenum": "specimen-licence_plate.jpg",
}


def _file(name: str) -> Callable[..., Request]:
    def build(image: SampleImage, values: Mapping[str, str]) -> Request:
        return post_parts(f"/cv/ocr/{name}", [], "img", image)

    return build


def _url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form("/cv/ocr/comm?" + urlencode({"img_url": image.url}), [])


def _lines(body: Any) -> Sequence[str]:
    return [item["text"] for item in body["items"]]


def _fields(body: Any) -> str:
    """The texts of a document; empty for a refusal."""
    if body["errcode"]:
        return ""
    texts = (v for n, v in body.items() if isinstance(v, str) and v and n != "errmsg")
    return " / ".join(texts)


EXAMPLES = (
    RequestExample("comm", "multipart, file", _file("comm"), _lines),
    RequestExample("comm", "query, url", _url, _lines, by_url=True),
    *(
        RequestExample(name, "multipart, file", _file(name), summary=_fields, picture=picture)
        for name, picture in _PICTURES.items()
    ),
)
