"""The gRPC form of a service: which calls become which requests, and the types of the messages.

A call becomes the HTTP request that means the same, so that everything around an operation (faults,
quotas, the journal) is the same for both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.http import Response


class Field(msgspec.Struct, frozen=True):
    """One field of a message; `type` is a scalar, `map` (of strings), a message or an enum."""

    name: str
    number: int
    type: str
    repeated: bool


class MessageTypes(msgspec.Struct, frozen=True):
    """All messages and enums by name; names without a known package are of `package`."""

    package: str
    messages: Mapping[str, Mapping[str, Field]]
    enums: Mapping[str, Mapping[str, int]]


class GrpcMethod(msgspec.Struct, frozen=True):
    """One call: `path` returns the path of the HTTP request from the request message in JSON;
    `request` and `response` are message names. A `GET` has no body.
    """

    path: Callable[[Mapping[str, Any]], str]
    request: str
    response: str
    http: str = "POST"


class GrpcStatus(msgspec.Struct, frozen=True):
    """How a call fails: the number of gRPC's status code, and details as messages in JSON."""

    code: int
    message: str
    details: Sequence[Mapping[str, Any]] = msgspec.field(default_factory=tuple)


class GrpcService(msgspec.Struct, frozen=True):
    """The calls of a service.

    `methods` are by full name, as in `google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages`.
    `types` returns the messages' types. `status` reads a response that refuses, and returns None
    for one that is not of the vendor's form.
    """

    methods: Mapping[str, GrpcMethod]
    types: Callable[[], MessageTypes]
    status: Callable[[Response], GrpcStatus | None]
