"""The hosted API as a service."""

from __future__ import annotations

from mockocr.core.service import Service
from mockocr.vendors.tupu.hosted.auth import claimed, sign, verify
from mockocr.vendors.tupu.hosted.errors import ERRORS, render_error
from mockocr.vendors.tupu.hosted.examples import EXAMPLES
from mockocr.vendors.tupu.hosted.operations import general_ocr
from mockocr.vendors.tupu.options import OPTIONS
from mockocr.vendors.tupu.rendering import is_billed

SERVICE = Service(
    name="hosted",
    namespace="tupu",
    title="Tupu general OCR, hosted by apistd.com",
    hosts=("tupu.apistd.com",),
    operations=(general_ocr.OPERATION,),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=is_billed,
    # doc: 30M for a whole request, from the newest page of the platform
    body_limit=30 * 1024 * 1024,
    examples=EXAMPLES,
    options=OPTIONS,
)
