"""Splits a multipart body into its parts, with python-multipart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from mockocr.core.errors import ApiError, ErrorKind

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_FILENAME = re.compile(r';\s*filename\s*=\s*"((?:\\"|[^"])*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body. Its name alone says what it is, with or without a file name."""

    name: str
    data: bytes
    filename: str | None = None
    content_type: str = ""

    @property
    def text(self) -> str:
        """The data as text: UTF-8, undecodable bytes replaced."""
        return self.data.decode("utf-8", "replace")


def split(body: bytes, content_type: str) -> tuple[Part, ...]:
    """The parts in order; `ApiError(BAD_BODY)` if the body is broken or cut off, or the content
    type names no boundary.
    """
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if not boundary:
        raise ApiError(ErrorKind.BAD_BODY, "the Content-Type names no multipart boundary")
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise ApiError(ErrorKind.BAD_BODY, f"the multipart body is broken: {error}") from None
    if not collector.complete:
        raise ApiError(ErrorKind.BAD_BODY, "the multipart body lacks its closing boundary")
    return tuple(collector.parts)


class _Collector:
    """Builds parts from the parser's callbacks."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.complete = False
        self._headers: dict[str, str] = {}
        self._name, self._value, self._data = bytearray(), bytearray(), bytearray()

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": lambda chunk, start, end: self._name.extend(chunk[start:end]),
            "on_header_value": lambda chunk, start, end: self._value.extend(chunk[start:end]),
            "on_header_end": self._end_header,
            "on_part_data": lambda chunk, start, end: self._data.extend(chunk[start:end]),
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin_part(self) -> None:
        self._headers.clear()
        self._data = bytearray()

    def _end_header(self) -> None:
        name = self._name.decode("latin-1").strip().lower()
        self._headers[name] = _text(bytes(self._value)).strip()
        self._name.clear()
        self._value.clear()

    def _end_part(self) -> None:
        name, filename = _disposition(self._headers)
        content_type = self._headers.get("content-type", "")
        self.parts.append(Part(name, bytes(self._data), filename, content_type))

    def _end(self) -> None:
        self.complete = True


def _disposition(headers: Mapping[str, str]) -> tuple[str, str | None]:
    """Name and file name of a part."""
    text = headers.get("content-disposition", "").rstrip("; ")
    _, options = parse_options_header(text.encode("utf-8", "surrogateescape"))
    filename = options.get(b"filename")
    name = _text(options.get(b"name", b""))
    return name, None if filename is None else _full_filename(_text(filename), text)


def _full_filename(filename: str, disposition: str) -> str:
    """The file name as sent: the parser cuts a Windows path to its last part, and vendors echo the
    full path.
    """
    sent = _FILENAME.search(disposition)
    cut = sent is not None and sent[1].endswith("\\" + filename)
    return sent[1].replace('\\"', '"') if sent is not None and cut else filename


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
