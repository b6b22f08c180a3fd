"""The jobs of analyses: how long they live, and how one is found for a request."""

from __future__ import annotations

from datetime import timedelta

from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.jobs import Job
from mockocr.vendors.azure.document_intelligence.analysis import Analysis, find_model
from mockocr.vendors.azure.document_intelligence.errors import OPERATION_NOT_FOUND
from mockocr.vendors.azure.document_intelligence.versions import api_version

KIND = "azure.analyze_document"
PDF_KIND = "azure.analyze_document_pdf"
LIFETIME = timedelta(hours=24)
"""doc: Get Analyze Result."""
WAIT = timedelta(seconds=5)
"""How long a request waits for the text, so that the first poll finds the result."""


def result_path(analysis: Analysis, id: str) -> str:
    """The path of a result, in the version of the API that the request used."""
    return f"/{analysis.surface}/documentModels/{analysis.model.name}/analyzeResults/{id}"


async def find_job(request: Request, context: Context, kind: str = KIND) -> Job:
    """The job that the path names; `ApiError` if it is unknown, expired, or of another model."""
    api_version(request)
    model, id = find_model(request), request.params["id"].lower()
    job = await context.find_job(kind, id)
    if job is None or job.document["model"] != model.name:
        detail = f"no analysis {id[:60]!r} by {model.name} was started in the last 24 hours"
        raise ApiError(OPERATION_NOT_FOUND, detail)
    return job
