"""How clients ask on Aliyun's market: urlencoded with base64 or a URL, a GET, the platform."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.form import Form, Shown, get, post_form
from mockocr.core.wire import Call


def _ocr_code(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_form("/ocr", [("img", base64.b64encode(shown.data).decode()), ("ver", "0")])


def _ocr_signed(shown: Shown, key: Mapping[str, str]) -> Call:
    call = post_form("/ocr", [("img", base64.b64encode(shown.data).decode()), ("ver", "1")])
    return call.replaced(headers=(*call.headers, ("X-Ca-Key", key["appkey"])))


def _ocr_url(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_form("/ocr", [("url", shown.url), ("ver", "1")])


def _accurate(shown: Shown, key: Mapping[str, str]) -> Call:
    return get("/thumb/ocr", [("url", shown.url), ("show", "1")])


def _handwriting(shown: Shown, key: Mapping[str, str]) -> Call:
    return get("/thumb/handwriting", [("url", shown.url)])


def _platform(shown: Shown, key: Mapping[str, str]) -> Call:
    image = base64.b64encode(shown.data).decode()
    return post_form("/thumb/platform/ocr", [("img", image), ("ver", "1")])


def _lines(answer: Any) -> Sequence[str]:
    data = answer["data"]
    return [data] if isinstance(data, str) else [line["words"] for line in data]


FORMS = (
    Form("ocr", "urlencoded, base64, AppCode", _ocr_code, _lines),
    Form("ocr", "urlencoded, base64, AppKey", _ocr_signed, _lines),
    Form("ocr", "urlencoded, url", _ocr_url, _lines, by_url=True),
    Form("accurate", "GET, url", _accurate, _lines, by_url=True),
    Form("handwriting", "GET, url", _handwriting, _lines, by_url=True),
    Form("platform", "urlencoded, base64", _platform, _lines),
)
