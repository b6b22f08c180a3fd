"""A multipart body into its parts.

Clients write plain bodies, and plain ones are cut with a few searches; whatever is not plain goes
through python-multipart, byte by byte, and is judged there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from mockocr.core.errors import ApiError, ErrorKind

_FILENAME = re.compile(r';\s*filename\s*=\s*"((?:\\"|[^"])*)"', re.IGNORECASE)
_HEADER = re.compile(rb"([A-Za-z0-9-]+): ?([\x20-\x7e\x80-\xff]*)")
_SHORT = 512
"""Bytes of headers that are remembered: a client sends the same ones again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body. The picture is whatever part has its name, with a filename or
    without.
    """

    name: str
    data: bytes
    filename: str | None = None
    content_type: str = ""

    @property
    def text(self) -> str:
        """The data as text: UTF-8, undecodable bytes replaced."""
        return self.data.decode("utf-8", "replace")


def split(body: bytes, content_type: str) -> tuple[Part, ...]:
    """The parts in order; `ApiError(BAD_BODY)` when the body is broken, cut off, or of a type that
    names no boundary.
    """
    remembered = len(content_type) <= _SHORT
    boundary = _told_boundary(content_type) if remembered else _read_boundary(content_type)
    if not boundary:
        raise ApiError(ErrorKind.BAD_BODY, "the Content-Type names no multipart boundary")
    parts = _cut(body, boundary)
    return _parsed(body, boundary) if parts is None else parts


def _read_boundary(content_type: str) -> bytes:
    _, options = parse_options_header(content_type)
    return options.get(b"boundary", b"")


_told_boundary = lru_cache(256)(_read_boundary)


def _cut(body: bytes, boundary: bytes) -> tuple[Part, ...] | None:
    """The parts of a plain body, None of any other: CRLF everywhere, headers in every part, nothing
    before the first boundary and nothing after the last.
    """
    mark = b"--" + boundary
    if not body.startswith(mark) or not _is_taken(boundary):
        return None
    pieces = body.split(b"\r\n" + mark)
    pieces[0] = pieces[0][len(mark) :]
    if len(pieces) < 2 or pieces.pop() not in (b"--", b"--\r\n"):
        return None
    parts = []
    for piece in pieces:
        head, blank, data = piece.partition(b"\r\n\r\n")
        if not blank or not head.startswith(b"\r\n"):
            return None
        told = _told_head(head) if len(head) <= _SHORT else _read_head(head)
        if told is None:
            return None
        name, filename, content_type = told
        parts.append(Part(name, data, filename, content_type))
    return tuple(parts)


def _read_head(head: bytes) -> tuple[str, str | None, str] | None:
    """Name, file name and content type that a part's headers tell, None when they are not
    plain.
    """
    headers = {}
    for line in head[2:].split(b"\r\n"):
        header = _HEADER.fullmatch(line)
        if header is None:
            return None
        headers[header[1].decode("ascii").lower()] = _text(header[2]).strip()
    return _told(headers)


_told_head = lru_cache(256)(_read_head)


@lru_cache(256)
def _is_taken(boundary: bytes) -> bool:
    """Whether the parser takes the boundary at all."""
    try:
        MultipartParser(boundary)
    except (FormParserError, ValueError):
        return False
    return True


def _parsed(body: bytes, boundary: bytes) -> tuple[Part, ...]:
    """The parts as the parser finds them, whatever the body looks like."""
    parts: list[Part] = []
    headers: dict[str, str] = {}
    name, value, data = bytearray(), bytearray(), bytearray()
    ended = False

    def begin() -> None:
        headers.clear()
        data.clear()

    def header_end() -> None:
        headers[name.decode("latin-1").strip().lower()] = _text(bytes(value)).strip()
        name.clear()
        value.clear()

    def part_end() -> None:
        name, filename, content_type = _told(headers)
        parts.append(Part(name, bytes(data), filename, content_type))

    def finish() -> None:
        nonlocal ended
        ended = True

    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": begin,
                "on_header_field": lambda chunk, start, end: name.extend(chunk[start:end]),
                "on_header_value": lambda chunk, start, end: value.extend(chunk[start:end]),
                "on_header_end": header_end,
                "on_part_data": lambda chunk, start, end: data.extend(chunk[start:end]),
                "on_part_end": part_end,
                "on_end": finish,
            },
        )
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise ApiError(ErrorKind.BAD_BODY, f"the multipart body is broken: {error}") from None
    if not ended:
        raise ApiError(ErrorKind.BAD_BODY, "the multipart body ends before its closing boundary")
    return tuple(parts)


def _told(headers: Mapping[str, str]) -> tuple[str, str | None, str]:
    text = headers.get("content-disposition", "").rstrip("; ")
    _, options = parse_options_header(text.encode("utf-8", "surrogateescape"))
    name, filename = _text(options.get(b"name", b"")), options.get(b"filename")
    whole = None if filename is None else _whole(_text(filename), text)
    return name, whole, headers.get("content-type", "")


def _whole(filename: str, disposition: str) -> str:
    """The name as sent: the parser cuts a Windows path to its last part, and vendors echo it
    whole.
    """
    sent = _FILENAME.search(disposition)
    cut = sent is not None and sent[1].endswith("\\" + filename)
    return sent[1].replace('\\"', '"') if sent is not None and cut else filename


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
