"""Links the recordings of a job: the id that a start hands out stands in later requests for it.

A key cannot hold the id, which is another one each time. In its place it holds the name of the
recording in which the start was answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.recordings import json_form
from mockocr.recordings.json_form import Number
from mockocr.recordings.request_fields import leaves
from mockocr.serving.routing import path_params


def named_by(service: Service, request: Request) -> str:
    """The id of the job that a request asks for, in its path or in its JSON; empty if none."""
    recorded = service.recorded
    if not recorded.jobs:
        return ""
    for name, value in request.params.items():
        if recorded.is_job(f"{{{name}}}"):
            return value
    if request.body.lstrip()[:1] != b"{":
        return ""
    try:
        return next(_ids(recorded, request.json()), "")
    except (ApiError, RecursionError):
        return ""


def named_in(service: Service, operation: Operation, request: Request) -> str:
    """The id of the job that a recorded request asks for: its path may have the prefix of the
    namespace, and its parameters are not known yet.
    """
    path = request.target.partition("?")[0]
    paths = (path, path.removeprefix(f"/{service.namespace}"))
    params = next((found for p in paths if (found := path_params(operation, p))), {})
    return named_by(service, request.replaced(params=params))


def asks_for_page(service: Service, request: Request) -> bool:
    """True if a request asks for a later page of a result, by the token of the one before."""
    if not service.recorded.page_tokens or request.body.lstrip()[:1] != b"{":
        return False
    try:
        return any(service.recorded.is_page_token(f.name) for f in leaves(request.json()))
    except (ApiError, RecursionError):
        return False


def handed_out(service: Service, response: Response) -> str:
    """The id of the job that a response is about; empty if none."""
    recorded = service.recorded
    for name, value in response.headers:
        if recorded.is_job(name) and value:
            return id_of(value)
    try:
        return next(_ids(recorded, json_form.load(response.body.decode())), "")
    except (ValueError, RecursionError):
        return ""


def id_of(value: str) -> str:
    """The id in a value that may be a URL or the name of a resource: the last part of its path."""
    return unquote(urlsplit(value).path.rpartition("/")[2])


def with_job(
    service: Service, request: Request, response: Response, old: str, new: str
) -> Response:
    """The response with another id of its job, and with addresses at the server that was asked."""
    recorded = service.recorded

    def changed(value: str) -> str:
        return _at_own_server(request, value.replace(old, new) if old else value)

    def change(name: str, path: str, value: Any) -> Any:
        plain = isinstance(value, str) and not isinstance(value, Number)
        return changed(value) if plain and recorded.is_job(name) else value

    headers = tuple(
        (name, changed(value) if recorded.is_job(name) else value)
        for name, value in response.headers
    )
    return response.replaced(headers=headers, body=json_form.changed_body(response.body, change))


def asking_for(request: Request, old: str, new: str) -> Request:
    """The request with the id of another job in its path and its JSON."""
    if not old:
        return request
    target = request.target.replace(old, new)
    return request.replaced(
        target=target, path=request.path.replace(old, new), query=target.partition("?")[2]
    ).with_body(request.body.replace(old.encode(), new.encode()))


def _ids(recorded: RecordedFields, value: Any) -> Iterator[str]:
    for field in leaves(value):
        if recorded.is_job(field.name) and isinstance(field.value, str) and field.value:
            yield id_of(field.value)


def _at_own_server(request: Request, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https"):
        return value
    scheme = request.header("x-forwarded-proto") or request.scheme
    host = request.header("x-forwarded-host") or request.host
    query = f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{host}{request.prefix}{parts.path}{query}"
