"""The control routes that only read: health, vendors, the journal, usage, metrics."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mockocr.control.api import specimens
from mockocr.control.api.health import Health
from mockocr.control.api.json_http import json_response
from mockocr.control.api.metrics import CONTENT_TYPE, Metrics
from mockocr.control.api.routing import ControlRoute, Method, Parameter, route
from mockocr.control.documents import reports
from mockocr.control.journal.entry import Entry
from mockocr.control.journal.journal import Journal
from mockocr.control.journal.request_detail import describe, picture
from mockocr.control.state.accounts import AccountStore
from mockocr.control.state.usage import DEFAULT_CURRENCY, Usage
from mockocr.control.validation import InvalidInputError, parse_time, require_known
from mockocr.core.errors import ApiError
from mockocr.core.service import Service, Vendor

TEXTS = ("vendor", "operation", "account", "code", "search", "before")
FLAGS = ("refused", "console")
FILTERS = (
    Parameter("vendor", "Only requests to this vendor."),
    Parameter("operation", "Only requests to this operation, with or without its vendor."),
    Parameter("account", "Only requests of this account."),
    Parameter("code", "Only responses with this vendor code."),
    Parameter("status", "Only responses with this HTTP status.", int),
    Parameter("refused", "true: only requests that were refused; false: only the others."),
    Parameter("console", "true: only requests that the console sent; false: only the others."),
    Parameter("search", "Only requests whose row contains this text, in any case."),
    Parameter("before", "Only requests that are older than the one with this id."),
    Parameter("since", "Only requests at this time or later."),
    Parameter("limit", "At most so many requests.", int),
)


def routes(
    vendors: Sequence[Vendor],
    health: Health,
    journal: Journal,
    accounts: AccountStore,
    usage: Usage,
    metrics: Metrics,
) -> list[ControlRoute]:
    """The routes, without the control prefix."""
    return [
        *_health(health),
        _vendors(vendors),
        *_requests(vendors, journal, accounts),
        _usage(usage, accounts),
        _metrics(journal, metrics),
        *specimens.routes(),
    ]


def _health(health: Health) -> list[ControlRoute]:
    async def get(request: Request) -> Response:
        status, document = await health.report()
        return json_response(document, status)

    async def get_alive(request: Request) -> Response:
        return json_response({"status": "ok"})

    document = reports.HealthDocument
    summaries = {"/health": "Whether recognition works", "/readyz": "The same as /health"}
    alive = Method(get_alive, "Whether the process answers at all", reports.LiveDocument)
    return [
        *(
            route(path, get=Method(get, summary, document, other={503: document}))
            for path, summary in summaries.items()
        ),
        route("/livez", get=alive),
    ]


def _vendors(vendors: Sequence[Vendor]) -> ControlRoute:
    async def get(request: Request) -> Response:
        return json_response({"vendors": [describe_vendor(vendor) for vendor in vendors]})

    summary = "Every vendor with its operations and the credentials of the account dev"
    return route("/vendors", get=Method(get, summary, reports.VendorList))


def _requests(
    vendors: Sequence[Vendor], journal: Journal, accounts: AccountStore
) -> list[ControlRoute]:
    names = _Names.of(vendors)

    async def get_all(request: Request) -> Response:
        filters = _filters(request)
        names.check(filters)
        rows = await journal.rows(**filters)
        account = filters.get("account")
        if account and not rows and not await journal.rows(account=account, limit=1):
            await _require_account(accounts, account)
        evicted = (await journal.stats()).evicted
        return json_response({"requests": rows, "evicted": evicted, "mark": await journal.mark()})

    async def delete_all(request: Request) -> Response:
        await journal.clear()
        return Response(status_code=204)

    async def get(request: Request) -> Response:
        entry = await find(request)
        await accounts.all()  # so that the secrets of those that another server created are known
        return json_response(await describe(entry, journal, accounts.secrets))

    async def get_picture(request: Request) -> Response:
        data, media = await picture(await find(request), journal, request.path_params["number"])
        return Response(data, media_type=media, headers={"X-Content-Type-Options": "nosniff"})

    async def find(request: Request) -> Entry:
        id = request.path_params["id"]
        entry = await journal.get(id)
        if entry is None:
            evicted = (await journal.stats()).evicted
            hint = f"; {evicted} were evicted" if evicted else ""
            raise InvalidInputError(f"the journal has no request {id!r}{hint}", 404)
        return entry

    return [
        route(
            "/requests",
            get=Method(
                get_all,
                "The journal, newest request first",
                reports.RequestList,
                parameters=FILTERS,
                errors=(400, 404),
            ),
            delete=Method(delete_all, "Clear the journal", status=204),
        ),
        route(
            "/requests/{id}",
            get=Method(get, "One request in full", reports.RequestDetail, errors=(404,)),
        ),
        route(
            "/requests/{id}/pictures/{number:int}",
            get=Method(
                get_picture,
                "The file of a picture of a request, counted from 0",
                media_type="image/*",
                errors=(404,),
            ),
        ),
    ]


def _usage(usage: Usage, accounts: AccountStore) -> ControlRoute:
    async def get(request: Request) -> Response:
        rows = await usage.rows()
        account = request.query_params.get("account")
        rows = [row for row in rows if account in (None, row["account"])]
        if account and not rows:
            await _require_account(accounts, account)
        costs = dict.fromkeys((row["currency"] for row in rows), 0.0) or {DEFAULT_CURRENCY: 0.0}
        for row in rows:
            costs[row["currency"]] = round(costs[row["currency"]] + row["cost"], 6)
        single = len(costs) == 1
        total = {
            "calls": sum(row["calls"] for row in rows),
            "billable": sum(row["billable"] for row in rows),
            "cost": next(iter(costs.values())) if single else None,
            "costs": costs,
        }
        currency = next(iter(costs)) if single else ""
        return json_response({"currency": currency, "rows": rows, "total": total})

    method = Method(
        get,
        "Requests, billable requests and cost, by each vendor's own rule",
        reports.UsageDocument,
        parameters=(Parameter("account", "Only rows of this account."),),
        errors=(404,),
    )
    return route("/bill", get=method)


def _metrics(journal: Journal, metrics: Metrics) -> ControlRoute:
    async def get(request: Request) -> Response:
        with contextlib.suppress(ApiError):  # without the store the last known values are shown
            await journal.stats()
        return Response(metrics.page(), media_type=CONTENT_TYPE)

    return route("/metrics", get=Method(get, "Prometheus metrics", media_type="text/plain"))


def describe_vendor(vendor: Vendor) -> reports.VendorInfo:
    """The row of `GET /vendors`."""
    return {
        "name": vendor.name,
        "title": vendor.title,
        "credentials": dict(vendor.credentials),
        "services": [_service(service) for service in vendor.services],
    }


def _service(service: Service) -> reports.ServiceInfo:
    return {
        "name": service.name,
        "namespace": service.namespace,
        "title": service.title,
        "hosts": list(service.hosts),
        "operations": [
            {
                "id": service.operation_id(operation),
                "name": operation.name,
                "method": ", ".join(operation.methods),
                "path": operation.path,
                "source": operation.source,
            }
            for operation in service.operations
        ],
    }


class _Names(msgspec.Struct, frozen=True):
    """The vendors and operations that the journal can be asked for; a request that reached none has
    empty ones.
    """

    vendors: frozenset[str]
    operations: frozenset[str]

    @classmethod
    def of(cls, vendors: Sequence[Vendor]) -> _Names:
        services = [service for vendor in vendors for service in vendor.services]
        pairs = [(service, each) for service in services for each in service.operations]
        ids = {service.operation_id(operation) for service, operation in pairs}
        names = {operation.name for _, operation in pairs}
        return cls(frozenset(each.namespace for each in services), frozenset(ids | names))

    def check(self, filters: Mapping[str, Any]) -> None:
        """Refuses a misspelt name: an empty journal would seem to prove that no request came."""
        for what, known in (("vendor", self.vendors), ("operation", self.operations)):
            if filters.get(what):
                require_known(what, filters[what], sorted(known))


async def _require_account(accounts: AccountStore, name: str) -> None:
    require_known("account", name, [account.name for account in await accounts.all()])


def _filters(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in request.query_params.items():
        if name in TEXTS:
            found[name] = value
        elif name in ("status", "limit"):
            if not (value.isascii() and value.isdigit()):
                raise InvalidInputError(f"{name} must be a whole number, not {value!r}")
            found[name] = int(value[:9])
        elif name in FLAGS:
            if value not in ("true", "false"):
                raise InvalidInputError(f"{name} must be true or false, not {value!r}")
            found[name] = value == "true"
        elif name == "since":
            found[name] = parse_time(
                value.replace(" ", "+"), name
            )  # an unescaped + arrives as a space
        else:
            names = ", ".join(parameter.name for parameter in FILTERS)
            raise InvalidInputError(f"there is no filter {name!r}; there are {names}")
    return found
