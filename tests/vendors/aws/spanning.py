"""Blocks of a small table whose first row is one cell over two columns."""

from __future__ import annotations

import random
from typing import Any

from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.documents.tables import Cell, Table
from mockocr.vendors.aws.textract.blocks import Ids, page_blocks
from mockocr.vendors.aws.textract.document import ReadPage
from mockocr.vendors.aws.textract.table_blocks import table_blocks


def spanning_blocks() -> list[dict[str, Any]]:
    """The blocks: `left right` above `a` and `b`."""
    lines = (
        line_of_text("left right", Quad.upright(10, 10, 190, 40)),
        line_of_text("a", Quad.upright(10, 60, 30, 90)),
        line_of_text("b", Quad.upright(110, 60, 130, 90)),
    )
    cells = (
        Cell(0, 0, Quad.upright(0, 0, 200, 50), lines[0].words, "left right", 1, 2),
        Cell(1, 0, Quad.upright(0, 50, 100, 100), lines[1].words, "a"),
        Cell(1, 1, Quad.upright(100, 50, 200, 100), lines[2].words, "b"),
    )
    table = Table(Quad.upright(0, 0, 200, 100), 2, 2, cells, is_ruled=True)
    ids = Ids(random.Random(1))
    blocks = page_blocks(ReadPage(1, 200, 100, Recognition(lines)), ids)
    table_blocks(blocks, ids, table)
    return blocks.render()
