"""Asks a server as a real client would: builds, signs and sends one request per form."""

from __future__ import annotations

import http.client
import importlib
import json
import secrets
import shlex
import ssl
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mockocr.core.form import Form, Shown
from mockocr.core.vendor import Key, Vendor
from mockocr.core.wire import Call, Reply

_INLINE_BYTES = 4096
"""A longer body goes into a file beside the curl line: a shell takes no picture as an argument."""


class NoAnswer(Exception):  # noqa: N818 - it says what did not come
    """The server could not be reached, or closed the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back and how long it took, in seconds."""

    reply: Reply
    seconds: float

    def json(self) -> Any:
        """The body's JSON, None when it holds none."""
        try:
            return json.loads(self.reply.body)
        except ValueError:
            return None


def forms(vendor: Vendor) -> tuple[Form, ...]:
    """Every way to ask that vendor, in the order of its `forms` module."""
    module = importlib.import_module(f"mockocr.vendors.{vendor.name}.forms")
    return tuple(module.FORMS)


def prepare(
    base: str,
    vendor: Vendor,
    form: Form,
    shown: Shown,
    values: Mapping[str, str],
    at: datetime | None = None,
) -> Call:
    """The request that `form` builds, with the server's Host and the caller's credentials in it."""
    call = form.build(shown, values)
    host = urlsplit(base).netloc
    call = call.replaced(
        headers=(("Host", host), ("User-Agent", "mockocr"), *call.headers),
        id=secrets.token_hex(16),
        at=at or datetime.now(UTC),
        seed=time.time_ns(),
        scheme=urlsplit(base).scheme,
    )
    return vendor.sign(call, Key(vendor.name, values))


def send(base: str, call: Call, timeout: float = 60, authority: Path | None = None) -> Answer:
    """Send the call as it stands, byte for byte; `NoAnswer` when nothing comes back.

    `authority` is a certificate to trust beside the system's.
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
    try:
        connection.putrequest(call.method, call.target, skip_host=True, skip_accept_encoding=True)
        for name, value in call.headers:
            connection.putheader(name, value.encode("latin-1"))
        if not call.has_header("content-length") and (call.body or call.method == "POST"):
            connection.putheader("Content-Length", str(len(call.body)))
        connection.endheaders(call.body or None)
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(f"{base} gave no answer: {error or type(error).__name__}") from None
    finally:
        connection.close()
    reply = Reply(response.status, body, tuple(response.getheaders()))
    return Answer(reply, time.perf_counter() - started)


def curl(base: str, call: Call, authority: Path | None = None) -> str:
    """The call as a line for the shell; a long or binary body is written to a temporary file."""
    words = ["curl", "-sS", "-X", call.method, base.rstrip("/") + call.target]
    if authority is not None:
        words += ["--cacert", str(authority)]
    names = {name.lower() for name, _ in call.headers}
    for name, value in call.headers:
        if name.lower() != "host" or value != urlsplit(base).netloc:
            words += ["-H", f"{name}: {value}"]
    for name in ("Accept", "Content-Type"):  # what curl adds by itself could break a signature
        if name.lower() not in names:
            words += ["-H", f"{name}:"]
    if call.body:
        words += ["--data-binary", _curl_body(call.body)]
    return shlex.join(words)


def _curl_body(body: bytes) -> str:
    if len(body) <= _INLINE_BYTES and body.isascii() and not body.startswith(b"@"):
        text = body.decode("ascii")
        if "\0" not in text:
            return text
    with tempfile.NamedTemporaryFile(prefix="mockocr-body-", delete=False) as file:
        file.write(body)
    return f"@{Path(file.name)}"
