"""How clients call Aliyun's own services: JSON with base64 or a URL, in the newer or older form."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_json


def _general(image: SampleImage, values: Mapping[str, str]) -> Request:
    configure = {"min_size": 16, "output_prob": True}
    return post_json(
        "/api/predict/ocr_general",
        {"image": base64.b64encode(image.data).decode(), "configure": configure},
    )


def _general_older(image: SampleImage, values: Mapping[str, str]) -> Request:
    picture = _data_value(base64.b64encode(image.data).decode())
    value = {"image": picture, "configure": _data_value('{"output_prob":true}')}
    return post_json("/api/predict/ocr_general", {"inputs": [value]})


def _data_value(value: str) -> dict[str, Any]:
    return {"dataType": 50, "dataValue": value}


def _general_lines(response: Any) -> Sequence[str]:
    if "outputs" in response:
        response = json.loads(response["outputs"][0]["outputValue"]["dataValue"])
    return [item["word"] for item in response["ret"]]


def _advanced(image: SampleImage, values: Mapping[str, str]) -> Request:
    request = post_json("/ocrservice/advanced", {"img": base64.b64encode(image.data).decode()})
    return request.with_headers(("X-Ca-Key", values["appkey"]))


def _advanced_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_json("/ocrservice/advanced", {"url": image.url, "prob": True, "row": True})


def _prism_lines(response: Any) -> Sequence[str]:
    return [word["word"] for word in response["prism_wordsInfo"]]


EXAMPLES = (
    RequestExample("ocr_general", "JSON, base64, AppCode", _general, _general_lines),
    RequestExample("ocr_general", "JSON, inputs, AppCode", _general_older, _general_lines),
    RequestExample("advanced", "JSON, base64, AppKey", _advanced, _prism_lines),
    RequestExample("advanced", "JSON, url, AppCode", _advanced_url, _prism_lines, by_url=True),
)
