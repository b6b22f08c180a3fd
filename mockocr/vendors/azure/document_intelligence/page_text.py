"""What was found on a page: paragraphs and tables in reading order."""

from __future__ import annotations

import msgspec

from mockocr.core.recognition import Quad
from mockocr.documents.pairs import Pair
from mockocr.vendors.azure.words import TextLine

TITLE, HEADING = "title", "sectionHeading"
HEADER, FOOTER, NUMBER = "pageHeader", "pageFooter", "pageNumber"


class Paragraph(msgspec.Struct, frozen=True):
    """Lines that belong together. `role` is one of Azure's, empty for plain text."""

    lines: tuple[TextLine, ...]
    role: str = ""

    @property
    def text(self) -> str:
        """The lines on one line."""
        return " ".join(line.text for line in self.lines)


class Cell(msgspec.Struct, frozen=True):
    """One cell; rows and columns count from 0. `kind` is Azure's, empty for content."""

    row: int
    column: int
    lines: tuple[TextLine, ...]
    quad: Quad
    row_span: int = 1
    column_span: int = 1
    kind: str = ""

    @property
    def text(self) -> str:
        """The lines on one line."""
        return " ".join(line.text for line in self.lines)


class Table(msgspec.Struct, frozen=True):
    """A table; the cells are in the order of rows, then columns."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    quad: Quad


class Page(msgspec.Struct, frozen=True):
    """One page. `dpi` is 0 for a picture, whose sizes are in pixels; those of a document are in
    inches.
    """

    number: int
    width: int
    height: int
    angle: float
    dpi: float
    blocks: tuple[Paragraph | Table, ...]
    pairs: tuple[Pair, ...] = ()


def around(quads: tuple[Quad, ...]) -> Quad:
    """One quad as it is, or the upright rectangle around several."""
    if len(quads) == 1:
        return quads[0]
    extents = [quad.extent for quad in quads]
    return Quad.upright(
        min(e[0] for e in extents),
        min(e[1] for e in extents),
        max(e[2] for e in extents),
        max(e[3] for e in extents),
    )
