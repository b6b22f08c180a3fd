"""How clients ask Tencent: JSON with base64 or a URL, or multipart with the file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.form import Form, Shown, post_json, post_parts
from mockocr.core.wire import Call

PATH = "/ocr/general"


def _json(shown: Shown, key: Mapping[str, str]) -> Call:
    image = base64.b64encode(shown.data).decode()
    return post_json(PATH, {"appid": key["appid"], "bucket": key["bucket"], "image": image})


def _json_url(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_json(PATH, {"appid": key["appid"], "bucket": key["bucket"], "url": shown.url})


def _file(shown: Shown, key: Mapping[str, str]) -> Call:
    fields = [("appid", key["appid"]), ("bucket", key["bucket"])]
    return post_parts(PATH, fields, "image", shown)


def _lines(answer: Any) -> Sequence[str]:
    return [item["itemstring"] for item in answer["data"]["items"]]


FORMS = (
    Form("general", "JSON, base64", _json, _lines),
    Form("general", "JSON, url", _json_url, _lines, by_url=True),
    Form("general", "multipart, file", _file, _lines),
)
