"""OCR.space as a service."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.ocr_space.api.auth import claimed, sign, verify
from mockocr.vendors.ocr_space.api.errors import ERRORS, render_error
from mockocr.vendors.ocr_space.api.examples import EXAMPLES
from mockocr.vendors.ocr_space.api.headers import add_headers
from mockocr.vendors.ocr_space.api.operations import parse_image, parse_imageurl, searchable_pdf
from mockocr.vendors.ocr_space.api.options import OPTIONS

_ANSWERED = frozenset({"1", "2", "3", "4"})


def billed(response: Response) -> bool:
    """guess: every request whose parameters were accepted counts against the plan."""
    return response.status == 200 and response.code in _ANSWERED


SERVICE = Service(
    name="api",
    namespace="ocr_space",
    title="OCR.space",
    hosts=("api.ocr.space", "apipro1.ocr.space", "apipro2.ocr.space"),
    operations=(parse_image.OPERATION, parse_imageurl.OPERATION, searchable_pdf.OPERATION),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=billed,
    # guess: the plan pro_pdf takes files of 100 MB and more, which no test server should hold
    body_limit=40 * 1024 * 1024,
    examples=EXAMPLES,
    options=OPTIONS,
    add_headers=add_headers,
    recorded=RecordedFields(
        varying=("ProcessingTimeInMilliseconds",),
        headers=("X-AspNet-Version",),
        jobs=("SearchablePDFURL", "{file}"),
    ),
)
