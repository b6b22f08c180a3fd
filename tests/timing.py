"""Compares running times as ratios of CPU time, which hold on a slow or busy machine too."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The least CPU time of several runs of `work` in this thread."""
    best = float("inf")
    for _ in range(rounds):
        start = time.thread_time()
        work()
        best = min(best, time.thread_time() - start)
    return best


def grows_within(bound: float, work: Callable[[Any], object], small: Any, large: Any) -> bool:
    """True if `work` takes less than `bound` times as much CPU time for `large` as for `small`.

    A measurement that is not within the bound is repeated with more rounds: a busy machine may
    disturb it.
    """
    for rounds in (1, 3, 5):
        longer = seconds(lambda: work(large), rounds)
        if longer < bound * seconds(lambda: work(small), 2 * rounds):
            return True
    return False
