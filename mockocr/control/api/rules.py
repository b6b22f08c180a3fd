"""The control routes for the rules that apply to requests: faults and scripted answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from mockocr.control.api.json_http import json_response, read_json
from mockocr.control.api.routing import ControlRoute, Method, Parameter, route
from mockocr.control.api.scenario import TestControl
from mockocr.control.documents import requests, responses
from mockocr.control.documents.answers import AnswerDocument
from mockocr.control.faults.fault_spec import KINDS, SYNTAX
from mockocr.control.state.rule_queue import RuleQueue
from mockocr.control.state.store import Document
from mockocr.control.validation import InvalidInputError, parse_document

D = TypeVar("D", bound=requests.RuleDocument)

OF_ACCOUNT = Parameter("account", "Only those of this account.")


def routes(control: TestControl) -> list[ControlRoute]:
    """The routes, without the control prefix."""
    return [*_faults(control), *_answers(control)]


def _faults(control: TestControl) -> list[ControlRoute]:
    post = Method(
        _post_rule(control, requests.FaultDocument, control.faults.add),
        f"Queue a fault: {SYNTAX}; several are joined by commas",
        responses.FaultState,
        201,
        accepts=requests.FaultDocument,
        examples={
            "error": {
                "operation": "tencent.general",
                "fault": "error=-9003",
                "times": 1,
                "after": 0,
                "account": None,
            },
            "slow network": {"fault": "delay=lognormal:0.2:0.5, drip=2000", "times": None},
        },
        errors=(400, 404, 413),
    )
    kinds = responses.FaultList, responses.FaultState
    described = [
        {"name": k.name, "syntax": k.syntax, "help": k.help, "examples": k.examples}
        for k in KINDS.values()
    ]
    return _queue(control, "faults", control.faults.queue, post, *kinds, {"kinds": described})


def _answers(control: TestControl) -> list[ControlRoute]:
    post = Method(
        _post_rule(control, AnswerDocument, control.answers.add),
        "Queue what is read in place of recognition",
        responses.AnswerState,
        201,
        accepts=AnswerDocument,
        examples={
            "lines of text": {"operation": "*", "lines": ["发票 Invoice 2026", "合计 12.50"]},
            "lines with boxes": {
                "lines": [{"text": "a", "box": [10, 20, 80, 30], "confidence": 0.42}],
                "times": None,
                "image_sha256": "0" * 64,
            },
            "fields of a card": {
                "kind": "id_card_front",
                "fields": {"name": "张三", "sex": "男", "birth": "1990-01-02"},
                "warnings": ["copy"],
            },
        },
        errors=(400, 404, 413),
    )
    kinds = responses.AnswerList, responses.AnswerState
    return _queue(control, "answers", control.answers.queue, post, *kinds)


def _post_rule(
    control: TestControl, kind: type[D], add: Callable[[D], Awaitable[Document]]
) -> Callable[[Request], Awaitable[Response]]:
    async def post(request: Request) -> Response:
        document = parse_document(await read_json(request), kind)
        await control.require_account(document.account)
        return json_response(await add(document), 201)

    return post


def _queue(
    control: TestControl,
    name: str,
    queue: RuleQueue,
    post: Method,
    many: Any,
    one: Any,
    besides: Mapping[str, Any] = MappingProxyType({}),
) -> list[ControlRoute]:
    async def get_all(request: Request) -> Response:
        return json_response({name: await queue.all(), **besides})

    async def delete_all(request: Request) -> Response:
        account = request.query_params.get("account")
        await control.require_account(account)
        await queue.delete_all(account)
        return Response(status_code=204)

    async def get(request: Request) -> Response:
        rule = await queue.get(request.path_params["id"])
        if rule is None:
            raise unknown(request)
        return json_response(rule)

    async def delete(request: Request) -> Response:
        if not await queue.delete(request.path_params["id"]):
            raise unknown(request)
        return Response(status_code=204)

    single = name.removesuffix("s")

    def unknown(request: Request) -> InvalidInputError:
        return InvalidInputError(f"no {single} has the id {request.path_params['id']!r}", 404)

    return [
        route(
            f"/{name}",
            get=Method(get_all, f"All {name} that are queued", many),
            post=post,
            delete=Method(
                delete_all,
                f"Delete all {name}",
                status=204,
                parameters=(OF_ACCOUNT,),
                errors=(404,),
            ),
        ),
        route(
            f"/{name}/{{id}}",
            get=Method(get, f"One of the {name}", one, errors=(404,)),
            delete=Method(delete, f"Delete one of the {name}", status=204, errors=(404,)),
        ),
    ]
