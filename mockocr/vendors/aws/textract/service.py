"""Textract as a service: hosts, operations, and how it authenticates and fails."""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry
from mockocr.core.http import Request, Response
from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.aws.options import ASYNC_DELAY, OPTIONS, S3
from mockocr.vendors.aws.protocol import render_error
from mockocr.vendors.aws.textract.auth import LIFETIME, claimed, sign, verify
from mockocr.vendors.aws.textract.errors import ERRORS
from mockocr.vendors.aws.textract.examples import EXAMPLES
from mockocr.vendors.aws.textract.names import NAMES
from mockocr.vendors.aws.textract.operations import (
    analyze_document,
    analyze_expense,
    analyze_id,
    detect_document_text,
    jobs,
)


def is_billed(response: Response) -> bool:
    """A page is paid for if it was processed. guess: as the pricing page says."""
    return response.status == 200


def _render_error(request: Request, entry: ErrorEntry) -> Response:
    return render_error(request, entry, NAMES)


SERVICE = Service(
    name="textract",
    namespace="aws",
    title="Amazon Textract (textract.<region>.amazonaws.com)",
    hosts=("textract.{region}.amazonaws.com", "textract-fips.{region}.amazonaws.com"),
    operations=(
        detect_document_text.OPERATION,
        analyze_document.OPERATION,
        analyze_expense.OPERATION,
        analyze_id.OPERATION,
        *jobs.OPERATIONS,
    ),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=_render_error,
    billed=is_billed,
    # guess: a document of 10 MB as base64, in JSON
    body_limit=15 * 1024 * 1024,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=LIFETIME,
    handles=NAMES.handles,
    recorded=RecordedFields(
        varying=("Id", "Ids"),
        jobs=("JobId",),
        job_delay=ASYNC_DELAY.name,
        storage=S3.name,
        page_tokens=("NextToken",),
    ),
)
