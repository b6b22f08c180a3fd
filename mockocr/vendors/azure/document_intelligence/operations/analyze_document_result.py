"""analyze_document_result: the status of an analysis, and its result."""

from __future__ import annotations

from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.jobs import Job
from mockocr.core.operation import Operation
from mockocr.vendors.azure.document_intelligence.errors import ERRORS, error_object
from mockocr.vendors.azure.document_intelligence.jobs import find_job
from mockocr.vendors.azure.headers import JSON, service_headers
from mockocr.vendors.azure.options import result_delay
from mockocr.vendors.azure.paths import doubled

_FAILED = b'{"error":'


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The status; with it the result of an analysis that succeeded, or the error of one that
    failed. `ApiError` for an unknown analysis.
    """
    job = await find_job(request, context)
    headers = [("Content-Type", JSON), *service_headers(request)]
    if job.state == "running":
        body = dump_json(_head(request, job, "running"))
        return Response(200, body, (*headers, ("Retry-After", "1")))
    result = job.result
    if job.state == "failed":
        entry = ERRORS.entry(ApiError(ErrorKind.INTERNAL))
        result = dump_json({"error": error_object(entry)})
    failed = result.startswith(_FAILED)
    head = dump_json(_head(request, job, "failed" if failed else "succeeded"))
    return Response(200, head[:-1] + b"," + result[1:], tuple(headers))


def _head(request: Request, job: Job, status: str) -> dict[str, Any]:
    """The times have whole seconds; the last change of a finished job is the end of its delay."""
    updated = job.created if status == "running" else job.created + result_delay(request)
    return {
        "status": status,
        "createdDateTime": job.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lastUpdatedDateTime": updated.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


OPERATION = Operation(
    name="analyze_document_result",
    methods=("GET",),
    path="/documentintelligence/documentModels/{model}/analyzeResults/{id}",
    aliases=doubled(
        "/documentintelligence/documentModels/{model}/analyzeResults/{id}",
        "/formrecognizer/documentModels/{model}/analyzeResults/{id}",
    ),
    source="Document Models - Get Analyze Result, REST reference 2024-11-30",
    run=run,
    free=True,
)
