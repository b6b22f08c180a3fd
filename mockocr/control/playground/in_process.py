"""Sends a request to an ASGI app of this process, as if it had come over a socket."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp

from mockocr.core.http import Request, Response


class ConnectionCutError(Exception):
    """The app broke the connection instead of answering: a fault asks for it."""


async def send(app: ASGIApp, request: Request) -> Response:
    """The response of the app; `ConnectionCutError` if there is none."""
    path, _, query = request.target.partition("?")
    headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in request.headers]
    if request.body and not request.has_header("content-length"):
        headers.append((b"content-length", str(len(request.body)).encode()))
    host, _, port = request.host.partition(":")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": (host, int(port) if port.isdigit() else 80),
    }
    incoming = [{"type": "http.request", "body": request.body, "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        if incoming:
            return incoming.pop()
        return await asyncio.get_running_loop().create_future()  # this client stays

    async def keep(message: Any) -> None:
        sent.append(message)

    try:
        await app(scope, receive, keep)
    except ConnectionResetError as error:
        raise ConnectionCutError("a fault cut the connection") from error
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    pairs = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in start["headers"])
    return Response(start["status"], body, pairs)
