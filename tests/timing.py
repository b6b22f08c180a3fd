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


def growth(work: Callable[[Any], object], small: Any, large: Any) -> float:
    """How many times more CPU time `work` takes for `large` than for `small`."""
    return seconds(lambda: work(large)) / seconds(lambda: work(small))
