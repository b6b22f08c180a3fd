"""Requests as Azure's clients send them: a file as the body, and the address of a result."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from mockocr.core.http import Request, Response
from mockocr.core.request_example import SampleImage

UNKNOWN_ID = "00000000-0000-0000-0000-000000000000"


def post_file(target: str, sample: SampleImage) -> Request:
    """A POST of the file itself."""
    path, _, query = target.partition("?")
    headers = (("Content-Type", "application/octet-stream"),)
    size = len(sample.data)
    return Request("POST", path, target, headers, query=query, body=sample.data, size=size)


def operation_target(response: Response) -> Mapping[str, str]:
    """The path and query of the address in Operation-Location, below `operation_location`."""
    location = urlsplit(response.header("operation-location"))
    if not location.path:
        return {}
    target = f"{location.path}?{location.query}" if location.query else location.path
    return {"operation_location": target}


def at_operation(method: str, fields: Mapping[str, str], default: str) -> Request:
    """A request to the result that an earlier request was told, else to `default`."""
    target = fields.get("operation_location", default)
    path, _, query = target.partition("?")
    return Request(method, path, target, query=query)
