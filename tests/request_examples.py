"""Signed requests for an operation, built from the examples of its service."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.client import sender
from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Service, Vendor


def find_service(operation_id: str) -> Service:
    """The service of an operation such as `tencent.general`."""
    return sender.find(operation_id)[1]


def find_example(operation_id: str) -> tuple[Vendor, Service, RequestExample]:
    """The first example of the operation that sends the picture itself and finds text."""
    vendor, service, operation = sender.find(operation_id)
    for example in service.examples:
        sends_picture = example.lines is not None and not example.by_url
        if example.operation == operation.name and sends_picture:
            return vendor, service, example
    raise LookupError(f"{operation_id} has no example that sends the picture itself")


def prepare(
    url: str, operation_id: str, image: SampleImage, values: Mapping[str, str] | None = None
) -> Request:
    """The signed request for the server at `url`, by default with the credentials of `dev`."""
    vendor, service, example = find_example(operation_id)
    return sender.prepare(url, vendor, service, example, image, values or vendor.credentials)
