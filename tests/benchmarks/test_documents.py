"""Drawn tables are the same everywhere, and their cells are counted as they are found."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image as Pillow

from benchmarks.documents.measure import Score, cells_of, matches
from benchmarks.documents.tables import TrueTable, page
from mockocr.documents.tables import Cell, Table


def found(table: TrueTable, change: Callable[[str], str] = str) -> Table:
    """The table as a perfect reader finds it, with its texts changed."""
    inside = table.contents
    cells = [
        Cell(e.row, e.column, table.quad, (), change(e.text), e.row_span, e.column_span)
        for e in inside.entries
    ]
    return Table(table.quad, inside.rows, inside.columns, tuple(cells))


def test_a_page_is_made_from_its_seed_alone() -> None:
    for photo in (False, True):
        assert page(3, photo=photo).data == page(3, photo=photo).data
    size = Pillow.open(io.BytesIO(page(3).data)).size
    assert size[0] > 300


@pytest.mark.slow
def test_every_place_of_a_drawn_grid_is_covered_once() -> None:
    for seed in range(40):
        for table in page(seed).tables:
            inside = table.contents
            places = [
                (row, column)
                for e in inside.entries
                for row in range(e.row, e.row + e.row_span)
                for column in range(e.column, e.column + e.column_span)
            ]
            assert sorted(places) == [
                (row, column) for row in range(inside.rows) for column in range(inside.columns)
            ]


def test_what_was_found_is_counted() -> None:
    drawn = page(3)
    perfect, wrong, none = Score("a"), Score("b"), Score("c")
    perfect.add(3, drawn.tables, [found(table) for table in drawn.tables])
    wrong.add(3, drawn.tables, [found(table, lambda text: "?") for table in drawn.tables])
    none.add(3, drawn.tables, [])
    assert (perfect.exact_f1, perfect.alike_f1, perfect.extra) == (1.0, 1.0, 0)
    assert perfect.grids == perfect.tables == len(drawn.tables)
    assert wrong.exact_f1 < 0.1
    assert none.exact_f1 == 0.0


def test_a_text_with_a_small_mistake_is_nearly_right() -> None:
    wanted = [((0, 0, 1, 1), "coffee")]
    assert matches(wanted, [((0, 0, 1, 1), "c0ffee")]) == (0, 1)
    assert matches(wanted, [((0, 1, 1, 1), "coffee")]) == (0, 0)
    assert len(cells_of(page(3).tables[0])) > 3
