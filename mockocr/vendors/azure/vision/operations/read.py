"""read, read_result: Read 3.2, whose result is asked for with the id of the operation."""

from __future__ import annotations

import asyncio
import contextlib
import re
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.operation import Operation, Price
from mockocr.core.recognition import Recognition
from mockocr.vendors.azure.headers import (
    JSON,
    REQUEST_ID,
    SECURITY,
    own_url,
    request_uuid,
    service_headers,
)
from mockocr.vendors.azure.options import TIER, result_delay
from mockocr.vendors.azure.pages import first_page, is_range, page_numbers
from mockocr.vendors.azure.paths import doubled, segment
from mockocr.vendors.azure.query import query_values
from mockocr.vendors.azure.vision.errors import ERRORS
from mockocr.vendors.azure.vision.picture import require_media_type, source
from mockocr.vendors.azure.vision.read_errors import (
    BAD_ARGUMENT,
    INVALID_IMAGE_URL,
    INVALID_ORDER,
    INVALID_PAGES,
    NOT_SUPPORTED_LANGUAGE,
    OPERATION_NOT_FOUND,
    UNSUPPORTED_MEDIA_TYPE,
)
from mockocr.vendors.azure.vision.read_result import result

KIND = "azure.read"
LIFETIME = timedelta(hours=48)
"""spec: Ocr.json; other pages say 24 hours."""
WAIT = timedelta(seconds=5)
"""How long a request waits for the text, so that the first poll finds the result."""
_MEGABYTES = {"S0": 500, "F0": 4}
_FREE_PAGES = 2
_FORMATS = frozenset({"JPEG", "PNG", "BMP", "TIFF"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})*")
_MODEL = re.compile(r"latest|\d{4}-\d{2}-\d{2}(-preview)?", re.ASCII)


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """202 without a body; the address of the result is in Operation-Location. `ApiError` for a file
    that is refused. guess: the file is checked before the answer.
    """
    require_media_type(request, UNSUPPORTED_MEDIA_TYPE)
    pages, language = _parameters(request)
    bounds = _limits(request, first_page(pages))
    file = await context.fetch(source(request, INVALID_IMAGE_URL), bounds)
    count = max((await context.load(file, bounds)).pages, 1)
    most = _FREE_PAGES if request.options[TIER.name] == "F0" else count
    numbers = page_numbers(pages, count, most)
    if not numbers:
        detail = f"pages {pages} were requested; the file has {count}"
        raise ApiError(INVALID_PAGES, detail)
    done = asyncio.Event()
    version = segment(request.path, 1)

    async def work() -> bytes:
        try:
            read = [await _read(file, replace(bounds, page=n), n, context) for n in numbers]
            return dump_json(result(version, language, read))
        except ApiError as error:
            entry = ERRORS.entry(error, "read")
            errors = [{"code": entry.code, "message": entry.message}]
            failed = {"version": f"{version[1:]}.0", "readResults": [], "errors": errors}
            return dump_json(failed)
        finally:
            done.set()

    delay = result_delay(request)
    id = await context.start_job(
        KIND, {"version": version}, delay, LIFETIME, work, request_uuid(request)
    )
    # the first poll of most clients comes at once and the next one a second later
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), WAIT.total_seconds())
    path = f"/vision/{version}/read/analyzeResults/{id}"
    headers = (
        ("Operation-Location", own_url(request, path)),
        ("x-envoy-upstream-service-time", "42"),
        ("CSP-Billing-Usage", f"CognitiveServices.ComputerVision.Transaction={len(numbers)}"),
        (REQUEST_ID, id),
        *SECURITY,
    )
    return Response(202, b"", headers, units=len(numbers))


async def _read(
    file: Inline, limits: Limits, number: int, context: Context
) -> tuple[int, Image, Recognition]:
    image = await context.load(file, limits)
    recognition = await context.recognize(image, ReadOptions(turn=True))
    return number, image.without_pixels(), recognition


def _limits(request: Request, page: int) -> Limits:
    return Limits(
        max_bytes=_MEGABYTES[request.options[TIER.name]] * 1024 * 1024,
        min_side=50,
        max_side=10000,
        formats=_FORMATS,
        page=page,
        frames=True,
        download_seconds=10.0,
    )


def _parameters(request: Request) -> tuple[str, str]:
    """The ranges of pages and the language, checked like the parameters that change nothing."""
    values = query_values(request)
    pages, language = values.get("pages", ""), values.get("language", "")
    if pages and not is_range(pages):
        raise ApiError(INVALID_PAGES, f"pages is {pages[:40]!r}")
    if language and not _LANGUAGE.fullmatch(language):
        raise ApiError(NOT_SUPPORTED_LANGUAGE, f"language is {language[:40]!r}")
    order = values.get("readingorder") or "basic"
    if order.lower() not in ("basic", "natural"):
        raise ApiError(INVALID_ORDER, f"readingOrder is {order[:40]!r}, not basic or natural")
    model = values.get("model-version") or "latest"
    if not _MODEL.fullmatch(model):
        raise ApiError(BAD_ARGUMENT, f"model-version is {model[:40]!r}")
    return pages, language


async def _poll(request: Request, principal: Principal, context: Context) -> Response:
    """The status, and the result of an operation that is finished; `ApiError` for an unknown id."""
    id = request.params["id"].lower()
    job = await context.find_job(KIND, id)
    if job is None:
        detail = f"no operation {id[:60]!r} was started in the last 48 hours"
        raise ApiError(OPERATION_NOT_FOUND, detail)
    failed = job.state == "failed" or b'"readResults":[],"errors":' in job.result[:80]
    status = job.state if job.state == "running" else "failed" if failed else "succeeded"
    delay = result_delay(request) if status != "running" else timedelta()
    head: dict[str, Any] = {
        "status": status,
        "createdDateTime": job.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lastUpdatedDateTime": (job.created + delay).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    body = dump_json(head)
    if job.result:
        body = body[:-1] + b',"analyzeResult":' + job.result + b"}"
    return Response(200, body, (("Content-Type", JSON), *service_headers(request)))


READ = Operation(
    name="read",
    methods=("POST",),
    path="/vision/v3.2/read/analyze",
    aliases=doubled(
        "/vision/v3.2/read/analyze", "/vision/v3.1/read/analyze", "/vision/v3.0/read/analyze"
    ),
    source="Read, Computer Vision API v3.2",
    run=run,
    price=Price(
        "doc: azure.microsoft.com/pricing/details/cognitive-services/computer-vision, S1 Read: "
        "1.50 USD for 1,000 pages",
        0.0015,
        currency="USD",
    ),
)
RESULT = Operation(
    name="read_result",
    methods=("GET",),
    path="/vision/v3.2/read/analyzeResults/{id}",
    aliases=doubled(
        "/vision/v3.2/read/analyzeResults/{id}",
        "/vision/v3.1/read/analyzeResults/{id}",
        "/vision/v3.0/read/analyzeResults/{id}",
    ),
    source="Get Read Result, Computer Vision API v3.2",
    run=_poll,
    free=True,
)
