"""The one reader and writer of exchange files: a request, `=====`, and the response.

fixtures/README.md describes the format. Pictures are placeholders such as `{{base64 hello.png}}`;
the caller says which bytes belong to a name.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from urllib.parse import quote

import msgspec

from mockocr.core.http import Headers

_PLACEHOLDER = re.compile(r"(\{\{\w+ [^}]+\}\})")
_ENCODED = re.compile(r"\{\{encoded ([A-Za-z0-9+/=]*)\}\}")
EMPTY = "{{empty}}"
"""Stands for a body of no bytes."""
Insert = Callable[[str, str], bytes]
"""The bytes for a placeholder: its kind (`bytes`, `base64`, `quoted`) and its name."""


class InvalidExchangeError(ValueError):
    """The text is no exchange; the text of the error says where it is wrong."""


class ExchangeText(msgspec.Struct, frozen=True):
    """The parts of an exchange file. The bodies are texts that still hold their placeholders; the
    response's is None if the file has none.
    """

    method: str
    target: str
    headers: Headers
    body: str
    status: int
    answer_headers: Headers
    answer: str | None
    notes: dict[str, str] = msgspec.field(default_factory=dict)

    def request_body(self, insert: Insert) -> bytes:
        """The bytes of the request's body, with CRLF line ends if it is a multipart body."""
        kind = next((v for k, v in self.headers if k.lower() == "content-type"), "")
        return fill(self.body, insert, crlf=kind.lower().startswith("multipart/"))

    @property
    def answer_body(self) -> bytes:
        """The bytes of the response's body, without the values of `{{string}}` and the like."""
        if self.answer is None or self.answer == EMPTY:
            return b""
        encoded = _ENCODED.fullmatch(self.answer)
        return base64.b64decode(encoded[1]) if encoded else self.answer.encode()


def parse(text: str) -> ExchangeText:
    """The exchange in a text; `InvalidExchangeError` if it is none."""
    request, found, answer = _cut(text)
    if not found:
        raise InvalidExchangeError("it has no line =====")
    lines = request.split("\n")
    notes: dict[str, str] = {}
    while lines and lines[0].startswith("#"):
        name, colon, value = lines.pop(0)[1:].partition(":")
        if colon:
            notes[name.strip()] = value.strip()
    method, _, rest = lines.pop(0).partition(" ") if lines else ("", "", "")
    target, _, version = rest.rpartition(" ")
    if not method or not target or not version.startswith("HTTP/"):
        raise InvalidExchangeError("its request has no line like POST /path HTTP/1.1")
    headers, body = _head("\n".join(lines))
    status_line, _, rest = answer.partition("\n")
    status = status_line.split(" ")[1:2]
    if not status or not status[0].isdigit():
        raise InvalidExchangeError("its response has no line like HTTP/1.1 200")
    answer_headers, answer_body = _head(rest)
    return ExchangeText(
        method,
        target,
        headers,
        body,
        int(status[0]),
        answer_headers,
        answer_body.strip() or None,
        notes,
    )


def dump(exchange: ExchangeText) -> str:
    """The text of the file, from which `parse` makes the same exchange."""
    lines = [f"# {name}: {value}" for name, value in exchange.notes.items()]
    lines.append(f"{exchange.method} {exchange.target} HTTP/1.1")
    lines += [f"{name}: {value}" for name, value in exchange.headers]
    if exchange.body:
        lines += ["", exchange.body.rstrip("\n")]
    lines += ["=====", f"HTTP/1.1 {exchange.status}"]
    lines += [f"{name}: {value}" for name, value in exchange.answer_headers]
    lines += ["", EMPTY if exchange.answer is None else exchange.answer, ""]
    return "\n".join(lines)


def answer_text(body: bytes) -> str:
    """A response's body as the file holds it: text as it is, any other body in base64."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if not body:
        return EMPTY
    if text != text.strip() or "\r" in text or "\0" in text:
        return "{{encoded " + base64.b64encode(body).decode() + "}}"
    return text


def fill(text: str, insert: Insert, *, crlf: bool = False) -> bytes:
    """The text with the bytes of its placeholders."""
    text = text if crlf else text.rstrip("\n")
    filled = b""
    for piece in _PLACEHOLDER.split(text):
        match = re.fullmatch(r"\{\{(\w+) ([^}]+)\}\}", piece)
        if match is None:
            filled += (piece.replace("\n", "\r\n") if crlf else piece).encode()
        else:
            filled += insert(match[1], match[2])
    return filled


def inserted(kind: str, data: bytes) -> bytes:
    """A picture as `{{bytes}}`, `{{base64}}` or `{{quoted}}` inserts it; KeyError for others."""
    if kind == "bytes":
        return data
    encoded = base64.b64encode(data)
    return {"base64": encoded, "quoted": quote(encoded, safe="").encode()}[kind]


def _cut(text: str) -> tuple[str, bool, str]:
    pieces = re.split(r"^=====\n", text, maxsplit=1, flags=re.MULTILINE)
    return (pieces[0], True, pieces[1]) if len(pieces) == 2 else (text, False, "")


def _head(text: str) -> tuple[Headers, str]:
    head, _, body = text.partition("\n\n")
    pairs = [line.partition(":") for line in head.split("\n") if line.strip()]
    return tuple((name.strip(), value.strip()) for name, _, value in pairs), body
