"""Long-running operations: started by asyncBatchAnnotate, asked for by name until they are done.

doc: google/longrunning/operations.proto, and OperationMetadata of the discovery document.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, dump_json, load_json
from mockocr.core.jobs import Job
from mockocr.vendors.google.vision.errors import ERRORS
from mockocr.vendors.google.vision.message_types import full_name
from mockocr.vendors.google.vision.options import OPERATION_SECONDS
from mockocr.vendors.google.vision.picture_errors import UNREADABLE
from mockocr.vendors.google.vision.rendering import status_of

KIND = "google operation"
LIFETIME = timedelta(days=30)
"""How long an operation can be asked for (guess)."""
ID_DIGITS = 16
"""observed: the hex digits of an operation's id."""
_TYPE = "type.googleapis.com/"

Work = Callable[[], Awaitable[Mapping[str, Any]]]


async def start(
    request: Request, principal: Principal, context: Context, response: str, work: Work
) -> dict[str, Any]:
    """The operation that does `work`, which returns a message of the type `response`."""

    async def run() -> bytes:
        try:
            result: dict[str, Any] = {"response": await work()}
        except ApiError as error:
            entry = ERRORS.entry(error).filled(error.facts)
            result = {"error": status_of(entry)}
        return dump_json(result)

    project = request.params.get("project") or principal.values["project_id"]
    location = request.params.get("location")
    parent = f"projects/{project}" + (f"/locations/{location}" if location else "")
    document = {"parent": parent, "response": response}
    seconds = timedelta(seconds=float(request.options[OPERATION_SECONDS.name]))
    id = request.id[-ID_DIGITS:]
    await context.start_job(KIND, document, seconds, LIFETIME, run, id)
    created = request.at
    return {"name": f"{parent}/operations/{id}", "metadata": _metadata("RUNNING", created)}


def describe(job: Job) -> dict[str, Any]:
    """The operation in its current state."""
    name = f"{job.document['parent']}/operations/{job.id}"
    if job.state == "running":
        return {"name": name, "metadata": _metadata("RUNNING", job.created)}
    done = {"name": name, "metadata": _metadata("DONE", job.created), "done": True}
    if job.state == "failed":  # a defect; the log has it
        return {**done, "error": status_of(UNREADABLE)}
    result = load_json(job.result)
    if "error" in result:
        return {**done, "error": result["error"]}
    kind = f"{_TYPE}{full_name(job.document['response'])}"
    return {**done, "response": {"@type": kind, **result["response"]}}


def _metadata(state: str, created: datetime) -> dict[str, Any]:
    time = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {
        "@type": f"{_TYPE}{full_name('OperationMetadata')}",
        "state": state,
        "createTime": time,
        "updateTime": time,
    }
