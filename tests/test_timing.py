"""Work that takes linear time is told from work that takes quadratic time."""

from __future__ import annotations

from tests.timing import grows_within


def linear(size: int) -> int:
    return sum(1 for _ in range(100 * size))


def quadratic(size: int) -> int:
    return sum(1 for _ in range(size) for _ in range(size))


def test_linear_work_grows_eight_times_with_eight_times_the_size() -> None:
    assert grows_within(32, linear, 100, 800)
    assert not grows_within(2, linear, 100, 800)


def test_quadratic_work_grows_sixty_four_times() -> None:
    assert not grows_within(32, quadratic, 100, 800)
    assert grows_within(128, quadratic, 100, 800)
