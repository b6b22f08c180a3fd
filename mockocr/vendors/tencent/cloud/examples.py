"""How clients ask API 3.0: JSON signed with TC3, a GET, or a form with the older signature."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, get, post_form, post_json
from mockocr.vendors.tencent_cloud.actions import (
    ACCURATE,
    ACTIONS,
    BASIC,
    DETECT,
    VERSION,
    Action,
)

Build = Callable[[SampleImage, Mapping[str, str]], Request]


def _headers(action: Action) -> tuple[tuple[str, str], ...]:
    return (
        ("X-TC-Action", action.name),
        ("X-TC-Version", VERSION),
        ("X-TC-Region", "ap-guangzhou"),
        ("X-TC-Language", "zh-CN"),
    )


def _json(action: Action) -> Build:
    def build(shown: SampleImage, key: Mapping[str, str]) -> Request:
        image = base64.b64encode(shown.data).decode()
        return post_json("/", {"ImageBase64": image}, *_headers(action))

    return build


def _json_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_json("/", {"ImageUrl": shown.url}, *_headers(BASIC))


def _get_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    request = get("/", [("ImageUrl", shown.url)])
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    return request.replaced(headers=(kind, *_headers(ACCURATE)))


def _form(shown: SampleImage, key: Mapping[str, str]) -> Request:
    image = base64.b64encode(shown.data).decode()
    fields = [
        ("Action", BASIC.name),
        ("Version", VERSION),
        ("SecretId", key["secret_id"]),
        ("SignatureMethod", "HmacSHA256"),
        ("ImageBase64", image),
    ]
    return post_form("/", fields)


def _lines(answer: Any) -> Sequence[str]:
    return [line["DetectedText"] for line in answer["Response"]["TextDetections"]]


def _has_text(answer: Any) -> str:
    return "there is text" if answer["Response"]["HasText"] else ""


FORMS = (
    *(
        RequestExample(a.operation, "TC3, base64", _json(a), _lines)
        for a in ACTIONS
        if a is not DETECT
    ),
    RequestExample(DETECT.operation, "TC3, base64", _json(DETECT), told=_has_text),
    RequestExample(BASIC.operation, "TC3, url", _json_url, _lines, by_url=True),
    RequestExample(BASIC.operation, "form, HmacSHA256", _form, _lines),
    RequestExample(ACCURATE.operation, "GET, TC3, url", _get_url, _lines, by_url=True),
)
