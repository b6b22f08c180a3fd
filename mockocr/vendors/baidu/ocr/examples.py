"""How clients call the OCR API: a form with base64, a URL, or a page of a PDF document."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
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


def _url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form(_PATH + "general_basic", [("url", image.url)])


def _lines(body: Any) -> Sequence[str]:
    return [line["words"] for line in body["words_result"]]


def _digits(body: Any) -> str:
    return " ".join(line["words"] for line in body["words_result"])


EXAMPLES = (
    *(
        RequestExample(name, "form, base64", _form(name, fields), _lines)
        for name, fields in _EXAMPLES.items()
    ),
    RequestExample("general_basic", "form, url", _url, _lines, by_url=True),
    RequestExample("numbers", "form, base64", _form("numbers", {}), summary=_digits),
)
