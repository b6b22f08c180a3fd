"""How clients ask on Aliyun's market: urlencoded or JSON, base64 or a URL, a GET, the platform."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, get, post_form, post_json


def _ocr_code(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_form("/ocr", [("img", base64.b64encode(shown.data).decode()), ("ver", "0")])


def _ocr_signed(shown: SampleImage, key: Mapping[str, str]) -> Request:
    request = post_form("/ocr", [("img", base64.b64encode(shown.data).decode()), ("ver", "1")])
    return request.replaced(headers=(*request.headers, ("X-Ca-Key", key["appkey"])))


def _ocr_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_form("/ocr", [("url", shown.url), ("ver", "1")])


def _accurate(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return get("/thumb/ocr", [("url", shown.url), ("show", "1")])


def _handwriting(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return get("/thumb/handwriting", [("url", shown.url)])


def _platform(shown: SampleImage, key: Mapping[str, str]) -> Request:
    image = base64.b64encode(shown.data).decode()
    return post_form("/thumb/platform/ocr", [("img", image), ("ver", "1")])


def _general(shown: SampleImage, key: Mapping[str, str]) -> Request:
    image = base64.b64encode(shown.data).decode()
    configure = {"min_size": 16, "output_prob": True}
    return post_json("/api/predict/ocr_general", {"image": image, "configure": configure})


def _general_older(shown: SampleImage, key: Mapping[str, str]) -> Request:
    image = base64.b64encode(shown.data).decode()
    value = {"image": _data(image), "configure": _data('{"output_prob":true}')}
    return post_json("/api/predict/ocr_general", {"inputs": [value]})


def _data(value: str) -> dict[str, Any]:
    return {"dataType": 50, "dataValue": value}


def _general_lines(answer: Any) -> Sequence[str]:
    if "outputs" in answer:
        answer = json.loads(answer["outputs"][0]["outputValue"]["dataValue"])
    return [item["word"] for item in answer["ret"]]


def _advanced(shown: SampleImage, key: Mapping[str, str]) -> Request:
    request = post_json("/ocrservice/advanced", {"img": base64.b64encode(shown.data).decode()})
    return request.replaced(headers=(*request.headers, ("X-Ca-Key", key["appkey"])))


def _advanced_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_json("/ocrservice/advanced", {"url": shown.url, "prob": True, "row": True})


def _prism_lines(answer: Any) -> Sequence[str]:
    return [word["word"] for word in answer["prism_wordsInfo"]]


def _lines(answer: Any) -> Sequence[str]:
    data = answer["data"]
    return [data] if isinstance(data, str) else [line["words"] for line in data]


FORMS = (
    RequestExample("ocr", "urlencoded, base64, AppCode", _ocr_code, _lines),
    RequestExample("ocr", "urlencoded, base64, AppKey", _ocr_signed, _lines),
    RequestExample("ocr", "urlencoded, url", _ocr_url, _lines, by_url=True),
    RequestExample("accurate", "GET, url", _accurate, _lines, by_url=True),
    RequestExample("handwriting", "GET, url", _handwriting, _lines, by_url=True),
    RequestExample("platform", "urlencoded, base64", _platform, _lines),
    RequestExample("ocr_general", "JSON, base64, AppCode", _general, _general_lines),
    RequestExample("ocr_general", "JSON, inputs, AppCode", _general_older, _general_lines),
    RequestExample("advanced", "JSON, base64, AppKey", _advanced, _prism_lines),
    RequestExample("advanced", "JSON, url, AppCode", _advanced_url, _prism_lines, by_url=True),
)
