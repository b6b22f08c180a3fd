"""Starts jobs and shows their results: for all pairs of Start and Get operations.

A job's result is a JSON object: `status`, `message`, `pages`, `items` and `warnings`.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Inline
from mockocr.core.jobs import Job
from mockocr.core.operation import Run
from mockocr.vendors.aws.options import ASYNC_DELAY
from mockocr.vendors.aws.protocol import members, respond
from mockocr.vendors.aws.s3 import read_object
from mockocr.vendors.aws.structure import Structure, Text, invalid
from mockocr.vendors.aws.textract.analysis import Analysis
from mockocr.vendors.aws.textract.blocks import Ids
from mockocr.vendors.aws.textract.document import ASYNCHRONOUS, count_pages, read_all_pages
from mockocr.vendors.aws.textract.errors import IDEMPOTENT_MISMATCH, INVALID_JOB_ID
from mockocr.vendors.aws.textract.job_kinds import JobKind
from mockocr.vendors.aws.textract.job_request import JobRequest, parse_job_request
from mockocr.vendors.aws.textract.notification import publish
from mockocr.vendors.aws.textract.output import write_output

LIFETIME = timedelta(days=7)
"""How long a JobId is valid. doc: StartDocumentTextDetection."""
WAIT = 0.9
"""Seconds that a start waits for the result, so that the first Get finds it, if there is no delay:
clients ask at once and then pause for seconds.
"""
_PAUSE = 0.02
JOB_ID = Text(64, 1, r"[a-zA-Z0-9_-]+")
NEXT_TOKEN = Text(1024)
MODEL_VERSION = "1.0"


def start(kind: JobKind) -> Run:
    """The operation that starts jobs of a kind."""

    async def run(request: Request, principal: Principal, context: Context) -> Response:
        values = Structure(members(request))
        wanted = parse_job_request(values)
        analysis = kind.prepare(values)
        id = _job_id(request, principal, kind, wanted)
        if wanted.token and (job := await context.find_job(kind.name, id)) is not None:
            if job.document["digest"] != wanted.digest:
                detail = "the ClientRequestToken was used with other parameters"
                raise ApiError(IDEMPOTENT_MISMATCH, detail)
            return respond(request, {"JobId": id}).replaced(units=0)
        source = await read_object(
            request, principal, context, wanted.location, ASYNCHRONOUS.max_bytes
        )
        pages = await count_pages(context, source)
        await _start(request, principal, context, kind, wanted, analysis, source, id)
        response = respond(request, {"JobId": id})
        return response.replaced(units=pages, unit_price=kind.page_price(analysis))

    return run


async def _start(
    request: Request,
    principal: Principal,
    context: Context,
    kind: JobKind,
    wanted: JobRequest,
    analysis: Analysis,
    source: Inline,
    id: str,
) -> None:
    delay = timedelta(seconds=float(request.options[ASYNC_DELAY.name]))
    outcome: dict[str, Any] = {}

    async def work() -> bytes:
        outcome.update(await _outcome(request, context, kind, analysis, source))
        if wanted.output_bucket:
            await write_output(request, principal, context, wanted, id, _answer(kind, outcome))
        return dump_json(outcome)

    async def notify() -> None:
        status = outcome.get("status", "FAILED")
        finished = request.at + delay
        await publish(request, principal, context, wanted, kind.api, id, status, finished)

    document = {"digest": wanted.digest, "tag": wanted.tag, "features": list(analysis.features)}
    then = notify if wanted.topic else None
    await context.start_job(kind.name, document, delay, LIFETIME, work, id, then)
    for _ in range(0 if delay else round(WAIT / _PAUSE)):
        await asyncio.sleep(_PAUSE)
        job = await context.find_job(kind.name, id)
        if job is None or job.state != "running":
            break


async def _outcome(
    request: Request, context: Context, kind: JobKind, analysis: Analysis, source: Inline
) -> Mapping[str, Any]:
    """The result of a job: some pages may have failed, or all."""
    try:
        pages, failed = await read_all_pages(context, source)
    except ApiError as error:
        return {"status": "FAILED", "message": _message(error), "pages": 0, "items": []}
    items = kind.find(pages, Ids(request.random()), analysis)
    found: dict[str, Any] = {"status": "SUCCEEDED", "pages": len(pages) + len(failed)}
    if failed:
        found["status"] = "PARTIAL_SUCCESS"
        codes = {_message(error) for error in failed.values()}
        found["warnings"] = [
            {
                "ErrorCode": code,
                "Pages": [page for page, error in failed.items() if _message(error) == code],
            }
            for code in sorted(codes)
        ]
    return {**found, "items": items}


def get(kind: JobKind) -> Run:
    """The operation that shows the results of jobs of a kind, in pages."""

    async def run(request: Request, principal: Principal, context: Context) -> Response:
        values = Structure(members(request))
        size = values.integer("MaxResults", kind.page_size, 1)
        token = values.text("NextToken", NEXT_TOKEN)
        job = await find_job(values, context, kind)
        if job.state == "running":
            return respond(request, {"JobStatus": "IN_PROGRESS", kind.version: MODEL_VERSION})
        first = _offset(token, job.id)
        outcome = result_of(job)
        answer = _answer(kind, outcome, first, min(size, kind.page_size), job.id)
        return respond(request, answer)

    return run


async def find_job(values: Structure, context: Context, kind: JobKind) -> Job:
    """The job that `JobId` names; `ApiError(INVALID_JOB_ID)` if there is none of that kind."""
    values.require("JobId")
    id = values.text("JobId", JOB_ID)
    job = await context.find_job(kind.name, id)
    if job is None:
        raise ApiError(INVALID_JOB_ID, f"the account has no job {id!r} of {kind.api}")
    return job


def result_of(job: Job) -> Mapping[str, Any]:
    """What a finished job found."""
    if job.state == "failed":
        return {"status": "FAILED", "message": "INTERNAL_ERROR", "pages": 0, "items": []}
    found: Mapping[str, Any] = json.loads(job.result)
    return found


def envelope(kind: JobKind, outcome: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The members of an answer around what a job found, in the order of real answers."""
    answer: dict[str, Any] = {}
    if outcome["status"] != "FAILED":
        answer["DocumentMetadata"] = {"Pages": outcome["pages"]}
    answer["JobStatus"] = outcome["status"]
    answer |= found
    if outcome.get("warnings"):
        answer["Warnings"] = outcome["warnings"]
    if outcome.get("message"):
        answer["StatusMessage"] = outcome["message"]
    return {**answer, kind.version: MODEL_VERSION}


def _answer(
    kind: JobKind,
    outcome: Mapping[str, Any],
    first: int = 0,
    size: int | None = None,
    id: str = "",
) -> dict[str, Any]:
    items: Sequence[Any] = outcome["items"]
    if outcome["status"] == "FAILED":
        return envelope(kind, outcome, {})
    end = len(items) if size is None else first + size
    found: dict[str, Any] = {}
    if end < len(items):
        found["NextToken"] = _next_token(end, id)
    found[kind.items] = items[first:end]
    return envelope(kind, outcome, found)


def _job_id(request: Request, principal: Principal, kind: JobKind, wanted: JobRequest) -> str:
    """64 hex digits; the same for the same token of the same account."""
    name = f"{principal.account.name}\n{wanted.token}" if wanted.token else request.id
    return hashlib.sha256(f"{kind.name}\n{name}".encode()).hexdigest()


def _next_token(offset: int, id: str) -> str:
    """An opaque text for an offset into the result of one job."""
    check = hashlib.sha256(f"{offset}\n{id}".encode()).hexdigest()[:16]
    return base64.urlsafe_b64encode(f"{offset}:{check}".encode()).decode()


def _offset(token: str, id: str) -> int:
    """The offset of a token; `ApiError(BAD_PARAMETER)` for a token of another job."""
    if not token:
        return 0
    try:
        offset = int(base64.urlsafe_b64decode(token).decode("ascii").partition(":")[0])
    except (binascii.Error, ValueError):
        raise invalid("NextToken is not one that this service made") from None
    if _next_token(offset, id) != token:
        raise invalid("NextToken belongs to another job")
    return offset


_MESSAGES: Mapping[ErrorKind, str] = {
    ErrorKind.IMAGE_FORMAT: "UNSUPPORTED_DOCUMENT",
    ErrorKind.IMAGE_TOO_LARGE: "DOCUMENT_TOO_LARGE",
    ErrorKind.BAD_IMAGE: "INVALID_IMAGE_TYPE",
}
"""guess: what public code compares StatusMessage and ErrorCode with."""


def _message(error: ApiError) -> str:
    kind = error.kind or ErrorKind.INTERNAL
    return _MESSAGES.get(kind, "INTERNAL_ERROR")
