"""Partial responses: the query parameter `fields`, as in `responses(textAnnotations/description)`.

doc: "fields: selector specifying which fields to include in a partial response"; a path's parts are
joined by `/` or `.`, several paths by commas, and `*` is every field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.vendors.google.vision.errors import BAD_MASK
from mockocr.vendors.google.vision.message_types import message_types, snake_case

Mask = dict[str, "Mask"]
"""Field name → mask of its members; an empty mask keeps everything."""

_TOKEN = re.compile(r"[(),/.*]|[A-Za-z_][A-Za-z0-9_]*")
_MAX_DEPTH = 32


def masked(request: Request, document: Mapping[str, Any], message: str) -> Mapping[str, Any]:
    """The document, or the part of it that the request asks for.

    `message` is the type of the document. `ApiError(BAD_MASK)` for a field that it does not have.
    """
    text = requested_mask(request)
    if not text or text == "*":
        return document
    mask = parse_mask(text)
    _require_known(mask, message, text)
    kept: Mapping[str, Any] = _kept(document, mask)
    return kept


def requested_mask(request: Request) -> str:
    """The parameter, or the header that does the same."""
    for name in ("$fields", "fields"):
        if value := request.query_value(name):
            return value
    return request.header("x-goog-fieldmask")


def parse_mask(text: str) -> Mask:
    """The mask that the text describes; `ApiError(BAD_MASK)` if it cannot be read."""
    tokens: list[str] = []
    position = 0
    for match in _TOKEN.finditer(text):
        if text[position : match.start()].strip():
            break
        tokens.append(match[0])
        position = match.end()
    if text[position:].strip():
        raise _bad(text, f"unexpected {text[position:].strip()[:20]!r}")
    reader = _MaskReader(tokens, text)
    mask = reader.read(0)
    if reader.position < len(tokens):
        raise _bad(text, "a closing bracket too many")
    return mask


class _MaskReader:
    """Reads the tokens of a mask."""

    def __init__(self, tokens: Sequence[str], text: str) -> None:
        self._tokens, self._text = tokens, text
        self.position = 0

    def read(self, depth: int) -> Mask:
        """Paths joined by commas, up to a closing bracket or the end."""
        if depth > _MAX_DEPTH:
            raise _bad(self._text, "too many brackets")
        mask: Mask = {}
        while True:
            self._path(mask, depth)
            if self._next() != ",":
                return mask
            self.position += 1

    def _path(self, mask: Mask, depth: int) -> None:
        while True:
            name = self._next()
            if not name or name in "(),/.":
                raise _bad(self._text, "a field name is missing")
            self.position += 1
            below = mask.setdefault(name, {})
            if self._next() == "(":
                self.position += 1
                below.update(self.read(depth + 1))
                if self._next() != ")":
                    raise _bad(self._text, "a closing bracket is missing")
                self.position += 1
                return
            if self._next() not in ("/", "."):
                return
            self.position += 1
            mask = below

    def _next(self) -> str:
        return self._tokens[self.position] if self.position < len(self._tokens) else ""


def _require_known(mask: Mask, message: str, text: str) -> None:
    fields = message_types().messages.get(message)
    if fields is None:  # google.protobuf.Any and scalars: what is below them is not checked
        return
    for name, below in mask.items():
        field = fields.get(name) or fields.get(snake_case(name))
        if field is None and name != "*":
            raise _bad(text, f"{message} has no field {name!r}")
        if field is not None:
            _require_known(below, field.type, text)


def _kept(value: Any, mask: Mask) -> Any:
    if not mask:
        return value
    if isinstance(value, list):
        return [_kept(item, mask) for item in value]
    if not isinstance(value, Mapping):
        return value
    kept = {}
    for name, item in value.items():
        below = mask.get(name, mask.get(snake_case(name), mask.get("*")))
        if below is not None:
            kept[name] = _kept(item, below)
    return kept


def _bad(text: str, detail: str) -> ApiError:
    return ApiError(BAD_MASK, f"fields={text[:200]!r}: {detail}")
