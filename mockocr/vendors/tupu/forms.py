"""How clients ask Tupu: multipart with the file, or a urlencoded or JSON body with a URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.form import Form, Shown, post_form, post_json, post_parts
from mockocr.core.wire import Call

PATH = "/v3/recognition/general-ocr"


def _file(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_parts(PATH, [("tag", "demo")], "image", shown)


def _form_url(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_form(PATH, [("image", shown.url), ("tag", "demo")])


def _json_url(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_json(PATH, {"image": [shown.url], "tag": ["demo"]})


def _lines(answer: Any) -> Sequence[str]:
    return [line["text"] for file in answer["data"]["fileList"] for line in file["objects"]]


FORMS = (
    Form("general_ocr", "multipart, file", _file, _lines),
    Form("general_ocr", "urlencoded, url", _form_url, _lines, by_url=True),
    Form("general_ocr", "JSON, url", _json_url, _lines, by_url=True),
)
