"""analyze_document_pdf: the searchable PDF document that an analysis with `output=pdf` made."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.azure.document_intelligence.errors import OPERATION_NOT_FOUND
from mockocr.vendors.azure.document_intelligence.jobs import PDF_KIND, find_job
from mockocr.vendors.azure.headers import service_headers
from mockocr.vendors.azure.paths import doubled


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The document; `ApiError` for an unknown analysis, or one without it. guess: one that is still
    running has none either.
    """
    job = await find_job(request, context, PDF_KIND)
    if job.state != "succeeded":
        raise ApiError(OPERATION_NOT_FOUND, f"the document of this analysis is {job.state}")
    headers = (("Content-Type", "application/pdf"), *service_headers(request))
    return Response(200, job.result, headers)


OPERATION = Operation(
    name="analyze_document_pdf",
    methods=("GET",),
    path="/documentintelligence/documentModels/{model}/analyzeResults/{id}/pdf",
    aliases=doubled("/documentintelligence/documentModels/{model}/analyzeResults/{id}/pdf"),
    source="Document Models - Get Analyze Result Pdf, REST reference 2024-11-30",
    run=run,
    free=True,
)
