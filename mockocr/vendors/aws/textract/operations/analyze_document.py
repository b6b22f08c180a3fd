"""AnalyzeDocument: tables, forms, queries and layout of one page."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.vendors.aws.protocol import members, respond
from mockocr.vendors.aws.structure import Structure
from mockocr.vendors.aws.textract.analysis import MAX_QUERIES, parse_analysis
from mockocr.vendors.aws.textract.blocks import Ids
from mockocr.vendors.aws.textract.document import SYNCHRONOUS, fetch, parse_document, read_one_page
from mockocr.vendors.aws.textract.names import operation, page_price
from mockocr.vendors.aws.textract.structure_blocks import analysed_page

MODEL_VERSION = "1.0"


async def run(request: Request, principal: Principal, context: Context) -> Response:
    values = Structure(members(request))
    document = parse_document(values.structure("Document"))
    analysis = parse_analysis(values, MAX_QUERIES["synchronous"])
    source = await fetch(request, principal, context, document, SYNCHRONOUS)
    page = await read_one_page(context, source)
    answer = {
        "DocumentMetadata": {"Pages": 1},
        "Blocks": analysed_page(page, Ids(request.random()), analysis).render(),
        "AnalyzeDocumentModelVersion": MODEL_VERSION,
    }
    return respond(request, answer).replaced(unit_price=analysis.page_price)


OPERATION = operation("analyze_document", "AnalyzeDocument", run, price=page_price(0.065))
"""The price of TABLES with FORMS stands for all; the bill has that of each request."""
