"""The `Context` of one exchange: what its service may use, with everything noted in the audit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from mockocr.core.account import Principal
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.exchange import CredentialLookup, Exchange, LoadedImage, Recognize
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.jobs import Job
from mockocr.core.recognition import Recognition
from mockocr.serving import object_storage
from mockocr.serving.disconnection import detached, while_connected

Load = Callable[[Source, Limits], Awaitable[Image]]
POLL_SECONDS = 0.1
"""How often the clock is read while something waits for a time on it."""
RenderPdf = Callable[[Sequence[tuple[Image, Recognition]]], bytes]
Fetch = Callable[[Source, Limits], Awaitable[Inline]]


async def as_it_is(source: Source, limits: Limits) -> Inline:
    """Fetches nothing: for servers whose `load` is replaced and that have no downloader."""
    if isinstance(source, Inline):
        return source
    raise ApiError(ErrorKind.DOWNLOAD_FAILED, "this server downloads nothing")


class Nonces(Protocol):
    async def claim(self, nonce: str, until: datetime, now: datetime) -> bool: ...


class Tokens(Protocol):
    async def issue(
        self,
        kind: str,
        value: Mapping[str, Any],
        lifetime: timedelta,
        now: datetime,
        token: str = "",
    ) -> str: ...

    async def find(self, kind: str, token: str, now: datetime) -> Mapping[str, Any] | None: ...


class Uses(Protocol):
    async def count(self, name: str, maximum: int, window: timedelta, now: datetime) -> bool: ...


class Jobs(Protocol):
    async def start(
        self,
        kind: str,
        document: Mapping[str, Any],
        result_after: timedelta,
        lifetime: timedelta,
        work: Callable[[], Awaitable[bytes]],
        now: datetime,
        account: str,
        id: str,
        then: Callable[[], Awaitable[None]] | None,
    ) -> str: ...

    async def find(self, kind: str, id: str, now: datetime, account: str) -> Job | None: ...

    async def delete(self, kind: str, id: str, now: datetime, account: str) -> bool: ...


class Clock(Protocol):
    async def refresh(self, account: str = "") -> None: ...

    def now(self, account: str = "") -> datetime: ...


class RequestContext:
    """Implements `core.context.Context` for one exchange."""

    def __init__(
        self,
        exchange: Exchange,
        credentials: CredentialLookup,
        *,
        load: Load,
        recognize: Recognize,
        nonces: Nonces,
        tokens: Tokens,
        jobs: Jobs,
        uses: Uses,
        render_pdf: RenderPdf,
        fetch: Fetch = as_it_is,
        clock: Clock | None = None,
    ) -> None:
        self._exchange = exchange
        self._credentials = credentials
        self._load = load
        self._fetch = fetch
        self._recognize = recognize
        self._nonces = nonces
        self._tokens = tokens
        self._jobs = jobs
        self._uses = uses
        self._render_pdf = render_pdf
        self._clock = clock

    async def find_credential(self, field: str, value: str) -> Principal | None:
        return await self._credentials.find(field, value)

    async def fetch(self, source: Source, limits: Limits) -> Inline:
        return await self._fetch(source, limits)

    async def load(self, source: Source, limits: Limits) -> Image:
        audit = self._exchange.audit
        try:
            image = await self._load(source, limits)
        except ApiError as error:
            # an operation with several pictures may skip this one, and nothing else says why
            audit.why = audit.why or error.detail
            raise
        audit.images.append(LoadedImage(image.without_pixels(), source))
        return image

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        recognition = await while_connected(lambda: self._recognize(image, options))
        if self._exchange.alter is not None:
            recognition = self._exchange.alter(recognition)
        self._exchange.audit.recognitions.append((image.digest, recognition))
        return recognition

    async def searchable_pdf(self, pages: Sequence[tuple[Image, Recognition]]) -> bytes:
        return await asyncio.to_thread(self._render_pdf, pages)

    async def count_use(self, name: str, maximum: int, window: timedelta) -> bool:
        exchange = self._exchange
        full = f"{exchange.service.namespace}/{name}"
        return await self._uses.count(full, maximum, window, exchange.request.at)

    async def read_object(self, root: str, name: str, max_bytes: int) -> bytes:
        return await object_storage.read(root, name, max_bytes)

    async def write_object(
        self, root: str, name: str, data: bytes, content_type: str, method: str = "POST"
    ) -> None:
        await object_storage.write(root, name, data, content_type, method)

    async def post(self, url: str, data: bytes, content_type: str) -> None:
        await object_storage.post(url, data, content_type)

    async def claim_nonce(self, nonce: str, until: datetime) -> bool:
        return await self._nonces.claim(nonce, until, self._exchange.request.at)

    async def issue_token(
        self, kind: str, value: Mapping[str, Any], lifetime: timedelta, token: str = ""
    ) -> str:
        return await self._tokens.issue(kind, value, lifetime, self._exchange.request.at, token)

    async def find_token(self, kind: str, token: str) -> Mapping[str, Any] | None:
        return await self._tokens.find(kind, token, self._exchange.request.at)

    async def start_job(
        self,
        kind: str,
        document: Mapping[str, Any],
        result_after: timedelta,
        lifetime: timedelta,
        work: Callable[[], Awaitable[bytes]],
        id: str = "",
        then: Callable[[], Awaitable[None]] | None = None,
    ) -> str:
        now, account = self._exchange.request.at, self._exchange.audit.account

        async def when_visible() -> None:
            await self._wait_until(now + result_after)
            if then is not None:
                await then()

        later = when_visible if then is not None else None
        with detached():
            return await self._jobs.start(
                kind, document, result_after, lifetime, work, now, account, id, later
            )

    async def find_job(self, kind: str, id: str) -> Job | None:
        exchange = self._exchange
        return await self._jobs.find(kind, id, exchange.request.at, exchange.audit.account)

    async def delete_job(self, kind: str, id: str) -> bool:
        exchange = self._exchange
        return await self._jobs.delete(kind, id, exchange.request.at, exchange.audit.account)

    async def _wait_until(self, at: datetime) -> None:
        """Return when the account's clock has reached a time; it may stand still or jump. Without
        a clock, return at once.
        """
        account = self._exchange.audit.account
        while self._clock is not None:
            await self._clock.refresh(account)
            if self._clock.now(account) >= at:
                return
            await asyncio.sleep(POLL_SECONDS)
