"""The OpenAPI 3.1 description of the control API, made from its routes and document types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mockocr import __version__
from mockocr.control.api.json_http import PREFIX, json_response
from mockocr.control.api.routing import JSON, ControlRoute, Method, Parameter, route
from mockocr.control.documents.responses import ErrorDocument

_REF = "#/components/schemas/{name}"
_PATH_PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")
_STATUSES: Mapping[int, str] = {
    200: "Success.",
    201: "Created.",
    204: "Done; no content.",
    400: "The request is wrong.",
    404: "It does not exist.",
    409: "It conflicts with what exists.",
    413: "The body is too large.",
    429: "Too many clients.",
    501: "A library or a font is missing.",
    503: "Recognition does not work.",
}


def with_description(routes: Iterable[ControlRoute]) -> list[ControlRoute]:
    """The routes and `/openapi.json`, which describes them and itself."""

    async def get(request: Request) -> Response:
        return json_response(describe(every))

    summary = "This API as an OpenAPI 3.1 document"
    every = [*routes, route("/openapi.json", get=Method(get, summary, dict[str, Any]))]
    return every


def describe(routes: Sequence[ControlRoute]) -> dict[str, Any]:
    """The OpenAPI document of these routes."""
    schemas = _Schemas(routes)
    paths: dict[str, Any] = {}
    for each in routes:
        path = PREFIX + _PATH_PARAMETER.sub(r"{\1}", each.path)
        paths[path] = {
            name.lower(): _operation(each.path, method, schemas)
            for name, method in each.by_method.items()
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mockocr control API",
            "version": __version__,
            "description": "Controls a mockocr server, and shows the requests that it got.",
        },
        "paths": paths,
        "components": {"schemas": schemas.components},
    }


class _Schemas:
    """The JSON schemas of every document type, shared as components."""

    def __init__(self, routes: Iterable[ControlRoute]) -> None:
        kinds: list[Any] = [ErrorDocument]
        for each in routes:
            for method in each.by_method.values():
                kinds += [method.accepts, method.returns, *method.other.values()]
                kinds += [parameter.kind for parameter in method.parameters]
        self._kinds = [kind for kind in kinds if kind is not None]
        schemas, self.components = msgspec.json.schema_components(self._kinds, ref_template=_REF)
        self._schemas = schemas

    def of(self, kind: Any) -> dict[str, Any]:
        return self._schemas[self._kinds.index(kind)]


def _operation(path: str, method: Method, schemas: _Schemas) -> dict[str, Any]:
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string"},
        }
        for name, kind in _PATH_PARAMETER.findall(path)
    ]
    parameters += [_query(parameter, schemas) for parameter in method.parameters]
    operation: dict[str, Any] = {"summary": method.summary, "parameters": parameters}
    if method.accepts is not None:
        content: dict[str, Any] = {"schema": schemas.of(method.accepts)}
        if method.examples:
            content["examples"] = {
                name: {"value": value} for name, value in method.examples.items()
            }
        operation["requestBody"] = {
            "required": method.body_required,
            "content": dict.fromkeys(method.body_types, content),
        }
    operation["responses"] = _responses(method, schemas)
    return operation


def _query(parameter: Parameter, schemas: _Schemas) -> dict[str, Any]:
    schema = schemas.of(parameter.kind)
    help = parameter.help
    return {"name": parameter.name, "in": "query", "description": help, "schema": schema}


def _responses(method: Method, schemas: _Schemas) -> dict[str, Any]:
    success: dict[str, Any] = {"description": _STATUSES[method.status]}
    if method.returns is not None:
        success["content"] = {JSON: {"schema": schemas.of(method.returns)}}
    elif method.status != 204:
        success["content"] = {method.media_type: {}}
    error = {JSON: {"schema": schemas.of(ErrorDocument)}}
    found = {str(method.status): success}
    for status in method.errors:
        found[str(status)] = {"description": _STATUSES[status], "content": error}
    for status, kind in method.other.items():
        content = {JSON: {"schema": schemas.of(kind)}}
        found[str(status)] = {"description": _STATUSES[status], "content": content}
    description = "Any other error, for example 503 if the store is unavailable."
    found["default"] = {"description": description, "content": error}
    return found
