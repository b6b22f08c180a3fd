"""The response models of the official Python SDKs, and how the SDKs read a response."""

from __future__ import annotations

import inspect
import json
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import requests
from huaweicloudsdkcore.client import Client
from huaweicloudsdkcore.exceptions.exception_handler import DefaultExceptionHandler
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkcore.utils.http_utils import sanitize_for_serialization
from huaweicloudsdkiam.v3 import model as identity
from huaweicloudsdkocr.v1 import model as recognition
from tencentcloud.common.abstract_client import AbstractClient
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.ocr.v20181119 import models as tencent

from tests.asgi import Answer

PRIMITIVES: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "integer": (int,),
    "float": (int, float),
    "bool": (bool,),
    "object": (object,),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an SDK's model: its name on the wire and its type (as in `list of str`). `header`
    is true if the SDK reads it from the response's headers.
    """

    model: str
    name: str
    type: str
    header: bool = False

    @property
    def full(self) -> str:
        return f"{self.model}.{self.name}"


class Sdk(Protocol):
    """One vendor's SDK, which tells how a real client reads a response."""

    def response(self, operation: str) -> type | None:
        """The model of the operation's response, None if the SDK has none."""

    def fields(self, model: type) -> list[Field]: ...

    def model(self, name: str) -> type: ...

    def document(self, answer: Answer) -> Any:
        """The part of the body that the model describes."""

    def read(self, answer: Answer, model: type) -> Any:
        """The body after the SDK has read it, as JSON."""

    def refusal(self, answer: Answer) -> tuple[str, str] | None:
        """Code and message of the exception that the SDK raises, None if it raises none."""


def response_of(answer: Answer) -> requests.Response:
    made = requests.Response()
    made.status_code = answer.status
    made.headers.update(dict(answer.headers))
    made._content = answer.body
    made.encoding = "utf-8"
    return made


IDENTITY = {
    "token": "KeystoneCreateUserTokenByPasswordResponse",
    "projects": "KeystoneListProjectsResponse",
}
"""Operations of the identity service, whose models are in another package."""


class Huawei:
    """huaweicloudsdkocr and huaweicloudsdkiam: each model has a table of types."""

    def response(self, operation: str) -> type | None:
        name = "".join(part.capitalize() for part in operation.split("_"))
        return getattr(identity, IDENTITY.get(operation, ""), None) or getattr(
            recognition, f"Recognize{name}Response", None
        )

    def model(self, name: str) -> type:
        found: type = getattr(recognition, name, None) or getattr(identity, name)
        return found

    def fields(self, model: Any) -> list[Field]:
        return [
            Field(model.__name__, wire, _of(model.openapi_types[name]), wire.startswith("X-"))
            for name, wire in model.attribute_map.items()
        ]

    def document(self, answer: Answer) -> Any:
        return answer.json

    def read(self, answer: Answer, model: Any) -> Any:
        client = Client()
        client.model_package = sys.modules[model.__module__.rpartition(".")[0]]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            held = client.deserialize(response_of(answer), model.__name__, None)
        return json.loads(json.dumps(sanitize_for_serialization(held), default=float))  # Decimal

    def refusal(self, answer: Answer) -> tuple[str, str] | None:
        try:
            DefaultExceptionHandler().handle_exception(None, response_of(answer))
        except ServiceResponseException as error:
            return str(error.error_code), error.error_msg
        return None


class Tencent:
    """tencentcloud-sdk-python-ocr: each model's docstring has the types."""

    def response(self, operation: str) -> type | None:
        plain = operation.replace("_", "")
        wanted = {f"{plain}ocrresponse", f"{plain}response"}
        found = [name for name in vars(tencent) if name.lower() in wanted]
        return getattr(tencent, found[0]) if found else None

    def model(self, name: str) -> type:
        found: type = getattr(tencent, name)
        return found

    def fields(self, model: type) -> list[Field]:
        written = re.findall(r":type (\w+): (.*)", inspect.getdoc(vars(model)["__init__"]) or "")
        return [Field(model.__name__, name, kind.strip()) for name, kind in written]

    def document(self, answer: Answer) -> Any:
        return answer.json["Response"]

    def read(self, answer: Answer, model: type) -> Any:
        held = model()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # of a VAT invoice, in every real answer, and unknown to the SDK
            warnings.filterwarnings("ignore", "SubType fileds are useless")
            held._deserialize(self.document(answer))
        return held._serialize()

    def refusal(self, answer: Answer) -> tuple[str, str] | None:
        try:
            AbstractClient._check_error(_Quiet(), response_of(answer))
        except TencentCloudSDKException as error:
            return error.code, error.message
        return None


class _Quiet(AbstractClient):  # type: ignore[misc]  # the SDK has no types
    """A client without an address, used only to read responses."""

    def __init__(self) -> None:
        """Skip the SDK's own initialisation."""


SDKS: Mapping[str, Sdk] = {"huawei": Huawei(), "tencent_cloud": Tencent()}


def complaints(sdk: Sdk, model: type, value: Any, seen: set[str]) -> Iterator[str]:
    """One sentence for each part of the value that is not in the model or has another type.

    Adds the full names of the value's fields to `seen`.
    """
    name = model.__name__
    if not isinstance(value, dict):
        yield f"{name} is an object, not {value!r}"
        return
    known = {field.name: field for field in sdk.fields(model)}
    for key, inner in value.items():
        if key not in known:
            yield f"{name} knows no {key}"
            continue
        seen.add(known[key].full)
        yield from _typed(sdk, known[key].full, known[key].type, inner, seen)


def _typed(sdk: Sdk, place: str, kind: str, value: Any, seen: set[str]) -> Iterator[str]:
    if value is None:  # SDKs have None for a missing field
        return
    if kind.startswith("list of "):
        if not isinstance(value, list):
            yield f"{place} is a list, not {value!r}"
            return
        for item in value:
            yield from _typed(sdk, place, kind.removeprefix("list of "), item, seen)
    elif kind in PRIMITIVES:
        wrong_bool = isinstance(value, bool) and bool not in PRIMITIVES[kind]
        if not isinstance(value, PRIMITIVES[kind]) or wrong_bool:
            yield f"{place} is {kind}, not {value!r}"
    else:
        yield from complaints(sdk, sdk.model(_plain(kind)), value, seen)


def all_fields(sdk: Sdk, model: type, done: set[str]) -> Iterator[Field]:
    """The fields of the model and of all models in it; those in `done` are skipped."""
    if model.__name__ in done:
        return
    done.add(model.__name__)
    for field in sdk.fields(model):
        yield field
        inner = _plain(field.type.replace("list of ", ""))
        if inner not in PRIMITIVES:
            yield from all_fields(sdk, sdk.model(inner), done)


def without_nulls(value: Any) -> Any:
    """The value without null fields, which the SDKs drop."""
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def _of(kind: str) -> str:
    """`list[list[int]]` in the notation of the other SDK."""
    match = re.fullmatch(r"list\[(.*)\]", kind)
    return f"list of {_of(match.group(1))}" if match else kind


def _plain(kind: str) -> str:
    return kind.strip(":`").rpartition(".")[2]
