"""The control routes that steer: accounts, faults, quotas, answers, scenarios, the clock, reset."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockocr.control import http
from mockocr.control.accounts import shown
from mockocr.control.demand import Demand, Mistake, operations
from mockocr.control.queue import Queue
from mockocr.control.scenario import Stage, read_toml
from mockocr.control.store import Document


def routes(stage: Stage, reset: Callable[[], Awaitable[None]]) -> list[Route]:
    """Every route that steers, below the control prefix."""

    async def post_reset(request: Request) -> Response:
        await reset()
        return http.reply({"reset": True})

    async def post_scenario(request: Request) -> Response:
        raw = await http.body(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in ("application/toml", "text/toml", "text/x-toml"):
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Mistake(f"the scenario is not UTF-8: {error}") from None
            return http.reply(await stage.play(read_toml(text)), 201)
        return http.reply(await stage.play(http.parsed(raw)), 201)

    async def put_clock(request: Request) -> Response:
        return http.reply(await stage.set_clock(await http.document(request)))

    async def get_clock(request: Request) -> Response:
        account = request.query_params.get("account")
        await stage.known(account)
        await stage.clock.refresh(account or "")
        return http.reply(stage.clock.state(account or ""))

    return [
        *_accounts(stage),
        *_queue(stage, "faults", stage.faults.queue, stage.faults.add),
        *_queue(stage, "answers", stage.answers.queue, stage.answers.add),
        *_quotas(stage),
        http.route("/scenario", post=post_scenario),
        http.route("/clock", get=get_clock, put=put_clock),
        http.route("/reset", post=post_reset),
    ]


def _accounts(stage: Stage) -> list[Route]:
    async def get_all(request: Request) -> Response:
        return http.reply({"accounts": [shown(a) for a in await stage.accounts.all()]})

    async def post(request: Request) -> Response:
        made = await stage.accounts.make(await http.document(request, empty={}))
        return http.reply(shown(made), 201)

    async def get(request: Request) -> Response:
        account = await stage.accounts.get(request.path_params["name"])
        await stage.known(request.path_params["name"])
        assert account is not None
        return http.reply(shown(account))

    async def delete(request: Request) -> Response:
        await stage.remove_account(request.path_params["name"])
        return Response(status_code=204)

    return [
        http.route("/accounts", get=get_all, post=post),
        http.route("/accounts/{name}", get=get, delete=delete),
    ]


def _queue(
    stage: Stage, kind: str, queue: Queue, add: Callable[[Any], Awaitable[Document]]
) -> list[Route]:
    async def get_all(request: Request) -> Response:
        return http.reply({kind: await queue.all()})

    async def post(request: Request) -> Response:
        value = await http.document(request)
        if isinstance(value, Mapping):
            await stage.known(value.get("account"))
        return http.reply(await add(value), 201)

    async def delete_all(request: Request) -> Response:
        account = request.query_params.get("account")
        await stage.known(account)
        await queue.clear(account)
        return Response(status_code=204)

    async def get(request: Request) -> Response:
        order = await queue.get(request.path_params["id"])
        if order is None:
            raise _none(request)
        return http.reply(order)

    async def delete(request: Request) -> Response:
        if not await queue.drop(request.path_params["id"]):
            raise _none(request)
        return Response(status_code=204)

    def _none(request: Request) -> Mistake:
        return Mistake(f"no {kind.rstrip('s')} has the id {request.path_params['id']!r}", 404)

    return [
        http.route(f"/{kind}", get=get_all, post=post, delete=delete_all),
        http.route(f"/{kind}/{{id}}", get=get, delete=delete),
    ]


def _quotas(stage: Stage) -> list[Route]:
    async def get_all(request: Request) -> Response:
        return http.reply({"quotas": await stage.quotas.all()})

    async def place(request: Request) -> tuple[str, str]:
        account, operation = request.path_params["account"], request.path_params["operation"]
        await stage.known(account)
        operations(stage.vendors, operation)
        return account, operation

    async def get(request: Request) -> Response:
        account, operation = await place(request)
        quota = await stage.quotas.get(account, operation)
        if quota is None:
            raise Mistake(f"account {account!r} has no quota for {operation!r}", 404)
        return http.reply(quota)

    async def put(request: Request) -> Response:
        account, operation = await place(request)
        demand = Demand(await http.document(request), "a quota")
        return http.reply(await stage.quota(account, operation, demand))

    async def delete(request: Request) -> Response:
        account, operation = await place(request)
        if not await stage.quotas.drop(account, operation):
            raise Mistake(f"account {account!r} has no quota for {operation!r}", 404)
        return Response(status_code=204)

    return [
        http.route("/quotas", get=get_all),
        http.route("/quotas/{account}/{operation}", get=get, put=put, delete=delete),
    ]
