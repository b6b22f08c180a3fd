"""Splits a multipart body into its parts, with python-multipart.

The parser is stricter than the servers of the vendors. Public clients rely on what is accepted here
besides: text before the first boundary, folded part headers, names in the form of RFC 5987
(`filename*=`) and, for vendors that are known to accept it, no closing boundary.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from mockocr.core.errors import ApiError, ErrorKind

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_FOLD = re.compile(rb"\r\n[ \t]+")
_MAX_LINES, _MAX_LINE = 16, 4096
"""How many header lines of a part, and how many bytes of each, are looked at for folds."""
_EXTENDED = re.compile(r";\s*(name|filename)\*\s*=\s*\"?([\w-]+)'[^';]*'([^;\s\"]*)", re.IGNORECASE)
_MAX_PARTS = 200
_TOO_MANY = f"it has more than {_MAX_PARTS} parts"
_PIECE = 256 * 1024
"""Long bodies are searched in pieces: the search holds the interpreter lock."""
_MAX_PART_HEAD = 16 * 1024
"""Bytes of the headers of one part."""
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


@dataclass(frozen=True, slots=True)
class Multipart:
    """The parts of a body in order. `closed` is false if the closing boundary is absent."""

    parts: tuple[Part, ...]
    closed: bool


def split(body: bytes, content_type: str) -> Multipart:
    """The parts; `ApiError(BAD_BODY)` if the body is broken, or cut off before the data of a part,
    or if the content type names no boundary.
    """
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if not boundary:
        raise ApiError(ErrorKind.BAD_BODY, "the Content-Type names no multipart boundary")
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        body = _normalized(body, b"--" + boundary)
        for start in range(0, len(body), _PIECE):
            parser.write(body[start : start + _PIECE])
        closed = collector.complete
        if not closed:
            parser.write(_closing(body, b"--" + boundary))
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise ApiError(ErrorKind.BAD_BODY, f"the multipart body is broken: {error}") from None
    return Multipart(tuple(collector.parts), closed)


def _normalized(body: bytes, delimiter: bytes) -> bytes:
    """The body from its first boundary on, its part headers unfolded. ValueError without any, or
    with more than `_MAX_PARTS`.
    """
    if not body.startswith(delimiter):
        start = _find(body, b"\r\n" + delimiter, 0)
        if start < 0:
            raise ValueError("the boundary of the Content-Type occurs nowhere")
        body = body[start + 2 :]
    if body.endswith(b"\r\n" + delimiter + b"\r\n"):
        body = body[:-2]
    lines = rb"\r\n(?:[^\r\n]{1,%d}\r\n){1,%d}" % (_MAX_LINE, _MAX_LINES)
    head = re.compile(re.escape(delimiter) + lines)
    starts = _starts(body, delimiter)
    found = [match for start in starts if (match := head.match(body, start))]
    if not any(_FOLD.search(match[0]) for match in found):
        return body
    pieces: list[bytes] = []
    end = 0
    for match in found:
        pieces += body[end : match.start()], _FOLD.sub(b" ", match[0])
        end = match.end()
    return b"".join([*pieces, body[end:]])


def _starts(body: bytes, delimiter: bytes) -> list[int]:
    """Where the delimiters begin. ValueError for more than parts and the closing one need."""
    starts, line = [0], b"\r\n" + delimiter
    at = _find(body, line, 0)
    while at >= 0:
        starts.append(at + 2)
        if len(starts) > _MAX_PARTS + 1:
            raise ValueError(_TOO_MANY)
        at = _find(body, line, at + 2)
    return starts


def _find(body: bytes, line: bytes, start: int) -> int:
    """`body.find(line, start)`, in pieces."""
    for begin in range(start, len(body), _PIECE):
        at = body.find(line, begin, begin + _PIECE + len(line) - 1)
        if at >= 0:
            return at
    return -1


def _closing(body: bytes, delimiter: bytes) -> bytes:
    """What a body lacks at its end that has no closing boundary."""
    if body.endswith((delimiter, delimiter + b"-")):
        return b"--\r\n" if body.endswith(delimiter) else b"-\r\n"
    return (b"" if body.endswith(b"\r\n") else b"\r\n") + delimiter + b"--\r\n"


class _Collector:
    """Builds parts from the parser's callbacks."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.complete = False
        self._headers: dict[str, str] = {}
        self._name, self._value = bytearray(), bytearray()
        self._data: list[bytes] = []
        self._head_size = 0

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": lambda chunk, start, end: self._add(self._name, chunk[start:end]),
            "on_header_value": lambda chunk, start, end: self._add(self._value, chunk[start:end]),
            "on_header_end": self._end_header,
            "on_part_data": lambda chunk, start, end: self._data.append(chunk[start:end]),
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin_part(self) -> None:
        if len(self.parts) == _MAX_PARTS:
            raise FormParserError(_TOO_MANY)
        self._headers.clear()
        self._data.clear()
        self._head_size = 0

    def _add(self, to: bytearray, piece: bytes) -> None:
        self._head_size += len(piece)
        if self._head_size > _MAX_PART_HEAD:
            limit = f"{_MAX_PART_HEAD} bytes"
            raise FormParserError(f"the headers of a part have more than {limit}")
        to.extend(piece)

    def _end_header(self) -> None:
        name = self._name.decode("latin-1").strip().lower()
        self._headers[name] = _text(bytes(self._value)).strip()
        self._name.clear()
        self._value.clear()

    def _end_part(self) -> None:
        name, filename = _disposition(self._headers.get("content-disposition", ""))
        content_type = self._headers.get("content-type", "")
        self.parts.append(Part(name, b"".join(self._data), filename, content_type))

    def _end(self) -> None:
        self.complete = True


@lru_cache(maxsize=256)
def _disposition(text: str) -> tuple[str, str | None]:
    """Name and file name in the Content-Disposition of a part; clients repeat the same ones."""
    text = text.rstrip("; ")
    _, options = parse_options_header(text.encode("utf-8", "surrogateescape"))
    extended = _extended(text)
    filename = options.get(b"filename")
    name = _text(options[b"name"]) if b"name" in options else extended.get("name", "")
    if filename is None and "filename" in extended:
        return name, extended["filename"]
    return name, None if filename is None else _full_filename(_text(filename), text)


def _extended(disposition: str) -> dict[str, str]:
    """The parameters with an asterisk, decoded: RFC 7578 forbids them, but clients send them."""
    found: dict[str, str] = {}
    for key, charset, value in _EXTENDED.findall(disposition):
        with contextlib.suppress(LookupError):
            found.setdefault(key.lower(), unquote(value, charset, "replace"))
    return found


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
