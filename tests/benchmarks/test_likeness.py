"""Edit distance, overlap and rankings on values worked out by hand."""

from __future__ import annotations

import math

import pytest

from benchmarks.corpus.metrics import (
    comparable,
    distance,
    overlap,
    rank_correlation,
    separation,
)
from mockocr.core.recognition import Point, Quad


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("发票", "发栗", 1), ("kitten", "sitting", 3)],
)
def test_the_distance_is_that_of_levenshtein(a: str, b: str, edits: int) -> None:
    assert distance(a, b) == distance(b, a) == edits


def test_wide_and_narrow_punctuation_compare_equal() -> None:
    assert comparable("合计：１２，３。") == comparable("合计:12,3.")
    assert comparable("发 票") != comparable("发票")


def test_the_overlap_of_boxes() -> None:
    box = Quad.upright(0, 0, 10, 10)
    assert overlap(box, box) == pytest.approx(1)
    assert overlap(box, Quad.upright(5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert overlap(box, Quad.upright(20, 0, 30, 10)) == 0


@pytest.mark.parametrize("angle", [0, 30, 90, 135, 180, 250])
def test_the_overlap_holds_at_any_angle(angle: float) -> None:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def turned(quad: Quad) -> Quad:
        return Quad(*(Point(p.x * cos - p.y * sin, p.x * sin + p.y * cos) for p in quad))

    a, b = turned(Quad.upright(0, 0, 100, 20)), turned(Quad.upright(25, 5, 125, 25))
    assert overlap(a, b) == pytest.approx(75 * 15 / (2 * 2000 - 75 * 15))


def test_a_diamond_in_a_square_covers_half_of_it() -> None:
    diamond = Quad(Point(5, 0), Point(10, 5), Point(5, 10), Point(0, 5))
    assert overlap(Quad.upright(0, 0, 10, 10), diamond) == pytest.approx(0.5)


def test_ranks_agree_disagree_and_tie() -> None:
    assert rank_correlation([1, 2, 3], [10, 20, 900]) == pytest.approx(1)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert rank_correlation([1, 2, 3], [5, 5, 5]) == 0
    assert rank_correlation([1, 2, 3, 4], [0, 0, 1, 1]) == pytest.approx(0.8944, abs=1e-4)


def test_separation_counts_the_pairs_in_order() -> None:
    assert separation([0.9, 0.8], [0.5]) == 1
    assert separation([0.5], [0.9, 0.8]) == 0
    assert separation([0.7, 0.9], [0.8]) == 0.5
    assert separation([0.7], [0.7]) == 0.5
    assert separation([], [0.7]) == 1
