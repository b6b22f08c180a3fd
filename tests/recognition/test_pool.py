"""The pool is bounded, says so, and lets nothing hang."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.recognition.worker_pool import (
    AbandonedError,
    Pool,
    count_child,
    is_spent,
    stop_if_abandoned,
)


def problem_of(error: pytest.ExceptionInfo[ApiError]) -> object:
    return error.value.reason


def test_a_reading_runs_beside_the_event_loop() -> None:
    async def main() -> tuple[str, str]:
        pool = Pool(1)
        name = await pool.run(lambda: threading.current_thread().name)
        pool.close()
        return name, threading.current_thread().name

    worker, loop = asyncio.run(main())
    assert worker != loop


def test_at_most_as_many_run_at_once_as_there_are_workers() -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def read() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    async def main() -> None:
        pool = Pool(2)
        await asyncio.gather(*(pool.run(read) for _ in range(10)))
        assert pool.busy == 0
        pool.close()

    asyncio.run(main())
    assert most == 2


def test_past_the_bound_a_reading_is_refused_as_busy_and_there_is_room_again_later() -> None:
    async def main() -> None:
        pool = Pool(1, waiting=1)
        go = threading.Event()
        kept = [asyncio.create_task(pool.run(go.wait)) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(ApiError) as refused:
            await pool.run(go.wait)
        assert problem_of(refused) is ErrorKind.BUSY
        go.set()
        assert await asyncio.gather(*kept) == [True, True]
        assert await pool.run(lambda: 7) == 7
        pool.close()

    asyncio.run(main())


def test_a_reading_that_takes_too_long_is_refused_and_keeps_its_slot_until_it_ends() -> None:
    async def main() -> None:
        pool = Pool(1, waiting=0, seconds=0.02)
        go = threading.Event()
        with pytest.raises(ApiError) as refused:
            await pool.run(go.wait)
        assert problem_of(refused) is ErrorKind.ENGINE_FAILED
        with pytest.raises(ApiError) as refused:
            await pool.run(go.wait)
        assert problem_of(refused) is ErrorKind.BUSY
        go.set()
        pool.close()
        assert pool.busy == 0

    asyncio.run(main())


@pytest.mark.parametrize("leaves", ["is cancelled", "runs out of time"])
def test_an_abandoned_reading_stops_at_its_next_step(leaves: str) -> None:
    stopped = threading.Event()

    def read() -> None:
        try:
            while True:
                stop_if_abandoned()
                time.sleep(0.001)
        except AbandonedError:
            stopped.set()
            raise

    async def main() -> None:
        pool = Pool(1, seconds=0.05 if leaves == "runs out of time" else 30)
        caller = asyncio.create_task(pool.run(read))
        await asyncio.sleep(0.01)
        if leaves == "is cancelled":
            caller.cancel()
        await asyncio.wait([caller])
        assert await asyncio.to_thread(stopped.wait, 10)
        assert await pool.run(lambda: 7) == 7
        pool.close()

    asyncio.run(main())


def test_a_reading_outside_of_a_pool_is_never_abandoned() -> None:
    stop_if_abandoned()


def test_a_caller_that_goes_away_takes_its_waiting_reading_along() -> None:
    read: list[str] = []

    async def main() -> None:
        pool = Pool(1, waiting=5)
        go = threading.Event()
        first = asyncio.create_task(pool.run(go.wait))
        second = asyncio.create_task(pool.run(lambda: read.append("second")))
        await asyncio.sleep(0.01)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert pool.busy == 1
        go.set()
        await first
        await pool.run(lambda: read.append("third"))
        pool.close()

    asyncio.run(main())
    assert read == ["third"]


def test_a_defect_of_the_engine_is_a_refusal_that_names_it() -> None:
    def read() -> None:
        raise ValueError("no such thing")

    async def main() -> None:
        pool = Pool(1)
        with pytest.raises(ApiError) as refused:
            await pool.run(read)
        assert problem_of(refused) is ErrorKind.ENGINE_FAILED
        assert "ValueError: no such thing" in refused.value.detail
        pool.close()

    asyncio.run(main())


def test_a_refusal_of_the_engine_stays_what_it_is() -> None:
    def read() -> None:
        raise ApiError(ErrorKind.BAD_IMAGE, "odd")

    async def main() -> None:
        pool = Pool(1)
        with pytest.raises(ApiError) as refused:
            await pool.run(read)
        assert problem_of(refused) is ErrorKind.BAD_IMAGE
        pool.close()

    asyncio.run(main())


def test_a_closed_pool_refuses() -> None:
    async def main() -> None:
        pool = Pool(1)
        pool.close()
        with pytest.raises(ApiError) as refused:
            await pool.run(lambda: 1)
        assert problem_of(refused) is ErrorKind.ENGINE_FAILED

    asyncio.run(main())


def test_a_reading_is_spent_after_its_own_seconds_of_processor_and_those_of_its_children(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def read() -> list[bool]:
        spent = [is_spent()]
        count_child(2.5)
        spent.append(is_spent())
        count_child(0.5)
        return [*spent, is_spent()]

    async def main() -> tuple[list[bool], list[bool]]:
        pool = Pool(1, processor=3.0)
        try:
            return await pool.run(read), await pool.run(read)
        finally:
            pool.close()

    first, second = asyncio.run(main())
    assert first == second == [False, False, True]
    assert (
        caplog.messages
        == ["a picture needs more than 3 s of processor: a part of it is not read"] * 2
    )


def test_work_of_the_reading_itself_counts_and_waiting_does_not() -> None:
    def read() -> tuple[bool, bool]:
        time.sleep(0.1)
        waited = is_spent()
        until = time.thread_time() + 0.1
        while time.thread_time() < until:
            pass
        return waited, is_spent()

    async def main() -> tuple[bool, bool]:
        pool = Pool(1, processor=0.08)
        try:
            return await pool.run(read)
        finally:
            pool.close()

    assert asyncio.run(main()) == (False, True)


def test_outside_of_a_pool_no_reading_is_spent() -> None:
    count_child(1000.0)
    assert not is_spent()
