"""delete_analyze_result: forgets an analysis before its 24 hours are over."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.azure.document_intelligence.jobs import KIND, PDF_KIND, find_job
from mockocr.vendors.azure.document_intelligence.versions import V4, surface
from mockocr.vendors.azure.headers import service_headers
from mockocr.vendors.azure.paths import doubled


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """204; `ApiError` for an unknown analysis, and in version 3, which deletes none."""
    if surface(request) != V4:
        raise ApiError(ErrorKind.WRONG_METHOD, "version 3 of the API deletes no results")
    job = await find_job(request, context)
    await context.delete_job(KIND, job.id)
    await context.delete_job(PDF_KIND, job.id)
    return Response(204, b"", service_headers(request))


OPERATION = Operation(
    name="delete_analyze_result",
    methods=("DELETE",),
    path="/documentintelligence/documentModels/{model}/analyzeResults/{id}",
    aliases=doubled(
        "/documentintelligence/documentModels/{model}/analyzeResults/{id}",
        "/formrecognizer/documentModels/{model}/analyzeResults/{id}",
    ),
    source="Document Models - Delete Analyze Result, REST reference 2024-11-30",
    run=run,
    free=True,
)
