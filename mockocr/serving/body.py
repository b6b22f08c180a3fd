"""Reads the body of a request within bounds of size and time, and decodes a large one late, in a
thread: a caller who is not known cannot make the server decode it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.types import Receive

from mockocr.core.errors import ApiError
from mockocr.core.http import BodyDeferredError, Request

STALL_SECONDS = 5.0
"""A body that makes no progress for so long counts as cut off."""


LARGE = 1024 * 1024
"""Larger bodies are decoded in a thread: that takes up to half a second."""
T = TypeVar("T")


async def before_decoding(request: Request, step: Callable[[], Awaitable[T]]) -> T:
    """The result of `step`, which finds out who calls what.

    A large body is decoded only if the step asks for it; then the step is repeated. It changes
    nothing until it has what it needs of the body.
    """
    if len(request.body) > LARGE:
        try:
            with request.deferring_body():
                return await step()
        except BodyDeferredError:
            await decode_large(request)
    return await step()


async def decode_large(request: Request) -> None:
    """Decode the body of a known caller in a thread, if it is large."""
    if len(request.body) > LARGE:
        await asyncio.to_thread(decode_body, request)


def decode_body(request: Request) -> None:
    """Decode the body as what its type says, so that the request has the result and the digest
    cached.
    """
    request.body_sha256()
    decode: Callable[[], object] = request.json
    if request.content_type == "application/x-www-form-urlencoded":
        decode = request.form_fields
    elif request.content_type == "multipart/form-data":
        decode = request.parts
    with contextlib.suppress(ApiError):  # cached too, and raised where the body is used
        decode()


async def read_body(receive: Receive, limit: int, rate: int) -> tuple[bytes, int, bool]:
    """The body up to the limit, how many bytes were received, and whether the body is complete.

    Bytes beyond the limit are read and dropped, so that the client can read its response. A body is
    cut off when nothing came for `STALL_SECONDS`, or when it came at less than `rate` bytes a
    second for so long.
    """
    if _is_received(receive):
        message = await receive()
        body: bytes = message.get("body", b"")
        return (body if len(body) <= limit else b""), len(body), message["type"] == "http.request"
    kept: list[bytes] = []  # joined once: a body of one chunk is not copied at all
    size, more = 0, True
    loop = asyncio.get_running_loop()
    start = moved = loop.time()
    try:
        # one timer, set when the loop has to wait and moved now and then
        async with asyncio.timeout(None) as deadline:
            waiting = loop.call_soon(deadline.reschedule, moved + STALL_SECONDS)
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    break
                chunk, more = message.get("body", b""), message.get("more_body", False)
                size += len(chunk)
                if loop.time() - moved > STALL_SECONDS / 10:
                    moved = loop.time()
                    enough = start + size / rate if rate else moved
                    deadline.reschedule(min(moved, enough) + STALL_SECONDS)
                if size <= limit:
                    kept.append(chunk)
                else:
                    kept.clear()
            waiting.cancel()
    except TimeoutError:
        pass
    return b"".join(kept), size, not more


def _is_received(receive: Receive) -> bool:
    """True if the whole body is here, so that nothing has to be waited for.

    uvicorn's request cycle is the object behind `receive`.
    """
    return not getattr(getattr(receive, "__self__", None), "more_body", True)
