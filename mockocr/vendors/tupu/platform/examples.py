"""How clients call the platform: multipart with the file, or urlencoded with a URL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_form, post_parts
from mockocr.vendors.tupu.platform.operations.recognition import TASK


def _file(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_parts(_path(values), [("tag", "demo")], "image", image)


def _form_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form(_path(values), [("image", image.url)])


def _path(values: Mapping[str, str]) -> str:
    return f"/v3/recognition/{values['secret_id']}"


def _lines(body: Any) -> Sequence[str]:
    files = json.loads(body["json"])[TASK]["fileList"]
    return [line["text"] for file in files for line in file["objects"]]


EXAMPLES = (
    RequestExample("recognition", "multipart, RSA", _file, _lines, needs="cryptography"),
    RequestExample(
        "recognition", "urlencoded, url, RSA", _form_url, _lines, by_url=True, needs="cryptography"
    ),
)
