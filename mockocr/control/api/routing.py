"""A control route together with its description, from which the OpenAPI document is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

JSON, TOML = "application/json", "application/toml"

Handle = Callable[[Request], Awaitable[Response]]


class Parameter(msgspec.Struct, frozen=True):
    """A query parameter; `kind` is the type of its value."""

    name: str
    help: str
    kind: type = str


class Method(msgspec.Struct, frozen=True):
    """One method of a route.

    `accepts` is the type of the request document and `examples` are such documents by name;
    `body_types` are its media types, and `body_required` is False if the body may be empty.
    `returns` is the type of the response document (None: no content, or not JSON), of media type
    `media_type`. `errors` are the statuses of errors that depend on the request, `other` the types
    of documents with further statuses.
    """

    handle: Handle
    summary: str
    returns: Any = None
    status: int = 200
    media_type: str = JSON
    accepts: Any = None
    body_types: tuple[str, ...] = (JSON,)
    body_required: bool = True
    examples: Mapping[str, Any] = msgspec.field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = ()
    other: Mapping[int, Any] = msgspec.field(default_factory=dict)


class ControlRoute(Route):
    """A Starlette route that dispatches by HTTP method; `by_method` is for the description."""

    def __init__(self, path: str, by_method: Mapping[str, Method]) -> None:
        async def dispatch(request: Request) -> Response:
            name = "GET" if request.method == "HEAD" else request.method
            return await by_method[name].handle(request)

        super().__init__(path, dispatch, methods=list(by_method))
        self.by_method = by_method


def route(path: str, **methods: Method) -> ControlRoute:
    """A route with methods by their lower-case names: `get`, `post`, `put`, `delete`."""
    return ControlRoute(path, {name.upper(): method for name, method in methods.items()})
