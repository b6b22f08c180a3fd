"""Rows and cells of a page as text: drawn tables, and lines that stand level."""

from __future__ import annotations

from mockocr.core.recognition import Line, Quad, Recognition, line_of_text
from mockocr.vendors.ocr_space.api.table_text import table_text


def line(text: str, left: float, top: float) -> Line:
    return line_of_text(text, Quad.upright(left, top, left + 12 * len(text), top + 20), 0.9)


def test_cells_of_a_table_are_closed_by_tabs_and_its_title_is_a_row() -> None:
    grid = [
        line(text, 20 + 200 * column, 100 + 40 * row)
        for row, texts in enumerate((("Item", "Count", "Price"), ("Tea", "2", "3.50")))
        for column, text in enumerate(texts)
    ]
    more = [line("Bread", 20, 180), line("1", 220, 180), line("2.20", 420, 180)]
    page = Recognition((line("Receipt", 20, 20), *grid, *more))
    assert table_text(page, "\r\n") == (
        "Receipt\t\r\nItem\tCount\tPrice\t\r\nTea\t2\t3.50\t\r\nBread\t1\t2.20\t\r\n"
    )


def test_level_lines_are_one_row_from_the_left() -> None:
    page = Recognition((line("right", 300, 12), line("left", 10, 10), line("below", 10, 60)))
    assert table_text(page, "\n") == "left\tright\t\nbelow\t\n"


def test_a_page_without_text_has_no_rows() -> None:
    assert table_text(Recognition(), "\n") == ""
