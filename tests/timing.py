"""Compares running times as ratios, which hold on a slow or busy machine too."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The shortest time of several runs of `work`."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def growth(work: Callable[[Any], object], small: Any, large: Any) -> float:
    """How many times longer `work` takes for `large` than for `small`."""
    return seconds(lambda: work(large)) / seconds(lambda: work(small))
