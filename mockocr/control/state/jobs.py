"""Runs jobs of asynchronous operations in the background, and keeps their results."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from mockocr.control.state.store import LogItem, Store
from mockocr.core.errors import ApiError
from mockocr.core.jobs import Job

log = logging.getLogger("mockocr")

LOG = "jobs"
MAX_BYTES = 64 * 1024 * 1024
"""The oldest jobs are evicted beyond it."""
ENTRY_BYTES = 512
"""What a job takes in a store beside its document and result."""

Work = Callable[[], Awaitable[bytes]]
Then = Callable[[], Awaitable[None]]
State = Literal["running", "succeeded", "failed"]


class JobStore:
    """A job that was started for an account is found for that account only.

    A job runs in the process that got the request; any process with the same store can find it. A
    job whose process stops stays `running` until it expires.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tasks: set[asyncio.Task[None]] = set()
        self._later: set[asyncio.Task[None]] = set()

    async def start(
        self,
        kind: str,
        document: Mapping[str, Any],
        result_after: timedelta,
        lifetime: timedelta,
        work: Work,
        now: datetime,
        account: str = "",
        id: str = "",
        then: Then | None = None,
    ) -> str:
        """Start `work` in the background and return the new job's id: `id`, or 32 random hex
        digits.

        The result is visible `result_after` after `now`, and the job expires `lifetime` after
        `now`, both on the test's clock. The job fails if `work` raises. `then` runs once the result
        is kept.
        """
        id = id or secrets.token_hex(16)
        facts = {
            "account": account,
            "created": now.timestamp(),
            "visible": (now + result_after).timestamp(),
            "expires": (now + lifetime).timestamp(),
            "document": dict(document),
        }
        await self._put(_key(kind, id), {**facts, "state": "running"}, b"")
        task = asyncio.create_task(self._run(_key(kind, id), facts, work, then))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return id

    async def find(self, kind: str, id: str, now: datetime, account: str = "") -> Job | None:
        """The job as it is at `now`; None if unknown, expired, or started by another account."""
        item = await self._store.find_log(LOG, _key(kind, id))
        if item is None:
            return None
        facts = item.summary
        if facts["account"] != account or now.timestamp() >= facts["expires"]:
            return None
        visible = now.timestamp() >= facts["visible"]
        state: State = facts["state"] if visible else "running"
        created = datetime.fromtimestamp(facts["created"], UTC)
        return Job(id, kind, state, created, facts["document"], item.detail if visible else b"")

    async def delete(self, kind: str, id: str, now: datetime, account: str = "") -> bool:
        """Forget the job, finished or not; False if `find` would not find it."""
        if await self.find(kind, id, now, account) is None:
            return False
        return await self._store.delete_log(LOG, _key(kind, id))

    def cancel(self) -> None:
        """Stop all work of this process."""
        for task in self._tasks | self._later:
            task.cancel()

    async def settle(self) -> None:
        """Wait until all work of this process is done."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def aclose(self) -> None:
        """Stop all work of this process, and wait until it has stopped."""
        self.cancel()
        await asyncio.gather(*self._tasks, *self._later, return_exceptions=True)

    async def _run(self, key: str, facts: Mapping[str, Any], work: Work, then: Then | None) -> None:
        result, state = b"", "succeeded"
        try:
            result = await work()
        except ApiError as error:
            log.info("a job failed: %s", error.detail or error)
            state = "failed"
        except Exception:
            log.exception("defect in a job")
            state = "failed"
        try:
            if await self._store.find_log(LOG, key) is not None:  # neither reset nor evicted
                await self._put(key, {**facts, "state": state}, result)
        except ApiError as error:
            log.error("the result of a job is lost: %s", error.detail or error)
            return
        if then is not None:
            task = asyncio.create_task(self._afterwards(then))
            self._later.add(task)
            task.add_done_callback(self._later.discard)

    async def _afterwards(self, then: Then) -> None:
        try:
            await then()
        except ApiError as error:
            log.warning("what follows a job failed: %s", error.detail or error)
        except Exception:
            log.exception("defect in what follows a job")

    async def _put(self, key: str, summary: Mapping[str, Any], result: bytes) -> None:
        size = ENTRY_BYTES + len(json.dumps(summary)) + len(result)
        item = LogItem(key, summary, result, size=size)
        await self._store.append_log(LOG, item, MAX_BYTES)


def _key(kind: str, id: str) -> str:
    return f"{kind}\n{id}"
