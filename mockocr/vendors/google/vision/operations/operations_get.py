"""operations_get: the state of a long-running operation, and its result once it is done."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.google.vision.errors import NO_OPERATION
from mockocr.vendors.google.vision.long_running import KIND, describe
from mockocr.vendors.google.vision.success import render_message


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """`ApiError(NO_OPERATION)` for an operation that does not exist for this account."""
    id = request.params["operation"]
    job = await context.find_job(KIND, id)
    if job is None:
        raise ApiError(NO_OPERATION, f"there is no operation {id[:80]!r}")
    return render_message(request, describe(job), "google.longrunning.Operation")


OPERATION = Operation(
    name="operations_get",
    methods=("GET",),
    path="/v1/operations/{operation}",
    aliases=(
        "/v1/projects/{project}/operations/{operation}",
        "/v1/projects/{project}/locations/{location}/operations/{operation}",
        "/v1/locations/{location}/operations/{operation}",
    ),
    run=run,
    source="doc: Cloud Vision API, method operations.get",
    free=True,
)
