"""Sends this process's requests for vendor hosts to a local server.

While the block runs, three functions of the standard library are replaced: name lookup, socket
connect, and TLS wrapping. Every pure Python client calls them, no matter when it was made. A client
with an event loop in C (uvloop) or with its own TLS is not intercepted.
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
"""The address that vendor hosts resolve to. No socket connects to it, but to the server instead."""
HTTPS_PORT = 443
Address = tuple[str, int]

_one_block = threading.Lock()


@contextmanager
def intercepted(
    known: Callable[[str], bool],
    domains: Sequence[str],
    plain: Address,
    secure: Address,
    pem: str,
) -> Iterator[None]:
    """Connect to `secure` instead of port 443 of `known` hosts, and to `plain` instead of others.

    `domains` are the domains of these hosts; no proxy of the environment is used for them. `pem` is
    the only certificate that is trusted for them. RuntimeError if this process runs another block.
    """
    if not _one_block.acquire(blocking=False):
        raise RuntimeError("another interception runs in this process; there can be only one")
    try:
        with ExitStack() as stack:
            for name in ("no_proxy", "NO_PROXY"):
                stack.enter_context(_variable(name, domains))
            resolve = _resolver(known)
            stack.enter_context(_replaced(socket, "getaddrinfo", resolve))
            for name in ("connect", "connect_ex"):
                connect = _connector(getattr(socket.socket, name), plain, secure)
                stack.enter_context(_replaced(socket.socket, name, connect))
            for name in ("wrap_socket", "wrap_bio"):
                wrap = _wrapper(getattr(ssl.SSLContext, name), known, _trusting(pem))
                stack.enter_context(_replaced(ssl.SSLContext, name, wrap))
            yield
    finally:
        _one_block.release()


def _resolver(known: Callable[[str], bool]) -> Callable[..., Any]:
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        return real(STAND_IN if _is_known(host, known) else host, port, *rest, **named)

    return getaddrinfo


def _connector(real: Callable[..., Any], plain: Address, secure: Address) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[:1] == (STAND_IN,):
            address = secure if address[1] == HTTPS_PORT else plain
        return real(self, address)

    return connect


def _wrapper(
    real: Callable[..., Any], known: Callable[[str], bool], context: ssl.SSLContext
) -> Callable[..., Any]:
    """A wrap function that uses `context` for known hosts instead of the client's."""
    signature = inspect.signature(real)

    def wrap(self: ssl.SSLContext, *given: Any, **named: Any) -> Any:
        request = signature.bind(self, *given, **named)
        if _is_known(request.arguments.get("server_hostname"), known):
            request.arguments["self"] = context
            request.arguments.pop("session", None)  # it belongs to the other context
        return real(*request.args, **request.kwargs)

    return wrap


def _is_known(host: Any, known: Callable[[str], bool]) -> bool:
    """True if the host, as text or bytes, is known. Servers wrap sockets without any host."""
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
    """Set the owner's attribute, then restore it; an inherited one is restored by deletion."""
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
