"""Splits a multipart body into its parts.

Bodies are in memory, so a few searches find all parts. python-multipart parses the parameters of
headers here, but not bodies: its parser calls back for each piece of a body, which takes six times
as long, and it is stricter than the servers of the vendors. Public clients rely on what is accepted
here besides: text before the first boundary, folded part headers, names in the form of RFC 5987
(`filename*=`) and, for vendors that are known to accept it, no closing boundary.
"""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from urllib.parse import unquote

import msgspec
from python_multipart.multipart import parse_options_header

from mockocr.core.errors import ApiError, ErrorKind

_FOLD = re.compile(rb"\r\n[ \t]+")
_EXTENDED = re.compile(r";\s*(name|filename)\*\s*=\s*\"?([\w-]+)'[^';]*'([^;\s\"]*)", re.IGNORECASE)
_FILENAME = re.compile(r';\s*filename\s*=\s*"((?:\\"|[^"])*)"', re.IGNORECASE)
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""The name of a header (RFC 9110, 5.6.2)."""
_PADDING = re.compile(rb"[ \t]+\r\n")
"""What may follow a boundary besides a line end (RFC 2046, 5.1.1)."""
_MAX_BOUNDARY = 256
_MAX_PARTS = 200
_MAX_HEADERS, _MAX_HEADER, _MAX_PART_HEAD = 8, 4096 + 128, 16 * 1024
"""How many headers a part may have, and bytes of each and of all."""
_PIECE = 256 * 1024
"""Long bodies are searched in pieces: the search holds the interpreter lock."""


class Part(msgspec.Struct, frozen=True):
    """One part of a multipart body. Its name alone says what it is, with or without a file name."""

    name: str
    data: bytes
    filename: str | None = None
    content_type: str = ""

    @property
    def text(self) -> str:
        """The data as text: UTF-8, undecodable bytes replaced."""
        return self.data.decode("utf-8", "replace")


class Multipart(msgspec.Struct, frozen=True):
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
    delimiter = b"--" + boundary
    try:
        if len(boundary) > _MAX_BOUNDARY:
            raise _MultipartError(f"its boundary has more than {_MAX_BOUNDARY} bytes")
        if not body.startswith(delimiter):
            start = _find(body, b"\r\n" + delimiter, 0)
            if start < 0:
                raise _MultipartError("the boundary of the Content-Type occurs nowhere")
            body = body[start + 2 :]
        if body.endswith(b"\r\n" + delimiter + b"\r\n"):
            body = body[:-2]
        found = _parts(body, delimiter)
        if not found.closed:
            closed = _parts(body + _closing(body, delimiter), delimiter)
            found = Multipart(closed.parts, closed=False)
    except _MultipartError as error:
        raise ApiError(ErrorKind.BAD_BODY, f"the multipart body is broken: {error}") from None
    return found


class _MultipartError(Exception):
    """The body is broken; the message says where."""


def _parts(body: bytes, delimiter: bytes) -> Multipart:
    """The parts that end at a boundary. The body begins with one."""
    parts: list[Part] = []
    at, mark = len(delimiter), b"\r\n" + delimiter
    if body.startswith(b"--", at):
        return Multipart((), closed=True)
    if body[at : at + 2] in (b"", b"-"):
        return Multipart((), closed=False)
    if not body.startswith(b"\r\n", at):
        raise _MultipartError("its first boundary does not end with its line")
    at += 2
    while True:
        if len(parts) == _MAX_PARTS:
            raise _MultipartError(f"it has more than {_MAX_PARTS} parts")
        head, at = _head(body, at)
        end, after, last = _boundary(body, at, mark)
        name, filename, content_type = _parse_head(head)
        if end < 0:
            return Multipart(tuple(parts), closed=False)
        parts.append(Part(name, body[at:end], filename, content_type))
        if last:
            return Multipart(tuple(parts), closed=True)
        at = after


def _head(body: bytes, start: int) -> tuple[bytes, int]:
    """The header lines of the part that begins at `start`, and where its data begins."""
    if body.startswith(b"\r\n", start):
        return b"", start + 2
    # the line ends, and the blanks of folded lines, come on top of the limit
    end = body.find(b"\r\n\r\n", start, start + 2 * _MAX_PART_HEAD)
    if end < 0:
        raise _MultipartError("the head of a part has no end, or is too long")
    return body[start:end], end + 4


@lru_cache(maxsize=256)
def _parse_head(head: bytes) -> tuple[str, str | None, str]:
    """Name, file name and content type of a part; clients repeat the same heads."""
    headers = {b"content-disposition": "", b"content-type": ""}
    if b"\r\n " in head or b"\r\n\t" in head:
        head = _FOLD.sub(b" ", head)
    if len(head) > _MAX_PART_HEAD:
        raise _MultipartError(f"the headers of a part have more than {_MAX_PART_HEAD} bytes")
    lines = head.split(b"\r\n") if head else ()
    if len(lines) > _MAX_HEADERS:
        raise _MultipartError(f"a part has more than {_MAX_HEADERS} headers")
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not _TOKEN.fullmatch(name) or b"\r" in value:
            raise _MultipartError(f"a part has the invalid header {line[:80]!r}")
        if len(line) > _MAX_HEADER:
            raise _MultipartError(f"a header of a part has more than {_MAX_HEADER} bytes")
        headers[name.lower()] = _text(value).strip()  # of several with one name, the last counts
    return *_disposition(headers[b"content-disposition"]), headers[b"content-type"]


def _boundary(body: bytes, start: int, mark: bytes) -> tuple[int, int, bool]:
    """Where the data that begins at `start` ends, where the next head begins, and whether it was
    the closing boundary; -1 if there is none. A line that only begins like one is data.
    """
    while (end := _find(body, mark, start)) >= 0:
        after = end + len(mark)
        if body.startswith(b"\r\n", after):
            return end, after + 2, False
        if body.startswith(b"--", after):
            return end, after + 2, True
        if body.startswith((b" ", b"\t"), after):
            padding = _PADDING.match(body, after)
            if padding is None:
                raise _MultipartError("text follows a boundary and blanks")
            return end, padding.end(), False
        start = after
    return -1, -1, False


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


def _disposition(text: str) -> tuple[str, str | None]:
    """Name and file name in the Content-Disposition of a part."""
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
