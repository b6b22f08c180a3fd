"""Builds, signs and sends one request as a real client would."""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Service, Vendor
from mockocr.core.signed_example import curl_line, sign_example
from mockocr.vendors import discover

_INLINE_BYTES = 4096
"""A longer body is written to a file that the curl line names: it is too long for an argument."""


class RequestFailedError(Exception):
    """No answer came. `connected` says whether the server accepted the connection."""

    def __init__(self, sentence: str, *, connected: bool) -> None:
        super().__init__(sentence)
        self.connected = connected


class Answer(msgspec.Struct, frozen=True):
    """A response, and how long it took in seconds."""

    response: Response
    seconds: float

    def json(self) -> Any:
        """The JSON of the body, None if it is not JSON."""
        try:
            return json.loads(self.response.body)
        except ValueError:
            return None


def find(operation_id: str) -> tuple[Vendor, Service, Operation]:
    """The operation with that public id, as in `tencent.general`.

    LookupError with the known ids if there is none.
    """
    known = []
    for vendor in discover():
        for service in vendor.services:
            for operation in service.operations:
                if service.operation_id(operation) == operation_id:
                    return vendor, service, operation
                known.append(service.operation_id(operation))
    raise LookupError(f"unknown operation {operation_id!r}; known: {', '.join(known)}")


def prepare(
    base: str,
    vendor: Vendor,
    service: Service,
    example: RequestExample,
    image: SampleImage,
    values: Mapping[str, str],
    at: datetime | None = None,
) -> Request:
    """The request of an example for the server at `base`, signed with the credential `values`."""
    return sign_example(
        base,
        vendor,
        service,
        example,
        image,
        values,
        at=at or datetime.now(UTC),
        id=secrets.token_hex(16),
        seed=time.time_ns(),
        agent="mockocr",
    )


def send(base: str, request: Request, timeout: float = 60, authority: Path | None = None) -> Answer:
    """Send the request byte for byte. `RequestFailedError` if there is no answer.

    `authority` is a CA certificate to trust beside the system's. `timeout` is in seconds.
    """
    parts = urlsplit(base)
    host = parts.hostname or "127.0.0.1"
    connection = http.client.HTTPConnection(host, parts.port, timeout=timeout)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        if authority is not None:
            context.load_verify_locations(authority)
        connection = http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
    started = time.perf_counter()
    connected = False
    try:
        connection.connect()
        connected = True
        connection.putrequest(
            request.method, request.target, skip_host=True, skip_accept_encoding=True
        )
        for name, value in request.headers:
            connection.putheader(name, value.encode("latin-1"))
        if not request.has_header("content-length") and (request.body or request.method == "POST"):
            connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders(request.body or None)
        received = connection.getresponse()
        body = received.read()
    except (OSError, http.client.HTTPException) as error:
        reason = error or type(error).__name__
        cut = "the connection was closed before the whole answer came: " if connected else ""
        sentence = f"no answer from {base}: {cut}{reason}"
        raise RequestFailedError(sentence, connected=connected) from None
    finally:
        connection.close()
    response = Response(received.status, body, tuple(received.getheaders()))
    return Answer(response, time.perf_counter() - started)


def curl(base: str, request: Request, authority: Path | None = None) -> str:
    """The request as a shell line. A long or binary body is written to a temporary file."""
    trusted = [] if authority is None else ["--cacert", str(authority)]
    return curl_line(base, request, _curl_body(request.body) if request.body else "", trusted)


def _curl_body(body: bytes) -> str:
    if len(body) <= _INLINE_BYTES and body.isascii() and not body.startswith(b"@"):
        text = body.decode("ascii")
        if "\0" not in text:
            return text
    with tempfile.NamedTemporaryFile(prefix="mockocr-body-", delete=False) as file:
        file.write(body)
    return f"@{Path(file.name)}"
