"""Runs readings beside the event loop: one per core at once, a bounded number waiting, and stops
those that are abandoned or take too much processor time.
"""

from __future__ import annotations

import asyncio
import logging
import math
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from mockocr.core.errors import ApiError, ErrorKind

T = TypeVar("T")
log = logging.getLogger("mockocr")

PROCESSOR = 9.5
"""Seconds of processor that a reading may take."""


class AbandonedError(Exception):
    """The caller of a reading went away or its time is over; the result is not wanted."""


_current = threading.local()


def stop_if_abandoned() -> None:
    """Raise `AbandonedError` in a reading of a `Pool` that no caller waits for; a reader calls this
    between two lines. Does nothing outside of a pool.
    """
    abandoned: threading.Event | None = getattr(_current, "abandoned", None)
    if abandoned is not None and (abandoned.is_set() or seconds_left() <= 0):
        raise AbandonedError("no caller waits for this reading")


def seconds_left() -> float:
    """How long the caller of this reading still waits; a step that cannot be stopped gets this as
    its limit. Infinite outside of a pool.
    """
    until: float = getattr(_current, "until", math.inf)
    return until - time.monotonic()


def is_spent(step: float = 0.0) -> bool:
    """True if this reading has no processor time left for a step of so many seconds: it begins
    none, and what it has read is the answer. Never true outside of a pool.
    """
    started: float | None = getattr(_current, "started", None)
    if started is None:
        return False
    used = time.thread_time() - started + _current.children
    spent: bool = used + step >= _current.processor
    _current.is_cut = _current.is_cut or spent
    return spent


def count_child(seconds: float) -> None:
    """Add the processor time of a child process to that of this reading."""
    _current.children = getattr(_current, "children", 0.0) + seconds


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


class Pool:
    """`workers` threads (default: one per core) and room for `waiting` more readings.

    A caller waits at most `seconds`, the queue included. A reading that is abandoned stops at its
    next `stop_if_abandoned`, and its slot is free then; no step may take longer than
    `seconds_left`, so no thread is held for more than `seconds`. A reading that has taken
    `processor` seconds of processor ends with what it has read (see `is_spent`), and the log says
    so.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        waiting: int = 256,
        seconds: float = 30.0,
        processor: float = PROCESSOR,
    ) -> None:
        self.workers = workers or cores()
        self._room = self.workers + waiting
        self._seconds = seconds
        self._processor = processor
        self._busy = 0
        self._lock = threading.Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="mockocr-reader")

    @property
    def busy(self) -> int:
        """Readings that run or wait."""
        return self._busy

    @property
    def running(self) -> int:
        """Readings that run, at most one for each worker."""
        return min(self._busy, self.workers)

    @property
    def waiting(self) -> int:
        """Readings that wait for a worker."""
        return self._busy - self.running

    @property
    def waiting_limit(self) -> int:
        """How many readings may wait; the next one is refused."""
        return self._room - self.workers

    async def run(self, read: Callable[[], T]) -> T:
        """The result of `read`, called in a worker; `ApiError(BUSY)` when there is no room,
        `ApiError(ENGINE_FAILED)` when it takes too long or fails.
        """
        abandoned = threading.Event()
        job = self._submit(read, abandoned)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(job), self._seconds)
        except (TimeoutError, AbandonedError) as error:  # the reading may notice first
            detail = f"no reading within {self._seconds:g} s"
            raise ApiError(ErrorKind.ENGINE_FAILED, detail) from error
        except (ApiError, asyncio.CancelledError):
            raise
        except Exception as error:
            detail = f"the engine failed: {type(error).__name__}: {error}"
            raise ApiError(ErrorKind.ENGINE_FAILED, detail) from error
        finally:
            abandoned.set()

    def close(self) -> None:
        """Drop the readings that wait, wait for those that run, and refuse later ones."""
        self._closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _submit(self, read: Callable[[], T], abandoned: threading.Event) -> Future[T]:
        until = time.monotonic() + self._seconds

        def reading() -> T:
            _current.abandoned, _current.until = abandoned, until
            _current.started, _current.children = time.thread_time(), 0.0
            _current.processor, _current.is_cut = self._processor, False
            stop_if_abandoned()
            try:
                found = read()
                if _current.is_cut:
                    log.warning(
                        "a picture needs more than %g s of processor: a part of it is not read",
                        self._processor,
                    )
                return found
            finally:
                _current.abandoned, _current.until, _current.started = None, math.inf, None

        with self._lock:
            if self._closed:
                raise ApiError(ErrorKind.ENGINE_FAILED, "the engine is shut down")
            if self._busy >= self._room:
                raise ApiError(ErrorKind.BUSY, f"{self._busy} readings run or wait already")
            self._busy += 1
        try:
            job = self._threads.submit(reading)
        except BaseException:
            self._done()
            raise
        job.add_done_callback(self._done)
        return job

    def _done(self, job: Future[Any] | None = None) -> None:
        with self._lock:
            self._busy -= 1
