"""Jobs run beside the request, and any process with the same store finds them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mockocr.control.state import jobs as jobs_module
from mockocr.control.state.jobs import JobStore
from mockocr.control.state.store import Store
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.jobs import Job
from tests.control.stores import Run

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
RESULT = bytes(range(256))

Work = Callable[[], Awaitable[bytes]]


async def succeed() -> bytes:
    return RESULT


def fail(error: Exception) -> Work:
    async def work() -> bytes:
        raise error

    return work


async def start(jobs: JobStore, work: Work = succeed, **changes: Any) -> str:
    facts = {"kind": "scan", "result_after": 0 * SECOND, "lifetime": HOUR, **changes}
    return await jobs.start(document={"pages": [1]}, work=work, now=NOW, **facts)


async def finished(jobs: JobStore) -> None:
    """Wait until this process has no work left."""
    await asyncio.gather(*jobs._tasks)


def test_a_job_is_running_until_its_work_is_done(run: Run) -> None:
    async def go(store: Store) -> list[Job | None]:
        jobs, go_on = JobStore(store), asyncio.Event()

        async def work() -> bytes:
            await go_on.wait()
            return RESULT

        id = await start(jobs, work)
        before = await jobs.find("scan", id, NOW)
        go_on.set()
        await finished(jobs)
        return [before, await jobs.find("scan", id, NOW + SECOND)]

    before, after = run(go)
    assert len(before.id) == 32
    assert before == Job(before.id, "scan", "running", NOW, {"pages": [1]}, b"")
    assert after == Job(before.id, "scan", "succeeded", NOW, {"pages": [1]}, RESULT)


def test_another_process_with_the_same_store_finds_a_job(run: Run) -> None:
    async def go(store: Store) -> Job | None:
        jobs = JobStore(store)
        id = await start(jobs)
        await finished(jobs)
        return await JobStore(store).find("scan", id, NOW)

    assert run(go).result == RESULT


def test_a_result_is_shown_only_after_its_delay_on_the_tests_clock(run: Run) -> None:
    async def go(store: Store) -> list[tuple[str, int]]:
        jobs = JobStore(store)
        id = await start(jobs, result_after=5 * SECOND)
        await finished(jobs)
        found = [await jobs.find("scan", id, NOW + n * SECOND) for n in (0, 4, 5)]
        return [(job.state, len(job.result)) for job in found if job is not None]

    assert run(go) == [("running", 0), ("running", 0), ("succeeded", 256)]


@pytest.mark.parametrize(
    "error", [ApiError(ErrorKind.ENGINE_FAILED, "no text"), ZeroDivisionError("on purpose")]
)
def test_a_job_whose_work_raises_has_failed(
    run: Run, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def go(store: Store) -> Job | None:
        jobs = JobStore(store)
        id = await start(jobs, fail(error))
        await finished(jobs)
        return await jobs.find("scan", id, NOW)

    with caplog.at_level(logging.INFO, "mockocr"):
        job = run(go)
    assert (job.state, job.result) == ("failed", b"")
    text = "a job failed: no text" if isinstance(error, ApiError) else "defect in a job"
    assert text in caplog.text


def test_a_job_expires_on_the_given_clock(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        jobs = JobStore(store)
        id = await start(jobs, lifetime=HOUR)
        times = (NOW, NOW + HOUR - SECOND, NOW + HOUR)
        return [await jobs.find("scan", id, at) is not None for at in times]

    assert run(go) == [True, True, False]


def test_an_unknown_job_and_one_of_another_kind_or_account_are_not_found(run: Run) -> None:
    async def go(store: Store) -> list[bool]:
        jobs = JobStore(store)
        id = await start(jobs, account="mine")
        found = [
            await jobs.find("scan", id, NOW, "mine"),
            await jobs.find("scan", id, NOW, "other"),
            await jobs.find("read", id, NOW, "mine"),
            await jobs.find("scan", "0" * 32, NOW, "mine"),
        ]
        return [job is not None for job in found]

    assert run(go) == [True, False, False, False]


def test_a_reset_deletes_jobs_also_while_they_run(run: Run) -> None:
    async def go(store: Store) -> Any:
        jobs, go_on = JobStore(store), asyncio.Event()

        async def work() -> bytes:
            await go_on.wait()
            return RESULT

        id = await start(jobs, work)
        await store.clear()
        go_on.set()
        await finished(jobs)
        return await jobs.find("scan", id, NOW), (await store.log_stats("jobs")).items

    assert run(go) == (None, 0)


def test_the_oldest_jobs_are_evicted_beyond_the_limit(run: Run, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs_module, "MAX_BYTES", 5000)

    async def go(store: Store) -> list[bool]:
        jobs = JobStore(store)
        ids = []
        for _ in range(20):
            ids.append(await start(jobs))
            await finished(jobs)
        found = [await jobs.find("scan", id, NOW) is not None for id in ids]
        assert found == sorted(found)
        return [found[0], found[-1]]

    assert run(go) == [False, True]


def test_closing_stops_the_work(run: Run) -> None:
    async def go(store: Store) -> tuple[int, Any]:
        jobs = JobStore(store)
        id = await start(jobs, asyncio.Event().wait)  # type: ignore[arg-type] # never returns
        await asyncio.sleep(0)
        await jobs.aclose()
        job = await jobs.find("scan", id, NOW)
        return len(jobs._tasks), job and job.state

    assert run(go) == (0, "running")


def test_a_job_can_be_given_its_id_and_be_deleted(run: Run) -> None:
    async def go(store: Store) -> list[object]:
        jobs = JobStore(store)
        seen: list[object] = [await start(jobs, id="mine")]
        await finished(jobs)
        seen.append(await jobs.delete("other", "mine", NOW))
        seen.append(await jobs.delete("scan", "mine", NOW, "another account"))
        seen.append(await jobs.delete("scan", "mine", NOW))
        seen.append(await jobs.find("scan", "mine", NOW))
        return [*seen, await jobs.delete("scan", "mine", NOW)]

    assert run(go) == ["mine", False, False, True, None, False]
