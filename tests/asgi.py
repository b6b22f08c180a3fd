"""Calls an ASGI app with exactly the bytes given: raw target, raw headers, raw body."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    app: Any,
    method: str,
    target: str,
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
) -> Answer:
    """One request, answered. A body gets its Content-Length, a control request its Content-Type."""
    return run(ask_async(app, method, target, headers, body))


def run(steps: Coroutine[Any, Any, T]) -> T:
    """What `asyncio.run` returns: tasks that are left are cancelled too.

    The main thread keeps its loop, because making and closing one takes longer than a request.
    """
    if threading.current_thread() is not threading.main_thread():
        return asyncio.run(steps)
    loop = _kept_loop()
    try:
        return loop.run_until_complete(steps)
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))


@cache
def _kept_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop


# the threads of a loop are not there in a fork, as the mutation tool makes for each change
os.register_at_fork(after_in_child=_kept_loop.cache_clear)


async def ask_async(
    app: Any,
    method: str,
    target: str,
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
) -> Answer:
    path, _, query = target.partition("?")
    raw = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
    names = {k for k, _ in raw}
    if body and path.startswith("/_mockocr/") and b"content-type" not in names:
        raw.append((b"content-type", b"application/json"))
    if body and b"content-length" not in names:
        raw.append((b"content-length", str(len(body)).encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": raw,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8080),
    }
    incoming = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(m for m in sent if m["type"] == "http.response.start")
    content = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    pairs = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in start["headers"])
    return Answer(start["status"], pairs, content)
