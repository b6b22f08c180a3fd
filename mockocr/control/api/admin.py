"""The control routes that steer: accounts, faults, quotas, answers, scenarios, the clock, reset."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control.api import json_http
from mockocr.control.api.scenario import TestControl, read_toml
from mockocr.control.state.accounts import shown
from mockocr.control.state.rule_queue import RuleQueue
from mockocr.control.state.store import Document
from mockocr.control.validation import FieldReader, InvalidInputError, operations


def routes(stage: TestControl, reset: Callable[[], Awaitable[None]]) -> list[Route]:
    """Every route that steers, below the control prefix."""

    async def post_reset(request: Request) -> Response:
        await reset()
        return json_http.response({"reset": True})

    async def post_scenario(request: Request) -> Response:
        raw = await json_http.body(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in ("application/toml", "text/toml", "text/x-toml"):
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                raise InvalidInputError(f"the scenario is not UTF-8: {error}") from None
            return json_http.response(await stage.play(read_toml(text)), 201)
        return json_http.response(await stage.play(json_http.parsed(raw)), 201)

    async def put_clock(request: Request) -> Response:
        return json_http.response(await stage.set_clock(await json_http.document(request)))

    async def get_clock(request: Request) -> Response:
        account = request.query_params.get("account")
        await stage.known(account)
        await stage.clock.refresh(account or "")
        return json_http.response(stage.clock.state(account or ""))

    return [
        *_accounts(stage),
        *_queue(stage, "faults", stage.faults.queue, stage.faults.add),
        *_queue(stage, "answers", stage.answers.queue, stage.answers.add),
        *_quotas(stage),
        json_http.route("/scenario", post=post_scenario),
        json_http.route("/clock", get=get_clock, put=put_clock),
        json_http.route("/reset", post=post_reset),
    ]


def _accounts(stage: TestControl) -> list[Route]:
    async def get_all(request: Request) -> Response:
        return json_http.response({"accounts": [shown(a) for a in await stage.accounts.all()]})

    async def post(request: Request) -> Response:
        made = await stage.accounts.make(await json_http.document(request, empty={}))
        return json_http.response(shown(made), 201)

    async def get(request: Request) -> Response:
        account = await stage.accounts.get(request.path_params["name"])
        await stage.known(request.path_params["name"])
        assert account is not None
        return json_http.response(shown(account))

    async def delete(request: Request) -> Response:
        await stage.remove_account(request.path_params["name"])
        return Response(status_code=204)

    return [
        json_http.route("/accounts", get=get_all, post=post),
        json_http.route("/accounts/{name}", get=get, delete=delete),
    ]


def _queue(
    stage: TestControl, kind: str, queue: RuleQueue, add: Callable[[Any], Awaitable[Document]]
) -> list[Route]:
    async def get_all(request: Request) -> Response:
        return json_http.response({kind: await queue.all()})

    async def post(request: Request) -> Response:
        value = await json_http.document(request)
        if isinstance(value, Mapping):
            await stage.known(value.get("account"))
        return json_http.response(await add(value), 201)

    async def delete_all(request: Request) -> Response:
        account = request.query_params.get("account")
        await stage.known(account)
        await queue.clear(account)
        return Response(status_code=204)

    async def get(request: Request) -> Response:
        order = await queue.get(request.path_params["id"])
        if order is None:
            raise _none(request)
        return json_http.response(order)

    async def delete(request: Request) -> Response:
        if not await queue.drop(request.path_params["id"]):
            raise _none(request)
        return Response(status_code=204)

    def _none(request: Request) -> InvalidInputError:
        return InvalidInputError(
            f"no {kind.rstrip('s')} has the id {request.path_params['id']!r}", 404
        )

    return [
        json_http.route(f"/{kind}", get=get_all, post=post, delete=delete_all),
        json_http.route(f"/{kind}/{{id}}", get=get, delete=delete),
    ]


def _quotas(stage: TestControl) -> list[Route]:
    async def get_all(request: Request) -> Response:
        return json_http.response({"quotas": await stage.quotas.all()})

    async def place(request: Request) -> tuple[str, str]:
        account, operation = request.path_params["account"], request.path_params["operation"]
        await stage.known(account)
        operations(stage.vendors, operation)
        return account, operation

    async def get(request: Request) -> Response:
        account, operation = await place(request)
        quota = await stage.quotas.get(account, operation)
        if quota is None:
            raise InvalidInputError(f"account {account!r} has no quota for {operation!r}", 404)
        return json_http.response(quota)

    async def put(request: Request) -> Response:
        account, operation = await place(request)
        demand = FieldReader(await json_http.document(request), "a quota")
        return json_http.response(await stage.quota(account, operation, demand))

    async def delete(request: Request) -> Response:
        account, operation = await place(request)
        if not await stage.quotas.drop(account, operation):
            raise InvalidInputError(f"account {account!r} has no quota for {operation!r}", 404)
        return Response(status_code=204)

    return [
        json_http.route("/quotas", get=get_all),
        json_http.route("/quotas/{account}/{operation}", get=get, put=put, delete=delete),
    ]
