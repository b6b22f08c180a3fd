"""A labelled corpus, drawn by the project itself, and how well an engine reads it.

`python -m benchmarks.corpus` prints the table.
"""

from __future__ import annotations

from benchmarks.corpus.cases import HALVES, PARTS, Case, case, cases, half
from benchmarks.corpus.measure import Score, accuracy_table, measure

__all__ = [
    "HALVES",
    "PARTS",
    "Case",
    "Score",
    "accuracy_table",
    "case",
    "cases",
    "half",
    "measure",
]
