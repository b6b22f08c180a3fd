"""What a service may use beyond its own folder, bound to one request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from mockocr.core.account import Principal
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Inline, Limits, Source
from mockocr.core.jobs import Job
from mockocr.core.recognition import Recognition


class Context(Protocol):
    """Accounts, pictures, nonces, tokens and jobs. Every time is on the test clock.

    Each method raises `ApiError(UNAVAILABLE)` if the shared store does not answer.
    """

    async def find_credential(self, field: str, value: str) -> Principal | None:
        """The principal at this vendor whose credential has `value` in `field`, or None."""
        ...

    async def fetch(self, source: Source, limits: Limits) -> Inline:
        """The file of a picture, downloaded if it is remote, for an operation that loads several
        pages of it; `ApiError` of a download or if the file is too large.
        """
        ...

    async def load(self, source: Source, limits: Limits) -> Image:
        """The decoded picture; `ApiError` of a picture kind if it breaks the limits."""
        ...

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        """The text in the picture; `ApiError(ENGINE_FAILED | BUSY)` if it cannot be read."""
        ...

    async def searchable_pdf(self, pages: Sequence[tuple[Image, Recognition]]) -> bytes:
        """A PDF document that shows the pictures (with their pixels) over their text, invisible;
        `ApiError(ENGINE_FAILED)` if the extra `pdf` is not installed.
        """
        ...

    async def count_use(self, name: str, maximum: int, window: timedelta) -> bool:
        """Counts one use of `name`; False if it already has `maximum` in this window. Windows
        follow each other from the epoch.
        """
        ...

    async def read_object(self, root: str, name: str, max_bytes: int) -> bytes:
        """A file of object storage: `name` below the folder or the URL `root`.

        `ApiError(DOWNLOAD_FAILED)` if it does not exist, cannot be read or has more bytes.
        """
        ...

    async def write_object(
        self, root: str, name: str, data: bytes, content_type: str, method: str = "POST"
    ) -> None:
        """Write a file below the folder `root`, or send it to the URL by `method`;
        `ApiError(DOWNLOAD_FAILED)` if that fails.
        """
        ...

    async def post(self, url: str, data: bytes, content_type: str) -> None:
        """POST to a server that a setting names; `ApiError(DOWNLOAD_FAILED)` if it refuses."""
        ...

    async def claim_nonce(self, nonce: str, until: datetime) -> bool:
        """True the first time a nonce is claimed before `until`."""
        ...

    async def issue_token(
        self, kind: str, value: Mapping[str, Any], lifetime: timedelta, token: str = ""
    ) -> str:
        """An opaque token for `value`, valid until it expires: `token`, or 40 random hex digits."""
        ...

    async def find_token(self, kind: str, token: str) -> Mapping[str, Any] | None:
        """The value of a token of that kind; None if it is unknown or expired."""
        ...

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
        """Starts `work` beside the request and returns the job's id: `id`, or a random one.

        The job shows its result `result_after` its start at the earliest, and is deleted after
        `lifetime`. `document` is kept with it. `then` runs when the result is visible.
        """
        ...

    async def find_job(self, kind: str, id: str) -> Job | None:
        """The job in its current state; None if it is unknown or expired."""
        ...

    async def delete_job(self, kind: str, id: str) -> bool:
        """Forget a job and its result; False if it is unknown or expired."""
        ...
