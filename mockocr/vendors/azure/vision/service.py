"""Azure AI Vision as a service."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.azure.headers import add_headers
from mockocr.vendors.azure.options import DELAY
from mockocr.vendors.azure.vision import auth
from mockocr.vendors.azure.vision.errors import ERRORS, render_error
from mockocr.vendors.azure.vision.examples import EXAMPLES
from mockocr.vendors.azure.vision.operations import image_analysis, issue_token, ocr, read
from mockocr.vendors.azure.vision.picture import BODY_LIMIT


def billed(response: Response) -> bool:
    """Every answer without an error is paid for. doc: pricing page, transactions."""
    return 200 <= response.status < 300 and not response.code


SERVICE = Service(
    name="vision",
    namespace="azure",
    title="Azure AI Vision",
    # the older form of the address of the same resources
    hosts=("{region}.api.cognitive.microsoft.com",),
    operations=(
        image_analysis.OPERATION,
        read.READ,
        read.RESULT,
        ocr.OPERATION,
        issue_token.OPERATION,
    ),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    add_headers=add_headers,
    recorded=RecordedFields(
        secrets=("body",),  # a token is the whole text of its response
        varying=("x-envoy-upstream-service-time",),
        jobs=("Operation-Location", "{id}"),
        job_delay=DELAY.name,
        headers=(
            "x-envoy-upstream-service-time",
            "api-supported-versions",
            "CSP-Billing-Usage",
            "X-Billing-Usage",
        ),
    ),
)
