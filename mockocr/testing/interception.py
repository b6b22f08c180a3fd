"""Leads the vendors' own hosts to a server of ours, for the code of this one Python process.

Three doors of the standard library are watched while the block runs, because every pure Python
client goes through them, whenever it was made: the look-up of names, the connecting of sockets, and
the wrapping in TLS. A client that brings its own event loop in C (uvloop) or its own TLS goes past.
"""

from __future__ import annotations

import inspect
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

STAND_IN = "127.77.79.67"
"""What a vendor's host resolves to. No socket ever reaches it: connecting leads to the server."""
HTTPS_PORT = 443
Address = tuple[str, int]

_one_at_a_time = threading.Lock()


@contextmanager
def intercepted(
    known: Callable[[str], bool],
    domains: Sequence[str],
    plain: Address,
    secure: Address,
    pem: str,
) -> Iterator[None]:
    """Hosts that are `known` lead to `secure` where port 443 was meant, to `plain` for any other.

    `domains` are theirs, kept from any proxy of the environment; `pem` is the certificate that
    their TLS is trusted by, alone. RuntimeError when another block runs in this process.
    """
    if not _one_at_a_time.acquire(blocking=False):
        raise RuntimeError("one interception at a time: all of a process shares its sockets")
    try:
        with ExitStack() as stack:
            for name in ("no_proxy", "NO_PROXY"):
                stack.enter_context(_variable(name, domains))
            resolve = _resolving(known)
            stack.enter_context(_replaced(socket, "getaddrinfo", resolve))
            for name in ("connect", "connect_ex"):
                connect = _connecting(getattr(socket.socket, name), plain, secure)
                stack.enter_context(_replaced(socket.socket, name, connect))
            for name in ("wrap_socket", "wrap_bio"):
                wrap = _wrapping(getattr(ssl.SSLContext, name), known, _trusting(pem))
                stack.enter_context(_replaced(ssl.SSLContext, name, wrap))
            yield
    finally:
        _one_at_a_time.release()


def _resolving(known: Callable[[str], bool]) -> Callable[..., Any]:
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        return real(STAND_IN if _is_known(host, known) else host, port, *rest, **named)

    return getaddrinfo


def _connecting(real: Callable[..., Any], plain: Address, secure: Address) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[:1] == (STAND_IN,):
            address = secure if address[1] == HTTPS_PORT else plain
        return real(self, address)

    return connect


def _wrapping(
    real: Callable[..., Any], known: Callable[[str], bool], trusting: ssl.SSLContext
) -> Callable[..., Any]:
    """The client's own context is left as it is: ours stands in for this one connection."""

    signature = inspect.signature(real)

    def wrap(self: ssl.SSLContext, *given: Any, **named: Any) -> Any:
        request = signature.bind(self, *given, **named)
        if _is_known(request.arguments.get("server_hostname"), known):
            request.arguments["self"] = trusting
            request.arguments.pop("session", None)  # one of another context
        return real(*request.args, **request.kwargs)

    return wrap


def _is_known(host: Any, known: Callable[[str], bool]) -> bool:
    """Some clients give names as bytes, and servers give none."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return isinstance(text, str) and known(text)


def _trusting(pem: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=pem)
    context.set_alpn_protocols(["http/1.1"])
    return context


@contextmanager
def _variable(name: str, domains: Sequence[str]) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = ",".join(filter(None, [before or "", *domains]))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = before


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """The attribute of the owner itself; one that it inherits comes back by itself."""
    own = name in vars(owner)
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if own:
            setattr(owner, name, before)
        else:
            delattr(owner, name)
