"""Requests as Azure's clients send them: a file as the body, and the address of a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def operation_target(name: str) -> Callable[[Response], Mapping[str, str]]:
    """Finds the path and query of the address in Operation-Location, for the field `name`."""

    def find(response: Response) -> Mapping[str, str]:
        location = urlsplit(response.header("operation-location"))
        target = f"{location.path}?{location.query}" if location.query else location.path
        return {name: target} if target else {}

    return find


def at_operation(method: str, fields: Mapping[str, str], name: str, default: str) -> Request:
    """A request to the address that an earlier answer put into the field, else to `default`."""
    target = fields.get(name, default)
    path, _, query = target.partition("?")
    return Request(method, path, target, query=query)
