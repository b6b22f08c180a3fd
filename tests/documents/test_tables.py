"""Tables are found from the places of words and of drawn rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mockocr.core.recognition import (
    Line,
    Point,
    Quad,
    Recognition,
    Segment,
    line_of_text,
)
from mockocr.documents.tables import Table, find_tables

HEIGHT = 20


def line(text: str, left: float, top: float) -> Line:
    """A line of that text: each character is 10 pixels wide, or 20 if it is Chinese."""
    width = sum(10 if c.isascii() else 20 for c in text)
    return line_of_text(text, Quad.upright(left, top, left + width, top + HEIGHT), 0.9)


def level(y: float, left: float, right: float) -> Segment:
    return Segment(Point(left, y), Point(right, y))


def upright(x: float, top: float, bottom: float) -> Segment:
    return Segment(Point(x, top), Point(x, bottom))


def texts(table: Table) -> list[list[str]]:
    """The rows of cells, without the places that a span covers."""
    rows: list[list[str]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def page(*lines: Line, rules: Sequence[Segment] = ()) -> Recognition:
    return Recognition(lines, rules=tuple(rules))


PRICES = (
    line("Item", 10, 10),
    line("Count", 210, 10),
    line("Price", 410, 10),
    line("Tea", 10, 50),
    line("2", 240, 50),
    line("3.50", 420, 50),
    line("Coffee", 10, 90),
    line("10", 230, 90),
    line("27.00", 410, 90),
)


def test_words_that_stand_in_columns_are_a_table() -> None:
    (table,) = find_tables(page(*PRICES))
    assert (table.row_count, table.column_count, table.is_ruled) == (3, 3, False)
    assert texts(table) == [
        ["Item", "Count", "Price"],
        ["Tea", "2", "3.50"],
        ["Coffee", "10", "27.00"],
    ]
    assert [cell.is_header for cell in table.cells] == [True] * 3 + [False] * 6


def test_a_cell_holds_the_words_of_the_recognition() -> None:
    (table,) = find_tables(page(*PRICES))
    assert table.cell(1, 0).words[0] is PRICES[3].words[0]
    assert table.cell(1, 0).confidence == pytest.approx(0.9)


def test_text_without_columns_is_no_table() -> None:
    prose = [line("one line of a paragraph without columns", 10, 10 + 30 * i) for i in range(4)]
    assert find_tables(page(*prose)) == ()
    assert find_tables(Recognition()) == ()


def test_two_columns_of_prose_are_no_table() -> None:
    left = [line("words of the first column of a page", 10, 10 + 30 * i) for i in range(4)]
    right = [line("words of the other column of the page", 500, 10 + 30 * i) for i in range(4)]
    both = [each for pair in zip(left, right, strict=True) for each in pair]
    assert find_tables(page(*both)) == ()


GRID = (
    *(level(y, 0, 600) for y in (0, 40, 80, 120)),
    *(upright(x, 0, 120) for x in (0, 600)),
    upright(200, 40, 120),
    upright(400, 40, 120),
)


def test_rules_that_are_not_drawn_make_a_cell_span() -> None:
    (table,) = find_tables(
        page(line("Stock", 280, 10), line("Tea", 10, 50), line("5", 250, 90), rules=GRID)
    )
    assert (table.row_count, table.column_count, table.is_ruled) == (3, 3, True)
    assert texts(table) == [["Stock"], ["Tea", "", ""], ["", "5", ""]]
    first = table.cells[0]
    assert (first.row_span, first.column_span) == (1, 3)
    assert first.quad.bounds == (0, 0, 600, 40)
    assert table.cell(0, 2) is first


def test_a_word_that_crosses_a_rule_is_cut() -> None:
    (table,) = find_tables(page(line("茶叶三百", 160, 50), line("Stock", 280, 10), rules=GRID))
    assert texts(table)[1] == ["茶叶", "三百", ""]


def test_lines_of_one_drawn_cell_are_joined() -> None:
    rules = (
        *(level(y, 0, 400) for y in (0, 80, 160)),
        *(upright(x, 0, 160) for x in (0, 200, 400)),
    )
    (table,) = find_tables(
        page(
            line("first line", 10, 10),
            line("second line", 10, 45),
            line("12", 300, 30),
            line("other", 10, 110),
            line("7", 300, 110),
            rules=rules,
        )
    )
    assert texts(table) == [["first line\nsecond line", "12"], ["other", "7"]]


@pytest.mark.parametrize("degrees", [-5.0, 5.0, 90.0, 180.0])
def test_a_turned_page_has_the_same_tables(degrees: float) -> None:
    turned = tuple(
        line_of_text(each.text, each.quad.rotated(degrees, Point(300, 60)), 0.9) for each in PRICES
    )
    (table,) = find_tables(page(*turned))
    assert texts(table)[1] == ["Tea", "2", "3.50"]
    assert table.quad.angle == pytest.approx(degrees, abs=0.5)


def test_a_place_outside_of_the_grid_is_refused() -> None:
    (table,) = find_tables(page(*PRICES))
    with pytest.raises(IndexError, match="no row 3, column 0 in 3x3"):
        table.cell(3, 0)


def test_level_rules_divide_rows_whose_cells_have_two_lines() -> None:
    rules = [level(y, 0, 400) for y in (0, 40, 110, 150)]
    (table,) = find_tables(
        page(
            line("Item", 10, 10),
            line("Price", 300, 10),
            line("Green tea", 10, 50),
            line("2.50", 310, 60),
            line("from the hills", 10, 78),
            line("Coffee", 10, 120),
            line("3.00", 310, 120),
            rules=rules,
        )
    )
    assert texts(table) == [
        ["Item", "Price"],
        ["Green tea\nfrom the hills", "2.50"],
        ["Coffee", "3.00"],
    ]


def test_keys_with_values_are_no_table() -> None:
    lines = [line("State:", 10, 10), line("2", 210, 10), line("Local:", 10, 40)]
    assert find_tables(page(*lines, line("3", 210, 40))) == ()


def test_one_frame_around_several_tables_is_taken_apart() -> None:
    rules = (
        *(level(y, 0, 600) for y in (0, 40, 80, 160, 200, 240)),
        *(upright(x, 0, 240) for x in (0, 600)),
        upright(200, 0, 80),
        upright(400, 160, 240),
    )
    note = "a note across all columns which is much too long for the title of a part"
    found = find_tables(
        page(
            *(line("a", 50, 10), line("b", 300, 10), line("c", 50, 50), line("d", 300, 50)),
            line(note[:38], 10, 90),
            line(note[38:], 10, 125),
            *(line("e", 50, 170), line("f", 500, 170), line("g", 50, 210), line("h", 500, 210)),
            rules=rules,
        )
    )
    assert [texts(table) for table in found] == [
        [["a", "b"], ["c", "d"]],
        [["e", "f"], ["g", "h"]],
    ]


def test_a_border_that_was_read_as_a_letter_is_left_out() -> None:
    (table,) = find_tables(
        page(line("Stock", 280, 10), line("|Tea", 195, 50), line("5", 250, 90), rules=GRID)
    )
    assert texts(table)[1] == ["", "Tea", ""]


def test_a_short_line_right_above_a_table_is_its_title() -> None:
    moved = [line(each.text, each.quad.tl.x, each.quad.tl.y + 40) for each in PRICES]
    title, sentence = line("Price list", 180, 15), line("It rains.", 180, 15)
    (titled,) = find_tables(page(title, *moved))
    (plain,) = find_tables(page(sentence, *moved))
    assert titled.title is title
    assert (plain.title, plain.row_count) == (None, 3)


def test_lines_without_any_extent_are_no_table() -> None:
    dot = Quad.upright(5, 5, 5, 5)
    dots = [line_of_text("a b", dot), line_of_text("", dot), line_of_text("c", dot.moved(1e6, 0))]
    rules = (level(5, 5, 5), upright(5, 5, 5))
    assert find_tables(page(*dots, rules=rules)) == ()
