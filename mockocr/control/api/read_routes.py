"""The control routes that only tell: health, vendors, requests, the bill, metrics."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control.api import json_http
from mockocr.control.api.health import Health
from mockocr.control.api.metrics import CONTENT_TYPE, Metrics
from mockocr.control.journal.entry import Entry
from mockocr.control.journal.journal import Journal
from mockocr.control.journal.request_detail import explain, picture
from mockocr.control.state.accounts import AccountStore
from mockocr.control.state.usage import CURRENCY, Usage
from mockocr.control.validation import InvalidInputError, instant
from mockocr.core.errors import ApiError
from mockocr.core.service import Vendor

TEXTS = ("vendor", "operation", "account", "code")
FILTERS = (*TEXTS, "status", "since", "limit")


def routes(
    vendors: Sequence[Vendor],
    health: Health,
    journal: Journal,
    accounts: AccountStore,
    usage: Usage,
    metrics: Metrics,
) -> list[Route]:
    """Every route that tells, below the control prefix."""

    async def get_health(request: Request) -> Response:
        status, document = await health.report()
        return json_http.response(document, status)

    async def get_vendors(request: Request) -> Response:
        return json_http.response({"vendors": [described(vendor) for vendor in vendors]})

    async def get_requests(request: Request) -> Response:
        rows = await journal.rows(**_filters(request))
        evicted = (await journal.tally()).dropped
        return json_http.response(
            {"requests": rows, "evicted": evicted, "mark": await journal.mark()}
        )

    async def delete_requests(request: Request) -> Response:
        await journal.clear()
        return Response(status_code=204)

    async def get_request(request: Request) -> Response:
        entry = await found(request)
        account = await accounts.get(entry.account)
        return json_http.response(await explain(entry, journal, account))

    async def get_picture(request: Request) -> Response:
        data, media = await picture(await found(request), journal, request.path_params["number"])
        return Response(data, media_type=media, headers={"X-Content-Type-Options": "nosniff"})

    async def found(request: Request) -> Entry:
        wanted = request.path_params["id"]
        entry = await journal.get(wanted)
        if entry is None:
            evicted = (await journal.tally()).dropped
            gone = f"; {evicted} were evicted" if evicted else ""
            raise InvalidInputError(f"the journal holds no request {wanted!r}{gone}", 404)
        return entry

    async def get_bill(request: Request) -> Response:
        rows = await usage.rows()
        wanted = request.query_params.get("account")
        rows = [row for row in rows if wanted in (None, row["account"])]
        total = {
            "calls": sum(row["calls"] for row in rows),
            "billable": sum(row["billable"] for row in rows),
            "cost": round(sum(row["cost"] for row in rows), 6),
        }
        return json_http.response({"currency": CURRENCY, "rows": rows, "total": total})

    async def get_metrics(request: Request) -> Response:
        with contextlib.suppress(ApiError):  # without the store the last known numbers are told
            await journal.tally()
        return Response(metrics.page(), media_type=CONTENT_TYPE)

    return [
        json_http.route("/health", get=get_health),
        json_http.route("/vendors", get=get_vendors),
        json_http.route("/requests", get=get_requests, delete=delete_requests),
        json_http.route("/requests/{id}", get=get_request),
        json_http.route("/requests/{id}/pictures/{number:int}", get=get_picture),
        json_http.route("/bill", get=get_bill),
        json_http.route("/metrics", get=get_metrics),
    ]


def described(vendor: Vendor) -> dict[str, Any]:
    """The row of `GET /vendors`; `method` lists several with commas."""
    return {
        "name": vendor.name,
        "title": vendor.title,
        "hosts": list(vendor.hosts),
        "operations": [
            {
                "name": operation.name,
                "method": ", ".join(operation.methods),
                "path": operation.path,
                "source": operation.source,
            }
            for operation in vendor.operations
        ],
        "credentials": dict(vendor.credentials),
    }


def _filters(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in request.query_params.items():
        if name in TEXTS:
            found[name] = value
        elif name in ("status", "limit"):
            if not (value.isascii() and value.isdigit()):
                raise InvalidInputError(f"{name} is a whole number, not {value!r}")
            found[name] = int(value[:9])
        elif name == "since":
            found[name] = instant(value.replace(" ", "+"), name)  # a + that nobody escaped
        else:
            raise InvalidInputError(f"no filter {name!r}; there are {', '.join(FILTERS)}")
    return found
