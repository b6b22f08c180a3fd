"""The ways to call an operation: how a client puts a picture into a request, and where the text
is in the response. `send`, the demo and the documentation are made from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response, dump_json

BOUNDARY = "mockocr-boundary-7d1e5f0a"


class SampleImage(msgspec.Struct, frozen=True):
    """The picture to send: its bytes and file name, or the URL to download it from."""

    data: bytes = b""
    name: str = "picture.png"
    url: str = ""


def no_credentials(response: Response) -> Mapping[str, str]:
    """For responses that hand out no credentials."""
    return {}


class RequestExample(msgspec.Struct, frozen=True):
    """One way to call an operation.

    `build` makes the request from the picture and the caller's credential fields, before
    `Service.sign`; a header in it may choose one of several ways to sign. `lines` finds the text in
    the JSON of a response, and is None if a response holds none. `extract_credentials` returns
    fields for later requests that the response hands out (a token, the address of a result), by
    name. `summary` says what a correct
    response without lines states, and is empty for a wrong one. `picture` is the sample picture to
    send, `needs` a module without which the request cannot be signed.
    """

    operation: str
    name: str
    build: Callable[[SampleImage, Mapping[str, str]], Request]
    lines: Callable[[Any], Sequence[str]] | None = None
    by_url: bool = False
    extract_credentials: Callable[[Response], Mapping[str, str]] = no_credentials
    summary: Callable[[Any], str] | None = None
    picture: str = "hello.png"
    needs: str = ""


def get(target: str, fields: Sequence[tuple[str, str]]) -> Request:
    """A GET with the fields in its query."""
    query = urlencode(fields)
    return Request("GET", target, f"{target}?{query}" if query else target, query=query)


def post_json(target: str, value: Any, *headers: tuple[str, str]) -> Request:
    """A POST of JSON."""
    return _post(target, "application/json", dump_json(value), headers)


def post_form(target: str, fields: Sequence[tuple[str, str]]) -> Request:
    """A POST of a urlencoded form."""
    kind = "application/x-www-form-urlencoded; charset=UTF-8"
    return _post(target, kind, urlencode(fields).encode())


def post_parts(
    target: str, fields: Sequence[tuple[str, str]], file: str, shown: SampleImage
) -> Request:
    """A POST of a multipart form with the picture in the part called `file`."""
    body = bytearray()
    for name, value in fields:
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        body += value.encode() + b"\r\n"
    disposition = f'form-data; name="{file}"; filename="{shown.name}"'
    body += f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n".encode()
    body += b"Content-Type: application/octet-stream\r\n\r\n" + shown.data
    body += f"\r\n--{BOUNDARY}--\r\n".encode()
    return _post(target, f"multipart/form-data; boundary={BOUNDARY}", bytes(body))


def with_fields(request: Request, fields: Mapping[str, str]) -> Request:
    """The request with text fields added to its body in the body's own format: before the parts of
    a multipart body, into a JSON object, after a urlencoded form. Invalid JSON is left unchanged.
    """
    if request.content_type == "multipart/form-data":
        boundary = request.header("content-type").partition("boundary=")[2].strip('" ')
        parts = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        return request.with_body(parts.encode() + request.body)
    if request.content_type == "application/json":
        try:
            return request.with_body(dump_json({**request.json(), **fields}))
        except ApiError:
            return request
    joint = b"&" if request.body else b""
    return request.with_body(request.body + joint + urlencode(fields).encode())


def _post(
    target: str, content_type: str, body: bytes, headers: Sequence[tuple[str, str]] = ()
) -> Request:
    typed = (("Content-Type", content_type), *headers)
    path, _, query = target.partition("?")
    return Request("POST", path, target, typed, query=query, body=body, size=len(body))
