"""The control routes that only tell: health, vendors, requests, the bill, metrics."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control import http
from mockocr.control.accounts import Directory
from mockocr.control.bill import CURRENCY, Bill
from mockocr.control.demand import Mistake, instant
from mockocr.control.entry import Entry
from mockocr.control.explanation import explain, picture
from mockocr.control.health import Health
from mockocr.control.journal import Journal
from mockocr.control.metrics import CONTENT_TYPE, Metrics
from mockocr.core.problem import Refused
from mockocr.core.vendor import Vendor

TEXTS = ("vendor", "operation", "account", "code")
FILTERS = (*TEXTS, "status", "since", "limit")


def routes(
    vendors: Sequence[Vendor],
    health: Health,
    journal: Journal,
    accounts: Directory,
    bill: Bill,
    metrics: Metrics,
) -> list[Route]:
    """Every route that tells, below the control prefix."""

    async def get_health(request: Request) -> Response:
        status, document = await health.report()
        return http.reply(document, status)

    async def get_vendors(request: Request) -> Response:
        return http.reply({"vendors": [described(vendor) for vendor in vendors]})

    async def get_requests(request: Request) -> Response:
        rows = await journal.rows(**_filters(request))
        evicted = (await journal.tally()).dropped
        return http.reply({"requests": rows, "evicted": evicted, "mark": await journal.mark()})

    async def delete_requests(request: Request) -> Response:
        await journal.clear()
        return Response(status_code=204)

    async def get_request(request: Request) -> Response:
        entry = await found(request)
        account = await accounts.get(entry.account)
        return http.reply(await explain(entry, journal, account))

    async def get_picture(request: Request) -> Response:
        data, media = await picture(await found(request), journal, request.path_params["number"])
        return Response(data, media_type=media, headers={"X-Content-Type-Options": "nosniff"})

    async def found(request: Request) -> Entry:
        wanted = request.path_params["id"]
        entry = await journal.get(wanted)
        if entry is None:
            evicted = (await journal.tally()).dropped
            gone = f"; {evicted} were evicted" if evicted else ""
            raise Mistake(f"the journal holds no request {wanted!r}{gone}", 404)
        return entry

    async def get_bill(request: Request) -> Response:
        rows = await bill.rows()
        wanted = request.query_params.get("account")
        rows = [row for row in rows if wanted in (None, row["account"])]
        total = {
            "calls": sum(row["calls"] for row in rows),
            "billable": sum(row["billable"] for row in rows),
            "cost": round(sum(row["cost"] for row in rows), 6),
        }
        return http.reply({"currency": CURRENCY, "rows": rows, "total": total})

    async def get_metrics(request: Request) -> Response:
        with contextlib.suppress(Refused):  # without the store the last known numbers are told
            await journal.tally()
        return Response(metrics.page(), media_type=CONTENT_TYPE)

    return [
        http.route("/health", get=get_health),
        http.route("/vendors", get=get_vendors),
        http.route("/requests", get=get_requests, delete=delete_requests),
        http.route("/requests/{id}", get=get_request),
        http.route("/requests/{id}/pictures/{number:int}", get=get_picture),
        http.route("/bill", get=get_bill),
        http.route("/metrics", get=get_metrics),
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
                raise Mistake(f"{name} is a whole number, not {value!r}")
            found[name] = int(value[:9])
        elif name == "since":
            found[name] = instant(value.replace(" ", "+"), name)  # a + that nobody escaped
        else:
            raise Mistake(f"no filter {name!r}; there are {', '.join(FILTERS)}")
    return found
