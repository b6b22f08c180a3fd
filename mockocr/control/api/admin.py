"""The control routes for accounts, quotas, scenarios, the clock and the reset."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from mockocr.control.api.json_http import json_response, parse_json, read_body, read_json
from mockocr.control.api.routing import JSON, TOML, ControlRoute, Method, Parameter, route
from mockocr.control.api.scenario import TestControl, parse_toml
from mockocr.control.documents import requests, responses
from mockocr.control.documents.scenario import ScenarioDocument
from mockocr.control.validation import InvalidInputError, matching_operations, parse_document

TOML_TYPES = (TOML, "text/toml", "text/x-toml")


def routes(control: TestControl, reset: Callable[[], Awaitable[None]]) -> list[ControlRoute]:
    """The routes, without the control prefix."""
    return [
        *_accounts(control),
        *_quotas(control),
        _scenario(control),
        _clock(control),
        _reset(reset),
    ]


def _scenario(control: TestControl) -> ControlRoute:
    async def post(request: Request) -> Response:
        body = await read_body(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        document = parse_toml(body) if kind in TOML_TYPES else parse_json(body)
        scenario = parse_document(document, ScenarioDocument)
        return json_response(await control.play(scenario), 201)

    return route(
        "/scenario",
        post=Method(
            post,
            "Set up accounts, quotas, faults, answers and the clock together",
            responses.ScenarioState,
            201,
            accepts=ScenarioDocument,
            body_types=(JSON, *TOML_TYPES),
            examples={
                "throttled": {
                    "account": "dev",
                    "quotas": [{"operation": "*", "per_day": 5}],
                    "faults": [{"fault": "delay=0.01"}],
                    "answers": [{"lines": ["first"]}],
                }
            },
            errors=(400, 404, 409, 413),
        ),
    )


def _clock(control: TestControl) -> ControlRoute:
    async def put(request: Request) -> Response:
        document = parse_document(await read_json(request), requests.ClockDocument)
        return json_response(await control.set_clock(document))

    async def get(request: Request) -> Response:
        account = request.query_params.get("account")
        await control.require_account(account)
        await control.clock.refresh(account or "")
        return json_response(control.clock.state(account or ""))

    return route(
        "/clock",
        get=Method(
            get,
            "The test's clock, or that of an account",
            responses.ClockState,
            parameters=(Parameter("account", "The clock of this account."),),
            errors=(404,),
        ),
        put=Method(
            put,
            "Freeze or move the clock, or return to real time",
            responses.ClockState,
            accepts=requests.ClockDocument,
            examples={
                "freeze": {"now": "2026-01-01T00:00:00Z"},
                "advance": {"advance": 3600},
                "real time": {},
            },
            errors=(400, 404, 413),
        ),
    )


def _reset(reset: Callable[[], Awaitable[None]]) -> ControlRoute:
    async def post(request: Request) -> Response:
        await reset()
        return json_response({"reset": True})

    summary = "Return to the start: the configured accounts, real time, and nothing else"
    return route("/reset", post=Method(post, summary, responses.ResetDocument))


def _accounts(control: TestControl) -> list[ControlRoute]:
    async def get_all(request: Request) -> Response:
        accounts = await control.accounts.all()
        return json_response(
            {"accounts": [control.accounts.to_json(account) for account in accounts]}
        )

    async def post(request: Request) -> Response:
        value = await read_json(request, empty={})
        document = parse_document({} if value is None else value, requests.AccountDocument)
        return json_response(control.accounts.to_json(await control.accounts.create(document)), 201)

    async def get(request: Request) -> Response:
        name = request.path_params["name"]
        account = await control.accounts.get(name)
        if account is None:
            await control.require_account(name)
            raise InvalidInputError(f"there is no account {name!r}", 404)
        return json_response(control.accounts.to_json(account))

    async def delete(request: Request) -> Response:
        await control.delete_account(request.path_params["name"])
        return Response(status_code=204)

    return [
        route(
            "/accounts",
            get=Method(get_all, "All accounts", responses.AccountList),
            post=Method(
                post,
                "Create an account with credentials for every vendor",
                responses.AccountState,
                201,
                accepts=requests.AccountDocument,
                body_required=False,
                examples={
                    "fresh": {},
                    "in arrears": {"name": "poor", "state": "arrears"},
                    "several keys": {
                        "name": "rotated",
                        "keys": {
                            "tencent": [{"state": "disabled"}, {"until": "2027-01-01T00:00:00Z"}]
                        },
                    },
                },
                errors=(400, 409, 413),
            ),
        ),
        route(
            "/accounts/{name}",
            get=Method(get, "One account", responses.AccountState, errors=(404,)),
            delete=Method(
                delete,
                "Delete an account, its faults, answers, quotas and clock",
                status=204,
                errors=(404, 409),
            ),
        ),
    ]


def _quotas(control: TestControl) -> list[ControlRoute]:
    async def get_all(request: Request) -> Response:
        return json_response({"quotas": await control.quotas.all()})

    async def place(request: Request) -> tuple[str, str]:
        account, operation = request.path_params["account"], request.path_params["operation"]
        await control.require_account(account)
        matching_operations(control.vendors, operation)
        return account, operation

    async def get(request: Request) -> Response:
        account, operation = await place(request)
        quota = await control.quotas.get(account, operation)
        if quota is None:
            raise InvalidInputError(f"account {account!r} has no quota for {operation!r}", 404)
        return json_response(quota)

    async def put(request: Request) -> Response:
        account, operation = await place(request)
        document = parse_document(await read_json(request), requests.QuotaDocument)
        return json_response(await control.set_quota(account, operation, document))

    async def delete(request: Request) -> Response:
        account, operation = await place(request)
        if not await control.quotas.delete(account, operation):
            raise InvalidInputError(f"account {account!r} has no quota for {operation!r}", 404)
        return Response(status_code=204)

    return [
        route("/quotas", get=Method(get_all, "All quotas", responses.QuotaList)),
        route(
            "/quotas/{account}/{operation}",
            get=Method(get, "The quota of an account", responses.QuotaState, errors=(404,)),
            put=Method(
                put,
                "Set limits; null removes one",
                responses.QuotaState,
                accepts=requests.QuotaDocument,
                examples={"total": {"left": 3}, "rates": {"per_second": 2, "per_day": 1000}},
                errors=(400, 404, 413),
            ),
            delete=Method(delete, "Remove all limits", status=204, errors=(404,)),
        ),
    ]
