"""What a vendor's response means to us: which error of the service's table it is, and its code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from mockocr.core.errors import ErrorEntry
from mockocr.core.http import Request, Response
from mockocr.core.service import Service
from mockocr.recordings.request_fields import leaves

_SUCCESSES = ("0", "OK", "", "200", "1", "SUCCESS")
"""Codes with which our services name a success."""
_CODE = re.compile(r"code|status|errno|type", re.I)
"""Names of fields that hold the code of an error."""


def unsigned(service: Service, response: Response) -> Response:
    """The response before the service's signature; unchanged if the service signs none."""
    signer = service.response_signer
    return response if signer is None else response.replaced(body=signer.unsigned(response.body))


def error_entry(service: Service, request: Request, response: Response) -> ErrorEntry | None:
    """The entry of the service's table that the response is, None if it is none of them.

    The code must stand where we put it. Of several entries with that code, it is the one whose
    response resembles it most.
    """
    seen = _values(response)
    best: tuple[int, ErrorEntry | None] = (0, None)
    for entry in service.errors:
        if entry.status != response.status:
            continue
        ours = _values(service.render_error(request, entry.filled({})))
        places = [path for path, value in ours.items() if value == str(entry.code)]
        if not places or any(seen.get(path) != str(entry.code) for path in places):
            continue
        alike = sum(seen.get(path) == value for path, value in ours.items())
        if alike > best[0]:
            best = alike, entry
    return best[1]


def code_of(service: Service, request: Request, response: Response) -> str:
    """The code by which the service decides whether the response is billed: of an error also one
    that its table lacks.
    """
    entry = error_entry(service, request, response)
    if entry is not None:
        return str(entry.code)
    unknown = _unknown_code(service, request, response)
    if unknown or response.status >= 400:
        return unknown or str(response.status)
    return next((code for code in _SUCCESSES if is_billed(service, response, code)), "")


def is_billed(service: Service, response: Response, code: str) -> bool:
    """Whether the vendor bills the response, if that is its code."""
    return service.billed(response.replaced(code=code))


def is_error(service: Service, request: Request, response: Response) -> bool:
    """True for a refusal: by its HTTP status, or by a code where an error has it."""
    return (
        response.status >= 400
        or error_entry(service, request, response) is not None
        or bool(_unknown_code(service, request, response))
    )


def _unknown_code(service: Service, request: Request, response: Response) -> str:
    """A code that stands where errors of the service have theirs, and that its table lacks."""
    seen = _values(response)
    for entry in service.errors:
        ours = _values(service.render_error(request, entry.filled({})))
        for path in (path for path, value in ours.items() if value == str(entry.code)):
            code = seen.get(path, "")
            named = _CODE.search(path.rpartition(".")[2])
            if code and code not in _SUCCESSES and named and not path.startswith("header "):
                return code
    return ""


def _values(response: Response) -> Mapping[str, str]:
    """The scalars of the body by their path, and the headers by their name."""
    return dict(_pairs(response))


def _pairs(response: Response) -> Iterator[tuple[str, str]]:
    for name, value in response.headers:
        yield f"header {name.lower()}", value
    try:
        value = json.loads(response.body)
    except (ValueError, RecursionError):
        yield "body", response.body.decode("utf-8", "replace").strip()
        return
    for field in leaves(value):
        yield field.path, str(field.value)
