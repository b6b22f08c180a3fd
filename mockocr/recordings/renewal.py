"""Gives a recorded response new ids, and the times of the request in place of its own."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from random import Random
from typing import Any

from mockocr.core.http import Request, Response
from mockocr.core.service import Service
from mockocr.recordings import json_form
from mockocr.recordings.json_form import Number
from mockocr.recordings.text_masks import renewed

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_HTTP_DATE = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")


def renewed_response(service: Service, request: Request, response: Response) -> Response:
    """The response with the ids and times that `Service.recorded` names made new. Equal ids stay
    equal, in headers and body.
    """
    recorded, random, ids = service.recorded, request.random(), dict[str, str]()

    def value_of(name: str, value: str) -> str:
        if recorded.is_id(name):
            return ids.setdefault(value, _renewed_id(value, random))
        return at_time(value, request.at) if recorded.is_time(name) else value

    def change(name: str, path: str, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, str):
            return value
        new = value_of(name, value)
        return Number(new) if isinstance(value, Number) else new

    headers = tuple((name, value_of(name, value)) for name, value in response.headers)
    return response.replaced(headers=headers, body=json_form.changed_body(response.body, change))


def at_time(text: str, at: datetime) -> str:
    """The time `at` in the form of a recorded one; a text in another form stays."""
    iso = _ISO.fullmatch(text)
    if iso is not None:
        digits = len(iso[4] or ".") - 1
        fraction = f".{at.microsecond:06d}000"[: digits + 1] if digits else ""
        return f"{at:%Y-%m-%d}{iso[2]}{at:%H:%M:%S}{fraction}{iso[5] or ''}"
    if _HTTP_DATE.fullmatch(text):
        return format_datetime(at, usegmt=True)
    if text.isdigit() and len(text) in (10, 13):
        return str(int(at.timestamp() * (1 if len(text) == 10 else 1000)))
    return text


def _renewed_id(value: str, random: Random) -> str:
    return renewed(value, random) if value else value
