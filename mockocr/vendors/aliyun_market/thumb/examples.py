"""How clients call 拇指云's service: urlencoded with base64 or a URL, or a GET."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, get, post_form
from mockocr.vendors.aliyun_market.thumb_cloud.rendering import lines_of_data


def _ocr_appcode(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form("/ocr", [("img", base64.b64encode(image.data).decode()), ("ver", "0")])


def _ocr_appkey(image: SampleImage, values: Mapping[str, str]) -> Request:
    request = post_form("/ocr", [("img", base64.b64encode(image.data).decode()), ("ver", "1")])
    return request.with_headers(("X-Ca-Key", values["appkey"]))


def _ocr_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form("/ocr", [("url", image.url), ("ver", "1")])


def _accurate(image: SampleImage, values: Mapping[str, str]) -> Request:
    return get("/thumb/ocr", [("url", image.url), ("show", "1")])


def _handwriting(image: SampleImage, values: Mapping[str, str]) -> Request:
    return get("/thumb/handwriting", [("url", image.url)])


EXAMPLES = (
    RequestExample("ocr", "urlencoded, base64, AppCode", _ocr_appcode, lines_of_data),
    RequestExample("ocr", "urlencoded, base64, AppKey", _ocr_appkey, lines_of_data),
    RequestExample("ocr", "urlencoded, url", _ocr_url, lines_of_data, by_url=True),
    RequestExample("accurate", "GET, url", _accurate, lines_of_data, by_url=True),
    RequestExample("handwriting", "GET, url", _handwriting, lines_of_data, by_url=True),
)
