"""How clients ask Tupu: multipart with the file, or a urlencoded or JSON body with a URL; and the
same, signed, on its original platform.
"""

from __future__ import annotations

import json
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
from mockocr.vendors.tupu.platform import TASK

PATH = "/v3/recognition/general-ocr"


def _file(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_parts(PATH, [("tag", "demo")], "image", shown)


def _form_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_form(PATH, [("image", shown.url), ("tag", "demo")])


def _json_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_json(PATH, {"image": [shown.url], "tag": ["demo"]})


def _signed_file(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_parts(_platform(key), [("tag", "demo")], "image", shown)


def _signed_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_form(_platform(key), [("image", shown.url)])


def _platform(key: Mapping[str, str]) -> str:
    return f"/v3/recognition/{key['secret_id']}"


def _sealed_lines(answer: Any) -> Sequence[str]:
    files = json.loads(answer["json"])[TASK]["fileList"]
    return [line["text"] for file in files for line in file["objects"]]


def _lines(answer: Any) -> Sequence[str]:
    return [line["text"] for file in answer["data"]["fileList"] for line in file["objects"]]


FORMS = (
    RequestExample("general_ocr", "multipart, file", _file, _lines),
    RequestExample("general_ocr", "urlencoded, url", _form_url, _lines, by_url=True),
    RequestExample("general_ocr", "JSON, url", _json_url, _lines, by_url=True),
    RequestExample(
        "recognition", "multipart, RSA", _signed_file, _sealed_lines, needs="cryptography"
    ),
    RequestExample(
        "recognition",
        "urlencoded, url, RSA",
        _signed_url,
        _sealed_lines,
        True,
        needs="cryptography",
    ),
)
