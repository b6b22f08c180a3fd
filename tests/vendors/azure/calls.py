"""Requests to Azure's operations on a mock without a socket, and pictures to send."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image as Pillow

from mockocr.app import Mock
from tests.asgi import Answer, ask

KEY = "a2e0c0ffee00c0ffee00c0ffee00a2e0"
HOST = "localhost:8080"
V4 = "/documentintelligence/documentModels"
VERSION = "api-version=2024-11-30"
READ = f"{V4}/prebuilt-read:analyze?{VERSION}"
LAYOUT = f"{V4}/prebuilt-layout:analyze?{VERSION}"
OCTETS = "application/octet-stream"


def call(
    to: Mock, method: str, target: str, body: bytes = b"", kind: str = OCTETS, key: str = KEY
) -> Answer:
    """One request with the key."""
    headers = [("Host", HOST), ("Ocp-Apim-Subscription-Key", key)]
    if body:
        headers.append(("Content-Type", kind))
    return ask(to.asgi, method, target, headers, body)


def location(answer: Answer) -> str:
    """The path and query of the address in Operation-Location."""
    address = answer.header("operation-location")
    assert address.startswith(f"http://{HOST}/"), address
    return address.removeprefix(f"http://{HOST}")


def analyzed(to: Mock, target: str, body: bytes, kind: str = OCTETS) -> Any:
    """`analyzeResult` of an analysis that succeeds at once."""
    accepted = call(to, "POST", target, body, kind)
    assert (accepted.status, accepted.body) == (202, b""), accepted.body
    answer = call(to, "GET", location(accepted)).json
    assert answer["status"] == "succeeded", answer
    return answer["analyzeResult"]


def blank(width: int = 640, height: int = 480, form: str = "PNG", pages: int = 1) -> bytes:
    """A white picture or document."""
    made = io.BytesIO()
    picture = Pillow.new("L", (width, height), 255)
    more = [picture] * (pages - 1)
    if more:
        picture.save(made, form, save_all=True, append_images=more)
    else:
        picture.save(made, form)
    return made.getvalue()
