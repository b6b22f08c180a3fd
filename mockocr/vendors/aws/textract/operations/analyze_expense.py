"""AnalyzeExpense: the fields and line items of an invoice or receipt of one page."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.vendors.aws.protocol import members, respond
from mockocr.vendors.aws.structure import Structure
from mockocr.vendors.aws.textract.blocks import Ids
from mockocr.vendors.aws.textract.document import SYNCHRONOUS, fetch, parse_document, read_one_page
from mockocr.vendors.aws.textract.expense import expense_document
from mockocr.vendors.aws.textract.names import operation, page_price


async def run(request: Request, principal: Principal, context: Context) -> Response:
    document = parse_document(Structure(members(request)).structure("Document"))
    source = await fetch(request, principal, context, document, SYNCHRONOUS)
    page = await read_one_page(context, source)
    expense = expense_document(page, Ids(request.random()), 1)
    return respond(request, {"DocumentMetadata": {"Pages": 1}, "ExpenseDocuments": [expense]})


OPERATION = operation("analyze_expense", "AnalyzeExpense", run, price=page_price(0.01))
