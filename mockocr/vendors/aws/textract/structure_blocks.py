"""The blocks of AnalyzeDocument after the words: tables, forms, queries and layout.

Their order and keys are those of real answers (test data of amazon-textract-textractor): each table
with its cells, merged cells and title, then key-value sets, queries, layout.
"""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.documents.layout import find_blocks
from mockocr.documents.pairs import Pair, find_pairs
from mockocr.documents.tables import Table, find_tables
from mockocr.vendors.aws.textract.analysis import (
    FORMS,
    LAYOUT,
    QUERIES,
    TABLES,
    Analysis,
)
from mockocr.vendors.aws.textract.blocks import Ids, PageBlocks, page_blocks
from mockocr.vendors.aws.textract.document import ReadPage
from mockocr.vendors.aws.textract.form_blocks import form_blocks
from mockocr.vendors.aws.textract.layout_blocks import layout_blocks
from mockocr.vendors.aws.textract.query_blocks import query_blocks
from mockocr.vendors.aws.textract.table_blocks import table_blocks


def analysed_page(page: ReadPage, ids: Ids, analysis: Analysis) -> PageBlocks:
    """The blocks of a page with those of every feature. Signatures are not recognised, so there are
    no SIGNATURE blocks.
    """
    tables: Sequence[Table] = find_tables(page.recognition)
    pairs: Sequence[Pair] = find_pairs(page.recognition, tables)
    blocks = page_blocks(page, ids, [cell.words for table in tables for cell in table.cells])
    if analysis.has(TABLES):
        for table in tables:
            table_blocks(blocks, ids, table)
    if analysis.has(FORMS):
        for pair in pairs:
            form_blocks(blocks, ids, pair)
    if analysis.has(QUERIES):
        for query in analysis.queries:
            if query.is_for(page.number):
                query_blocks(blocks, ids, query, pairs)
    if analysis.has(LAYOUT):
        size = page.width, page.height
        layout_blocks(blocks, ids, find_blocks(page.recognition, size, tables, pairs))
    return blocks
