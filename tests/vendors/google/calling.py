"""Requests to Google Cloud Vision for the tests: a mock, and JSON sent to it by API key."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from mockocr.app import Mock
from mockocr.core.http import Headers
from tests.asgi import Answer, ask
from tests.exchange import picture

KEY = "AIzaSyMOCKOCR-dev-000000000000000000000"
PATH = "/v1/images:annotate"


def content(name: str) -> str:
    return base64.b64encode(picture(name)).decode()


def entry(name: str = "hello.png", feature: str = "TEXT_DETECTION", **more: Any) -> dict[str, Any]:
    """One entry of a request."""
    return {"image": {"content": content(name)}, "features": [{"type": feature}], **more}


def post(to: Mock, path: str, document: Mapping[str, Any] | bytes, headers: Headers = ()) -> Answer:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    sent = headers or (("X-Goog-Api-Key", KEY), ("Content-Type", "application/json"))
    return ask(to.asgi, "POST", path, sent, body)


def annotate(to: Mock, *entries: Mapping[str, Any], query: str = "") -> Answer:
    return post(to, PATH + query, {"requests": list(entries)})


def get(to: Mock, path: str) -> Answer:
    return ask(to.asgi, "GET", path, (("X-Goog-Api-Key", KEY),))


def journal(to: Mock) -> Any:
    """The newest entry."""
    return ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
