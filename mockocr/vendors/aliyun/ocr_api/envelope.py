"""Responses of `ocr-api` as JSON or XML: the result or error, with the id of the request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry
from mockocr.core.http import Request, Response, dump_json
from mockocr.vendors.aliyun.ocr_api import acs3
from mockocr.vendors.aliyun.ocr_api.errors import MISSING_ACTION, NO_ACTION
from mockocr.vendors.aliyun.ocr_api.parameters import (
    action_name,
    fields_of,
    is_acs3,
    is_aliyun_request,
)

Json = dict[str, Any]

JSON = "application/json;charset=utf-8"
XML = "text/xml;charset=utf-8"
_PORT = re.compile(r":\d+$")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render_text(request: Request, data: Mapping[str, Any], *, units: int = 1) -> Response:
    """`Data` as a JSON text: compact, members in alphabetical order. observed: samples."""
    return render_success(request, dump_json(ordered(data)).decode(), units=units)


def render_success(request: Request, data: Any, *, units: int = 1) -> Response:
    """`Data` as it is. doc: `Code` and `Message` are absent from a success."""
    value = {"RequestId": request_id(request), "Data": data}
    response = _render(request, f"{action_name(request)}Response", value, 200, "OK")
    return response.replaced(units=units)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """observed on siblings: the five members. `HostId` is the host that was asked, without port.

    A request to the root that names no action lacks it, and is for no other operation.
    """
    if entry is NO_ACTION and request.path == "/" and not action_name(request):
        entry = MISSING_ACTION
    id = request_id(request)
    value = {
        "RequestId": id,
        "HostId": _host(request),
        "Code": entry.code,
        "Message": entry.message,
        "Recommend": f"https://api.aliyun.com/troubleshoot?q={entry.code}"
        f"&product=ocr-api&requestId={id}",
    }
    return _render(request, "Error", value, entry.status, str(entry.code))


def add_headers(request: Request, response: Response) -> Response:
    """guess: as products behind the same gateway have them."""
    id = request_id(request)
    trace = f"{request.random().getrandbits(128):032x}"
    return response.with_headers(("x-acs-request-id", id), ("x-acs-trace-id", trace))


def request_id(request: Request) -> str:
    """doc: an upper-case UUID."""
    digits = request.id.upper()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def ordered(value: Any) -> Any:
    """The value with the members of every object in alphabetical order."""
    if isinstance(value, Mapping):
        return {name: ordered(value[name]) for name in sorted(value)}
    return [ordered(item) for item in value] if isinstance(value, list) else value


def _render(request: Request, root: str, value: Json, status: int, code: str) -> Response:
    if not _wants_xml(request):
        return Response.of_json(value, status, code=code, content_type=JSON)
    text = f"<?xml version='1.0' encoding='UTF-8' ?>{''.join(_element(root, value))}"
    return Response(status, text.encode("utf-8", "replace"), (("Content-Type", XML),), code)


def _wants_xml(request: Request) -> bool:
    """True for an RPC request that says `Format=XML`; ACS3 has no format."""
    if is_acs3(request) or not is_aliyun_request(request):
        return False
    try:
        wanted = request.cached(fields_of).get("Format", "").strip().lower()
    except ApiError:
        wanted = ""
    return (wanted or request.options.get("default_format", "json")) == "xml"


def _element(name: str, value: Any) -> Iterator[str]:
    """doc: sample in XML. guess: each item of a list is an element of its own."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _element(name, item)
        return
    yield f"<{name}>"
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _element(key, item)
    elif isinstance(value, bool):
        yield str(value).lower()
    else:
        yield escape(_NOT_XML.sub("", str(value)), quote=False)
    yield f"</{name}>"


def _host(request: Request) -> str:
    """sdk: Python sends an address with its scheme as Host."""
    host = request.host.rpartition("//")[2].partition("/")[0]
    return _PORT.sub("", host) or acs3.HOSTS[0]
