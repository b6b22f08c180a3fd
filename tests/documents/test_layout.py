"""A page is divided into blocks with roles."""

from __future__ import annotations

from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.documents.layout import Role, find_blocks
from tests.documents.test_tables import PRICES, line

SIZE = 800, 1000


def test_every_line_is_in_one_block_with_a_role() -> None:
    title = line_of_text("Monthly report", Quad.upright(200, 120, 600, 165))
    prose = [line("words of a paragraph that goes on.", 10, 200 + 25 * i) for i in range(3)]
    table = [line_of_text(each.text, each.quad.moved(0, 400), each.confidence) for each in PRICES]
    lines = (
        line("Example Company", 10, 10),
        title,
        *prose,
        *table,
        line("printed on paper", 10, 940),
        line("Page 1 of 2", 600, 970),
    )
    blocks = find_blocks(Recognition(lines), SIZE)
    assert [(block.role, len(block.lines)) for block in blocks] == [
        (Role.HEADER, 1),
        (Role.TITLE, 1),
        (Role.TEXT, 3),
        (Role.TABLE, 9),
        (Role.FOOTER, 1),
        (Role.PAGE_NUMBER, 1),
    ]
    assert blocks[3].table == 0
    assert blocks[2].text.count("\n") == 2


def test_lists_and_pairs_are_told_from_text() -> None:
    items = [line(f"{i + 1}. an item", 10, 300 + 30 * i) for i in range(3)]
    pairs = [line(f"{key}: value", 10, 500 + 30 * i) for i, key in enumerate(("Name", "City"))]
    blocks = find_blocks(Recognition((*items, *pairs)), SIZE)
    assert [block.role for block in blocks] == [Role.LIST, Role.KEY_VALUE]


def test_an_empty_page_has_no_blocks() -> None:
    assert find_blocks(Recognition(), SIZE) == ()
