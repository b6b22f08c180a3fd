"""How clients call the hosted API: multipart with the file, or a urlencoded or JSON body with a
URL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import (
    RequestExample,
    SampleImage,
    post_form,
    post_json,
    post_parts,
)
from mockocr.vendors.tupu.hosted.operations.general_ocr import PATH


def _file(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_parts(PATH, [("tag", "demo")], "image", image)


def _form_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form(PATH, [("image", image.url), ("tag", "demo")])


def _json_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_json(PATH, {"image": [image.url], "tag": ["demo"]})


def _lines(body: Any) -> Sequence[str]:
    return [line["text"] for file in body["data"]["fileList"] for line in file["objects"]]


EXAMPLES = (
    RequestExample("general_ocr", "multipart, file", _file, _lines),
    RequestExample("general_ocr", "urlencoded, url", _form_url, _lines, by_url=True),
    RequestExample("general_ocr", "JSON, url", _json_url, _lines, by_url=True),
)
