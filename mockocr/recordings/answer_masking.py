"""What of a vendor's response may be kept: known headers, and JSON whose secrets are masked."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from mockocr.control.journal import redact
from mockocr.core.http import Headers
from mockocr.core.service import Service
from mockocr.recordings import json_form
from mockocr.recordings.json_form import Number
from mockocr.recordings.masking import MaskedRequest
from mockocr.recordings.text_masks import (
    masked,
    masked_text,
    with_version_alone,
    without_query,
)

_LEFT = frozenset(
    [
        "content-length",
        "content-encoding",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "date",
        "via",
        "age",
        "alt-svc",
        "etag",
        "last-modified",
        "x-mockocr-request",
    ]  # easier to read
)
"""Headers of a response that say nothing of the vendor's contract."""
_HARMLESS = frozenset(
    [
        "vary",
        "expires",
        "x-powered-by",
        "x-frame-options",
        "x-xss-protection",
        "x-content-type-options",
        "x-download-options",
        "strict-transport-security",
        "content-security-policy",
        "pragma",
    ]
)
"""Headers of a response that cannot hold a secret, besides those that the journal shows."""
_KEPT_TEXTS = re.compile(
    r"code|message|msg|type|status|version|format|unit|lang|locale|orientation|name|model", re.I
)
"""Names of response fields whose texts are the vendor's own words."""


class MaskedAnswer(msgspec.Struct, frozen=True):
    """A response without secrets. `text` is JSON over several lines, or as it came; `form` is that
    of the JSON on the wire. `hands_out` is true if a secret was masked in it.
    """

    headers: Headers
    body: bytes
    form: str
    hands_out: bool


def mask_answer(
    service: Service, request: MaskedRequest, headers: Headers, body: bytes, *, texts: bool = False
) -> MaskedAnswer:
    """The response without its secrets; with `texts`, also without what was read."""
    recorded, handed_out = service.recorded, False

    kept = []
    for name, value in headers:
        if recorded.is_secret(name):
            handed_out = True
            kept.append((name, masked(value)))
        elif recorded.is_job(name):
            kept.append((name, request.clean(with_version_alone(value))))
        elif is_kept_header(service, name):
            kept.append((name, request.clean(without_query(value))))

    def change(name: str, path: str, value: Any) -> Any:
        nonlocal handed_out
        if isinstance(value, bool) or not isinstance(value, str) or not value:
            return value
        if isinstance(value, Number):
            clean = request.clean(value)
            return value if clean == value else Number("1" * len(value))
        if recorded.is_secret(name):
            handed_out = True
            return masked(value)
        if recorded.is_job(name):
            return request.clean(with_version_alone(value))
        if texts and not _KEPT_TEXTS.search(name) and not recorded.differs(name):
            return masked_text(value)
        return request.clean(without_query(value))

    try:
        text = body.decode()
        value = json_form.load(text)
        if not isinstance(value, dict | list):
            raise ValueError(text)
    except (ValueError, RecursionError):
        if body and recorded.is_secret("body"):
            handed_out, body = True, masked(body.decode("latin-1")).encode("latin-1")
        return MaskedAnswer(tuple(kept), _plain(request, body, texts), "", handed_out)
    form = json_form.form_of(text, value)
    shown = json_form.pretty(json_form.changed(value, change))
    return MaskedAnswer(tuple(kept), shown.encode(), form or "other", handed_out)


def is_kept_header(service: Service, name: str) -> bool:
    """True for a header of a response that a recording keeps."""
    lowered = name.lower()
    if lowered in _LEFT:
        return False
    declared = {header.lower() for header in service.recorded.headers}
    if service.recorded.is_job(name):
        return True
    if lowered in declared or lowered in _HARMLESS or service.recorded.is_id(name):
        return True
    return redact.header(lowered, "a long value") == "a long value"


def _plain(request: MaskedRequest, body: bytes, texts: bool) -> bytes:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    text = request.clean(text)
    return (masked_text(text) if texts else text).encode()
