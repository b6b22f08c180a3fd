"""resource_info, document_models, document_model: what a resource and its models are."""

from __future__ import annotations

from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.azure.document_intelligence.analysis import find_model
from mockocr.vendors.azure.document_intelligence.versions import (
    MODELS,
    V3,
    Model,
    api_version,
    surface,
)
from mockocr.vendors.azure.headers import JSON, service_headers
from mockocr.vendors.azure.paths import doubled

_CREATED = "2024-11-30T00:00:00Z"
"""When the models of the version were made. guess: the version's own date."""


async def _info(request: Request, principal: Principal, context: Context) -> Response:
    """No custom models. spec: GetResourceDetails; guess for the limit."""
    api_version(request)
    return _answer(request, {"customDocumentModels": {"count": 0, "limit": 20000}})


async def _list(request: Request, principal: Principal, context: Context) -> Response:
    """The models that are read here."""
    version = api_version(request)
    old = surface(request) == V3
    models = [model for model in MODELS.values() if old or not model.only_v3]
    return _answer(request, {"value": [_summary(model, version) for model in models]})


async def _get(request: Request, principal: Principal, context: Context) -> Response:
    """One model; the fields of its documents are not listed."""
    version = api_version(request)
    return _answer(request, _summary(find_model(request), version))


def _summary(model: Model, version: str) -> dict[str, Any]:
    return {
        "modelId": model.name,
        "description": model.description,
        "createdDateTime": _CREATED,
        "apiVersion": version,
    }


def _answer(request: Request, value: dict[str, Any]) -> Response:
    return Response.of_json(value, content_type=JSON, headers=service_headers(request))


INFO = Operation(
    name="resource_info",
    methods=("GET",),
    path="/documentintelligence/info",
    aliases=doubled("/documentintelligence/info", "/formrecognizer/info"),
    source="Miscellaneous - Get Resource Details, REST reference 2024-11-30",
    run=_info,
    free=True,
)
LIST = Operation(
    name="document_models",
    methods=("GET",),
    path="/documentintelligence/documentModels",
    aliases=doubled("/documentintelligence/documentModels", "/formrecognizer/documentModels"),
    source="Document Models - List Models, REST reference 2024-11-30",
    run=_list,
    free=True,
)
GET = Operation(
    name="document_model",
    methods=("GET",),
    path="/documentintelligence/documentModels/{model}",
    aliases=doubled(
        "/documentintelligence/documentModels/{model}", "/formrecognizer/documentModels/{model}"
    ),
    source="Document Models - Get Model, REST reference 2024-11-30",
    run=_get,
    free=True,
)
