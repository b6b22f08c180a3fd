"""The kinds of jobs: what each finds in a page, and under which names its answer has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from mockocr.vendors.aws.structure import Structure
from mockocr.vendors.aws.textract.analysis import MAX_QUERIES, Analysis, parse_analysis
from mockocr.vendors.aws.textract.blocks import Ids, Json, page_blocks
from mockocr.vendors.aws.textract.document import ReadPage
from mockocr.vendors.aws.textract.expense import expense_document
from mockocr.vendors.aws.textract.lending import lending_result
from mockocr.vendors.aws.textract.structure_blocks import analysed_page


class JobKind(msgspec.Struct, frozen=True):
    """One kind of job.

    `api` is the name of the operation that starts it. `items` names the list in the answer that is
    paged by `page_size` at most, and `version` the member with the model's version. `prepare` reads
    what the request asks for beyond its location; `find` makes the items out of the pages. A page
    costs `price` US dollars, or what the analysis costs.
    """

    name: str
    api: str
    items: str
    version: str
    page_size: int
    prepare: Callable[[Structure], Analysis]
    find: Callable[[Sequence[ReadPage], Ids, Analysis], list[Json]]
    price: float = 0.0

    def page_price(self, analysis: Analysis) -> float:
        """US dollars a page."""
        return self.price or analysis.page_price


def _nothing(members: Structure) -> Analysis:
    return Analysis(())


def _features(members: Structure) -> Analysis:
    return parse_analysis(members, MAX_QUERIES["job"])


def _text(pages: Sequence[ReadPage], ids: Ids, analysis: Analysis) -> list[Json]:
    return [block for page in pages for block in page_blocks(page, ids).render(numbered=True)]


def _analysis(pages: Sequence[ReadPage], ids: Ids, analysis: Analysis) -> list[Json]:
    found = (analysed_page(page, ids, analysis) for page in pages)
    return [block for blocks in found for block in blocks.render(numbered=True)]


def _expenses(pages: Sequence[ReadPage], ids: Ids, analysis: Analysis) -> list[Json]:
    return [
        expense_document(page, ids, index, numbered=True)
        for index, page in enumerate(pages, start=1)
    ]


def _lending(pages: Sequence[ReadPage], ids: Ids, analysis: Analysis) -> list[Json]:
    return [lending_result(page) for page in pages]


_BLOCKS = 1000
"""doc: MaxResults of GetDocumentTextDetection."""

TEXT_DETECTION = JobKind(
    "text_detection",
    "StartDocumentTextDetection",
    "Blocks",
    "DetectDocumentTextModelVersion",
    _BLOCKS,
    _nothing,
    _text,
    0.0015,
)
DOCUMENT_ANALYSIS = JobKind(
    "document_analysis",
    "StartDocumentAnalysis",
    "Blocks",
    "AnalyzeDocumentModelVersion",
    _BLOCKS,
    _features,
    _analysis,
)
EXPENSE_ANALYSIS = JobKind(
    "expense_analysis",
    "StartExpenseAnalysis",
    "ExpenseDocuments",
    "AnalyzeExpenseModelVersion",
    20,
    _nothing,
    _expenses,
    0.01,
)
LENDING_ANALYSIS = JobKind(
    "lending_analysis",
    "StartLendingAnalysis",
    "Results",
    "AnalyzeLendingModelVersion",
    30,
    _nothing,
    _lending,
    0.07,
)
