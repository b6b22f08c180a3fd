"""Scripts the document that the next picture shows, through the control API."""

from __future__ import annotations

import json
from typing import Any

from mockocr.app import Mock
from tests.asgi import ask
from tests.document_readings import FIELDS

JSON = (("Content-Type", "application/json"),)


def script(to: Mock, kind: str, *warnings: str, **fields: str) -> None:
    """The next picture shows the document of that kind, with some fields changed."""
    answer = {"kind": kind, "fields": {**FIELDS[kind], **fields}, "warnings": list(warnings)}
    answer_next(to, answer)


def answer_next(to: Mock, answer: dict[str, Any]) -> None:
    """The next picture of any operation has this scripted answer, once unless `times` is given."""
    body = json.dumps({"operation": "*", "times": 1, **answer}).encode()
    assert ask(to.asgi, "POST", "/_mockocr/answers", JSON, body).status == 201
