"""The Vision API: hosts, operations, and how it authenticates and fails."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.google.vision import auth, rendering
from mockocr.vendors.google.vision.errors import ERRORS
from mockocr.vendors.google.vision.examples import EXAMPLES
from mockocr.vendors.google.vision.grpc import GRPC
from mockocr.vendors.google.vision.operations import (
    files_annotate,
    files_async_batch_annotate,
    images_annotate,
    images_async_batch_annotate,
    operations_get,
)
from mockocr.vendors.google.vision.options import OPERATION_SECONDS, OPTIONS, STORAGE

BODY_LIMIT = 10 * 1024 * 1024
"""doc: supported files: JSON request object size."""


def billed(response: Response) -> bool:
    """A picture or page that was read is paid for. doc: cloud.google.com/vision/pricing."""
    return response.code == "OK" and response.status == 200


SERVICE = Service(
    name="vision",
    namespace="google",
    title="Google Cloud Vision API (vision.googleapis.com)",
    hosts=auth.HOSTS,
    operations=(
        images_annotate.OPERATION,
        files_annotate.OPERATION,
        images_async_batch_annotate.OPERATION,
        files_async_batch_annotate.OPERATION,
        operations_get.OPERATION,
    ),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=rendering.render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=OPTIONS,
    add_headers=rendering.add_headers,
    preflight=rendering.preflight,
    grpc=GRPC,
    recorded=RecordedFields(
        varying=("project",),
        jobs=("name", "{operation}"),
        job_delay=OPERATION_SECONDS.name,
        storage=STORAGE.name,
    ),
)
