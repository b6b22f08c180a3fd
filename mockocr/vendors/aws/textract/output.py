"""Writes the result of a job where its OutputConfig says: `prefix/JobId/1` in the bucket.

doc: OutputConfig. guess: that one file holds the whole answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, dump_json
from mockocr.vendors.aws.s3 import S3Object, write_object
from mockocr.vendors.aws.textract.job_request import JobRequest

DEFAULT_PREFIX = "textract_output"
"""doc: OutputConfig."""


async def write_output(
    request: Request,
    principal: Principal,
    context: Context,
    wanted: JobRequest,
    id: str,
    answer: Mapping[str, Any],
) -> None:
    """Write the answer of Get; `ApiError(DOWNLOAD_FAILED)` if the bucket cannot be written."""
    prefix = (wanted.output_prefix or DEFAULT_PREFIX).strip("/")
    target = S3Object(wanted.output_bucket, f"{prefix}/{id}/1")
    await write_object(request, principal, context, target, dump_json(answer))
