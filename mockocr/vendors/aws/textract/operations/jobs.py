"""The operations that start jobs and show their results."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.vendors.aws.protocol import members, respond
from mockocr.vendors.aws.structure import Structure
from mockocr.vendors.aws.textract.job_kinds import (
    DOCUMENT_ANALYSIS,
    EXPENSE_ANALYSIS,
    LENDING_ANALYSIS,
    TEXT_DETECTION,
)
from mockocr.vendors.aws.textract.jobs import (
    MODEL_VERSION,
    envelope,
    find_job,
    get,
    result_of,
    start,
)
from mockocr.vendors.aws.textract.lending import lending_summary
from mockocr.vendors.aws.textract.names import operation, page_price


async def _summary(request: Request, principal: Principal, context: Context) -> Response:
    job = await find_job(Structure(members(request)), context, LENDING_ANALYSIS)
    version = {LENDING_ANALYSIS.version: MODEL_VERSION}
    if job.state == "running":
        return respond(request, {"JobStatus": "IN_PROGRESS", **version})
    outcome = result_of(job)
    found = {"Summary": lending_summary(outcome["items"])} if outcome["items"] else {}
    return respond(request, envelope(LENDING_ANALYSIS, outcome, found))


OPERATIONS = (
    operation(
        "start_document_text_detection",
        "StartDocumentTextDetection",
        start(TEXT_DETECTION),
        price=page_price(0.0015),
    ),
    operation(
        "get_document_text_detection", "GetDocumentTextDetection", get(TEXT_DETECTION), free=True
    ),
    operation(
        "start_document_analysis",
        "StartDocumentAnalysis",
        start(DOCUMENT_ANALYSIS),
        price=page_price(0.065),
    ),
    operation("get_document_analysis", "GetDocumentAnalysis", get(DOCUMENT_ANALYSIS), free=True),
    operation(
        "start_expense_analysis",
        "StartExpenseAnalysis",
        start(EXPENSE_ANALYSIS),
        price=page_price(0.01),
    ),
    operation("get_expense_analysis", "GetExpenseAnalysis", get(EXPENSE_ANALYSIS), free=True),
    operation(
        "start_lending_analysis",
        "StartLendingAnalysis",
        start(LENDING_ANALYSIS),
        price=page_price(0.07),
    ),
    operation("get_lending_analysis", "GetLendingAnalysis", get(LENDING_ANALYSIS), free=True),
    operation("get_lending_analysis_summary", "GetLendingAnalysisSummary", _summary, free=True),
)
