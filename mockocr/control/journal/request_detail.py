"""Shows one request whole: parameters, answer, and where the two texts to sign part."""

from __future__ import annotations

import json
from typing import Any

from mockocr.control.journal import image_locator, redact
from mockocr.control.journal.entry import Entry, summary
from mockocr.control.journal.journal import MAX_BODY, Journal
from mockocr.control.validation import InvalidInputError
from mockocr.core.account import Account
from mockocr.core.errors import ApiError, Evidence
from mockocr.core.http import Request

LONGEST = 400
"""Characters of one parameter's value."""
MAX_ANSWER = 64 * 1024
_AROUND = 24


async def explain(entry: Entry, journal: Journal, account: Account | None) -> dict[str, Any]:
    """The document of `GET /requests/{id}`; secrets of the account are hidden everywhere."""
    hidden = redact.secrets_of(account)
    body = await journal.body(entry.body)
    answer = await journal.body(entry.answer)
    document = summary(entry)
    document |= {
        "billed": entry.billed,
        "headers": _headers(entry.headers, hidden),
        "parameters": _parameters(entry.request.replaced(body=body), hidden, entry.size),
        "body": {"size": entry.size, "sha256": entry.body},
        "pictures": [
            {
                "digest": picture.digest,
                "sha256": picture.sha256,
                "size": picture.size,
                "width": picture.width,
                "height": picture.height,
                "format": picture.format,
                "lines": [
                    {"text": line.text, "corners": line.corners, "confidence": line.confidence}
                    for line in entry.lines
                    if line.digest == picture.digest
                ],
            }
            for picture in entry.pictures
        ],
        "read": list(entry.read),
        "answer": {
            "wire": entry.wire,
            "headers": _headers(entry.answer_headers, hidden),
            "size": entry.answer_size,
            "body": _answer(answer, hidden),
        },
    }
    if entry.evidence is not None:
        document["evidence"] = evidence(entry.evidence, hidden)
    document["target"] = redact.without(document["target"], hidden)
    document["why"] = redact.without(document["why"], hidden)
    return document


async def picture(entry: Entry, journal: Journal, number: int) -> tuple[bytes, str]:
    """The file of one of the entry's pictures, counted from 0, and its media type; Mistake (404)
    when the journal does not have it.
    """
    if not 0 <= number < len(entry.pictures):
        count = len(entry.pictures)
        raise InvalidInputError(f"request {entry.id!r} has {count} pictures, counted from 0", 404)
    wanted = entry.pictures[number]
    data = image_locator.file_of(
        entry.request.replaced(body=await journal.body(entry.body)), wanted.sha256
    )
    if data is None:
        raise InvalidInputError(
            "the journal does not hold the picture: it came by URL, or in a body of more than"
            f" {MAX_BODY} bytes",
            404,
        )
    return data, image_locator.MEDIA.get(wanted.format, "application/octet-stream")


def evidence(seen: Evidence, hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the server built beside what came, and the first byte where the two texts differ."""
    document: dict[str, Any] = {
        "expected": redact.without(seen.expected, hidden),
        "received": redact.without(seen.received, hidden),
        "signature": seen.signature,
        "expected_signature": seen.expected_signature,
    }
    if seen.expected and seen.received and seen.received != seen.signature:
        document["difference"] = difference(seen.expected, seen.received)
    return document


def difference(expected: str, received: str) -> dict[str, Any] | None:
    """The first byte (UTF-8, from 0) where two texts part, with a little around it; None when they
    are the same.
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


def _headers(headers: tuple[tuple[str, str], ...], hidden: tuple[str, ...]) -> list[list[str]]:
    return [[name, redact.without(redact.header(name, value), hidden)] for name, value in headers]


def _parameters(request: Request, hidden: tuple[str, ...], size: int) -> dict[str, Any]:
    """What the request said, by where it stood: query, and JSON, form or multipart body."""
    found: dict[str, Any] = {}
    if request.query:
        found["query"] = _pairs(request.query_fields(), hidden)
    if not request.body:
        return found
    if size > MAX_BODY:
        found["note"] = f"the body was {size} bytes; the journal keeps the first {MAX_BODY}"
    try:
        kind, value = _body(request)
    except (ApiError, ValueError, RecursionError) as trouble:
        detail = trouble.detail if isinstance(trouble, ApiError) else str(trouble)
        found["unreadable"] = redact.cut(detail, LONGEST)
        return found
    is_form = kind == "form"
    found[kind] = _pairs(value, hidden) if is_form else redact.tree(value, hidden, LONGEST)
    return found


def _body(request: Request) -> tuple[str, Any]:
    if request.content_type.startswith("multipart/"):
        parts = [
            {
                "name": part.name,
                "filename": part.filename,
                "type": part.content_type,
                "size": len(part.data),
                "value": None if _binary(part.data) else _named(part.name, part.text),
            }
            for part in request.parts()
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


def _named(name: str, text: str) -> str:
    return redact.masked(text) if redact.is_secret(name) else text


def _pairs(pairs: tuple[tuple[str, str], ...], hidden: tuple[str, ...]) -> list[list[str]]:
    return [[k, redact.cut(redact.without(_named(k, v), hidden), LONGEST)] for k, v in pairs]


def _answer(body: bytes, hidden: tuple[str, ...]) -> Any:
    text = body.decode("utf-8", "replace")
    try:
        return redact.tree(json.loads(text), hidden, MAX_ANSWER)
    except (ValueError, RecursionError):
        return redact.cut(redact.without(text, hidden), MAX_ANSWER)


def _binary(data: bytes) -> bool:
    return b"\x00" in data[:1024] or data[:2] in (b"\xff\xd8", b"BM")
