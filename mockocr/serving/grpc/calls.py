"""Answers one gRPC call: as a request to the app, and with the app's response as a message."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import grpc
from starlette.types import ASGIApp, Message

from mockocr.core.grpc import GrpcMethod, GrpcService, GrpcStatus
from mockocr.core.http import Response, dump_json, load_json
from mockocr.core.service import Service
from mockocr.serving.grpc.codec import Codec, MalformedMessageError

_HTTP_STATUS = {
    400: grpc.StatusCode.INTERNAL,
    401: grpc.StatusCode.UNAUTHENTICATED,
    403: grpc.StatusCode.PERMISSION_DENIED,
    404: grpc.StatusCode.UNIMPLEMENTED,
    429: grpc.StatusCode.UNAVAILABLE,
    502: grpc.StatusCode.UNAVAILABLE,
    503: grpc.StatusCode.UNAVAILABLE,
    504: grpc.StatusCode.UNAVAILABLE,
}
"""For responses that are not of the vendor's form. doc: gRPC, http-grpc-status-mapping.md."""
_CODES = {code.value[0]: code for code in grpc.StatusCode}
_DETAILS = "grpc-status-details-bin"
_REQUEST_ID = "x-mockocr-request"
_OWN = frozenset({"content-type", "te", "host", "content-length", "accept-encoding"})
"""Metadata that says something about the gRPC message, and nothing about the request."""

Metadata = Sequence[tuple[str, str | bytes]]


class Calls:
    """Handles the calls of all services. An unknown one reaches the app under `/grpc/`, where no
    operation of HTTP and no control route has its path.
    """

    def __init__(self, services: Sequence[Service], app: ASGIApp) -> None:
        self._app = app
        self._services = [(service, service.grpc) for service in services if service.grpc]
        self._codecs: dict[str, Codec] = {}

    def service(self, handler_call_details: Any) -> Any:
        """The handler of the method that the call names."""
        name = handler_call_details.method.lstrip("/")
        for service, calls in self._services:
            if name in calls.methods:
                method = calls.methods[name]
                return grpc.unary_unary_rpc_method_handler(self._handler(service, calls, method))
        return grpc.unary_unary_rpc_method_handler(self._unknown(name))

    def _handler(
        self, service: Service, calls: GrpcService, method: GrpcMethod
    ) -> Callable[[bytes, Any], Awaitable[bytes]]:
        async def handle(data: bytes, context: Any) -> bytes:
            codec = self._codec(service, calls)
            body, path = data, method.path({})
            with contextlib.suppress(MalformedMessageError):  # the service refuses the bytes
                document = codec.to_json(method.request, data)
                path = method.path(document)
                body = dump_json(document) if method.http == "POST" else b""
            host = service.hosts[0]
            response = await self._respond(method.http, path, host, body, context)
            if response.status == 200:
                try:
                    return codec.to_bytes(method.response, load_json(response.body))
                except (MalformedMessageError, ValueError) as error:
                    # a fault that breaks the body, or a response that the table does not know
                    status = GrpcStatus(grpc.StatusCode.INTERNAL.value[0], str(error))
                    await _abort(status, b"", context)
            status = calls.status(response) or _by_http(response)
            await _abort(status, codec.status_details(status), context)
            return b""

        return handle

    def _unknown(self, name: str) -> Callable[[bytes, Any], Awaitable[bytes]]:
        async def handle(data: bytes, context: Any) -> bytes:
            host = self._services[0][0].hosts[0]
            response = await self._respond("POST", f"/grpc/{name}", host, data, context)
            await _abort(_by_http(response), b"", context)
            return b""

        return handle

    def _codec(self, service: Service, calls: GrpcService) -> Codec:
        if service.title not in self._codecs:
            self._codecs[service.title] = Codec(calls.types())
        return self._codecs[service.title]

    async def _respond(
        self, method: str, path: str, host: str, body: bytes, context: Any
    ) -> Response:
        headers = [("host", host), *_headers(context.invocation_metadata() or ())]
        if body:
            headers += [("content-type", "application/json"), ("content-length", str(len(body)))]
        scope = _scope(method, path, headers, context.peer())
        incoming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[Message] = []

        async def receive() -> Message:
            return incoming.pop(0) if incoming else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            await self._app(scope, receive, send)
        except ConnectionResetError:  # a fault that breaks the connection
            await context.abort(grpc.StatusCode.UNAVAILABLE, "Connection reset by peer")
        start: Mapping[str, Any] = next(m for m in sent if m["type"] == "http.response.start")
        content = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
        found = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in start["headers"])
        response = Response(start["status"], content, found)
        context.set_trailing_metadata(((_REQUEST_ID, response.header(_REQUEST_ID)),))
        return response


async def _abort(status: GrpcStatus, details: bytes, context: Any) -> None:
    trailers: list[tuple[str, str | bytes]] = [*(context.trailing_metadata() or ())]
    if details:
        trailers.append((_DETAILS, details))
    code = _CODES.get(status.code, grpc.StatusCode.UNKNOWN)
    await context.abort(code, status.message, tuple(trailers))


def _by_http(response: Response) -> GrpcStatus:
    code = _HTTP_STATUS.get(response.status, grpc.StatusCode.UNKNOWN)
    return GrpcStatus(code.value[0], f"Received http2 header with status: {response.status}")


def _headers(metadata: Metadata) -> list[tuple[str, str]]:
    return [
        (name, value if isinstance(value, str) else value.decode("latin-1"))
        for name, value in metadata
        if name.lower() not in _OWN and not name.lower().endswith("-bin")
    ]


def _scope(method: str, path: str, headers: Sequence[tuple[str, str]], peer: str) -> dict[str, Any]:
    """An ASGI scope for the request; `peer` is as gRPC writes it, `ipv4:127.0.0.1:50000`."""
    address, _, port = peer.partition(":")[2].rpartition(":")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "2",
        "method": method,
        "scheme": "grpc",
        "path": path,
        "raw_path": path.encode("utf-8"),
        "query_string": b"",
        "root_path": "",
        "headers": [(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in headers],
        "client": (address, int(port)) if port.isdigit() else None,
        "server": ("", 0),
    }
