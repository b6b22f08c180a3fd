"""Plays the real vendor: a mockocr on TLS whose responses differ on purpose from those of mockocr.

python examples/record/vendor.py FOLDER: prints its URL; FOLDER/vendor.pem is its CA.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockocr.app import build
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.recognition.engines.scripted import Scripted
from mockocr.serving import server
from mockocr.serving.header_name import header_name
from mockocr.serving.tls import setup
from mockocr.vendors import discover

READING = Recognition(
    (
        line_of_text("Invoice 2026", Quad.upright(20, 30, 300, 70), 0.98),
        line_of_text("Total 1280.50", Quad.upright(20, 120, 300, 160), 0.91),
    )
)


def changed(value: dict[str, Any]) -> dict[str, Any]:
    """The four differences that `mockocr diff` must find."""
    response = value.get("Response", {})
    if "Error" in response:
        response["Error"]["Message"] = "The signature is wrong, says the vendor."
    elif "TextDetections" in response:
        response["NewKey"] = "mockocr does not know this key"
        response["Angel"] = "0"
    if "result" in value:
        blocks = value["result"].pop("words_block_list")
        value["result"] = {"words_block_list": blocks, **value["result"]}
    return value


class Different:
    """Changes the JSON of each response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            with contextlib.suppress(ValueError):
                value = changed(json.loads(body))
                body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
            kept = [(k, v) for k, v in start["headers"] if k != header_name(b"Content-Length")]
            kept.append((b"Content-Length", str(len(body)).encode()))
            await send({**start, "headers": kept})
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, collect)


def main() -> None:
    """Serve until a signal."""
    folder = Path(sys.argv[1])
    vendors = discover()
    authority = setup.ephemeral_ca(vendors)
    mock = build(engine=Scripted(READING), vendors=vendors)
    plain, tls = server.bind("127.0.0.1", 0), server.bind("127.0.0.1", 0)
    (folder / "vendor.pem").write_bytes(authority.pem)

    def ready() -> None:
        sys.stdout.write(f"{server.address(tls, 'https')}\n")
        sys.stdout.flush()

    listeners = setup.listeners(mock, authority, tls)
    server.Server(server.config(Different(mock.asgi)), ready, listeners).run(sockets=[plain])


if __name__ == "__main__":
    main()
