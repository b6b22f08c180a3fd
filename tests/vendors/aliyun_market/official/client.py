"""Requests to Aliyun's own services, and the parts of their responses that tests look at."""

from __future__ import annotations

import base64
import json
from typing import Any

from mockocr.core.recognition import Quad, Recognition, line_of_text
from tests.asgi import Answer
from tests.exchange import picture
from tests.vendors.aliyun_market.harness import Market, post

GENERAL, ADVANCED = "/api/predict/ocr_general", "/ocrservice/advanced"
IMAGE = base64.b64encode(picture("hello.png")).decode()
JSON = ("Content-Type", "application/json; charset=UTF-8")
FORMAT = "Invalid Input - json format error - "
EMPTY = "Invalid Input - image data error - input image empty, please check your image binary data"


def send(market: Market, target: str, body: Any, *headers: tuple[str, str]) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return market.signed(post(target, raw, JSON, *headers, form=False))


def message(answer: Answer) -> tuple[int, str]:
    """Status and sentence of an error of ocr_general, or of advanced as text."""
    assert answer.header("content-type") == "text/plain; charset=utf-8"
    return answer.status, answer.body.decode()


def json_message(answer: Answer) -> tuple[int, int, str]:
    """Status, code and sentence of an error of advanced in JSON."""
    assert answer.header("content-type") == "application/json;charset=UTF-8"
    assert list(answer.json) == ["error_code", "error_msg"]
    return answer.status, answer.json["error_code"], answer.json["error_msg"]


def page(*lines: tuple[str, float, float, float, float, int]) -> Recognition:
    return Recognition(
        tuple(
            line_of_text(text, Quad.upright(a, b, c, d), 0.996, block)
            for text, a, b, c, d, block in lines
        )
    )
