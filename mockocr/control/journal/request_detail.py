"""Shows one request in full: parameters, response, and where two strings to sign differ."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mockocr.control.documents.reports import (
    Difference,
    EvidenceDetail,
    PictureDetail,
    RequestDetail,
)
from mockocr.control.journal import redact
from mockocr.control.journal.entry import MAX_BODY, Entry, Picture, ReadText
from mockocr.control.journal.journal import Journal
from mockocr.control.journal.known_secrets import KnownSecrets
from mockocr.control.journal.picture_file import MEDIA_TYPES, picture_file
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ApiError, Evidence
from mockocr.core.http import Request

LONGEST = 400
"""Characters of one parameter's value."""
MAX_ANSWER = 64 * 1024
_AROUND = 24


async def describe(entry: Entry, journal: Journal, secrets: KnownSecrets) -> RequestDetail:
    """The document of `GET /requests/{id}`; known secrets are masked everywhere."""
    detail, summary = entry.detail, entry.summary
    body = await journal.body(detail.body)
    answer = await journal.body(detail.answer)
    read = entry.read
    document: RequestDetail = {
        **summary,  # type: ignore[typeddict-item] # a summary has no optional keys
        "target": secrets.mask(summary["target"]),
        "why": secrets.mask(summary["why"]),
        "billed": detail.billed,
        "headers": _headers(detail.headers, secrets),
        "parameters": _parameters(entry.request(body), secrets, detail.size),
        "body": {"size": detail.size, "sha256": detail.body},
        "pictures": [_picture(picture, read) for picture in detail.pictures],
        "read": [secrets.mask(found.text) for _, found in read],
        "answer": {
            "wire": detail.wire,
            "headers": _headers(detail.answer_headers, secrets),
            "size": detail.answer_size,
            "body": shown_body(answer, secrets),
        },
    }
    if detail.evidence is not None:
        document["evidence"] = evidence(detail.evidence, secrets)
    return document


def _picture(picture: Picture, read: Iterable[tuple[str, ReadText]]) -> PictureDetail:
    return {
        "digest": picture.digest,
        "sha256": picture.sha256,
        "size": picture.size,
        "width": picture.width,
        "height": picture.height,
        "format": picture.format,
        "lines": [
            {
                "text": line.text,
                "corners": [list(corner) for corner in line.corners],
                "confidence": line.confidence,
            }
            for digest, found in read
            if digest == picture.digest
            for line in found.lines
        ],
    }


async def picture(entry: Entry, journal: Journal, number: int) -> tuple[bytes, str]:
    """The file of a picture, counted from 0, and its media type; `InvalidInputError` (404) if the
    journal does not have it.
    """
    pictures = entry.detail.pictures
    if not 0 <= number < len(pictures):
        count = len(pictures)
        raise InvalidInputError(f"request {entry.id!r} has {count} pictures, counted from 0", 404)
    found = pictures[number]
    data = None
    if found.location is not None:
        request = entry.request(await journal.body(entry.detail.body))
        data = picture_file(request, found.location, found.sha256)
    if data is None:
        raise InvalidInputError(
            "the journal does not have the picture: it came by URL, or in a body of more than"
            f" {MAX_BODY} bytes",
            404,
        )
    return data, MEDIA_TYPES.get(found.format, "application/octet-stream")


def evidence(seen: Evidence, secrets: KnownSecrets) -> EvidenceDetail:
    """What the server built, what the client signed, and the first byte where they differ."""
    document: EvidenceDetail = {
        "expected": secrets.mask(seen.expected),
        "received": secrets.mask(seen.received),
        "signature": secrets.mask(seen.signature),
        "expected_signature": seen.expected_signature,
    }
    if seen.expected and seen.received and seen.received != seen.signature:
        found = difference(seen.expected, seen.received)
        if found is not None:
            found["expected"] = secrets.mask(found["expected"])
            found["received"] = secrets.mask(found["received"])
        document["difference"] = found
    return document


def difference(expected: str, received: str) -> Difference | None:
    """The first byte (UTF-8, from 0) where two texts differ, with some text around it; None if
    they are equal.
    """
    ours, theirs = expected.encode("utf-8", "replace"), received.encode("utf-8", "replace")
    if ours == theirs:
        return None
    shorter = min(len(ours), len(theirs))
    at = next((i for i in range(shorter) if ours[i] != theirs[i]), shorter)
    start, end = max(0, at - _AROUND), at + _AROUND
    return {
        "byte": at,
        "expected": ours[start:end].decode("utf-8", "replace"),
        "received": theirs[start:end].decode("utf-8", "replace"),
    }


def _headers(headers: tuple[tuple[str, str], ...], secrets: KnownSecrets) -> list[list[str]]:
    return [
        [secrets.mask(name), secrets.mask(redact.header(name, value))] for name, value in headers
    ]


def _parameters(request: Request, secrets: KnownSecrets, size: int) -> dict[str, Any]:
    """What the request contains: its query, and its JSON, form or multipart body."""
    found: dict[str, Any] = {}
    if request.query:
        found["query"] = _pairs(request.query_fields(), secrets)
    if not request.body:
        return found
    if size > MAX_BODY:
        found["note"] = f"the body was {size} bytes; the journal keeps the first {MAX_BODY}"
    try:
        kind, value = _body(request)
    except (ApiError, ValueError, RecursionError) as error:
        detail = error.detail if isinstance(error, ApiError) else str(error)
        found["unreadable"] = secrets.cut(detail, LONGEST)
        return found
    is_form = kind == "form"
    found[kind] = _pairs(value, secrets) if is_form else _tree(value, secrets, LONGEST)
    return found


def _body(request: Request) -> tuple[str, Any]:
    if request.content_type.startswith("multipart/"):
        parts = [
            {
                "name": part.name,
                "filename": part.filename,
                "type": part.content_type,
                "size": len(part.data),
                "value": None if _binary(part.data) else _redacted(part.name, part.text),
            }
            for part in request.parts(unclosed=True)
        ]
        return "multipart", parts
    if request.content_type == "application/x-www-form-urlencoded":
        return "form", request.form_fields()
    try:
        return "json", json.loads(request.body)
    except ValueError:
        if _binary(request.body):
            return "binary", f"{len(request.body)} bytes"
        text = request.body.decode("utf-8", "replace")
        return "text", text


def _redacted(name: str, text: str) -> str:
    return redact.shorten(text) if redact.is_secret(name) else text


def _pairs(pairs: tuple[tuple[str, str], ...], secrets: KnownSecrets) -> list[list[str]]:
    return [[secrets.cut(k, LONGEST), secrets.cut(_redacted(k, v), LONGEST)] for k, v in pairs]


def shown_body(body: bytes, secrets: KnownSecrets) -> Any:
    """The JSON of a response, or its text, with secrets masked and long texts cut."""
    text = body.decode("utf-8", "replace")
    try:
        return _tree(json.loads(text), secrets, MAX_ANSWER)
    except (ValueError, RecursionError):
        return secrets.cut(text, MAX_ANSWER)


def _tree(value: Any, secrets: KnownSecrets, longest: int, name: str = "") -> Any:
    """A JSON value with secrets masked and texts cut to `longest` characters."""
    if isinstance(value, str):
        return redact.shorten(value) if redact.is_secret(name) else secrets.cut(value, longest)
    if isinstance(value, dict):
        return {
            secrets.cut(k, longest): _tree(v, secrets, longest, str(k)) for k, v in value.items()
        }
    if isinstance(value, list):
        return [_tree(item, secrets, longest, name) for item in value]
    return value


def _binary(data: bytes) -> bool:
    return b"\x00" in data[:1024] or data[:2] in (b"\xff\xd8", b"BM")
