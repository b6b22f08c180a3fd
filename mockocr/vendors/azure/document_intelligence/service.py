"""Document Intelligence as a service."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.azure.document_intelligence import auth
from mockocr.vendors.azure.document_intelligence.analysis import BODY_LIMIT
from mockocr.vendors.azure.document_intelligence.errors import ERRORS, render_error
from mockocr.vendors.azure.document_intelligence.examples import EXAMPLES
from mockocr.vendors.azure.document_intelligence.operations import (
    analyze_document,
    analyze_document_pdf,
    analyze_document_result,
    delete_analyze_result,
    models,
)
from mockocr.vendors.azure.headers import add_headers
from mockocr.vendors.azure.options import DELAY, OPTIONS


def billed(response: Response) -> bool:
    """Every accepted analysis is paid for. guess: the pricing page names pages and no exception."""
    return 200 <= response.status < 300 and not response.code


SERVICE = Service(
    name="document_intelligence",
    namespace="azure",
    title="Azure AI Document Intelligence",
    # the first label is the name of a resource, which has all services: the path decides
    hosts=("{region}.cognitiveservices.azure.com",),
    operations=(
        analyze_document.OPERATION,
        analyze_document_result.OPERATION,
        analyze_document_pdf.OPERATION,
        delete_analyze_result.OPERATION,
        models.LIST,
        models.GET,
        models.INFO,
    ),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=OPTIONS,
    add_headers=add_headers,
    recorded=RecordedFields(
        varying=("x-envoy-upstream-service-time",),
        jobs=("Operation-Location", "{id}"),
        job_delay=DELAY.name,
        headers=("x-envoy-upstream-service-time", "api-supported-versions"),
    ),
)
