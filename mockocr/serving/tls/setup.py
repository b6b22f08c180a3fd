"""Sets up TLS for the https port and the forward proxy.

Certificates need the extra `tls`, so modules that make them are imported inside the functions.
"""

from __future__ import annotations

import asyncio
import importlib.util
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mockocr.core.service import Vendor
from mockocr.serving.proxy import Listener
from mockocr.serving.proxy.forward_proxy import Proxy
from mockocr.serving.routing import Router

if TYPE_CHECKING:
    from mockocr.serving.tls.authority import Authority
    from mockocr.serving.tls.ca_store import CaStore

MISSING = "https needs the extra tls; type: pip install 'mockocr[tls]'"


class CertificatesUnavailableError(Exception):
    """No certificate can be made; the text says why and what to type, in one sentence."""


def open_ca_store(folder: Path, vendors: Sequence[Vendor]) -> CaStore:
    """The user's local CA for the vendors' domains, created on first use.

    Raises `CertificatesUnavailableError` without the extra `tls` or a writable folder.
    """
    _require_extra()
    from mockocr.serving.tls.ca_store import CaStore
    from mockocr.settings import data_dir

    try:
        return CaStore.open(folder, domains_of(vendors))
    except data_dir.DataDirError as error:
        hint = "set MOCKOCR_HOME to another folder"
        raise CertificatesUnavailableError(f"{error}; {hint}") from None


def ephemeral_ca(vendors: Sequence[Vendor]) -> Authority:
    """A new CA that is kept in memory only."""
    _require_extra()
    from mockocr.serving.tls.authority import Authority

    return Authority.create(domains_of(vendors))


class ProxiedServer(Protocol):
    """What the listeners need of a server."""

    @property
    def vendors(self) -> Sequence[Vendor]: ...

    @property
    def router(self) -> Router: ...

    @property
    def proxy(self) -> Proxy: ...


def listeners(
    server: ProxiedServer,
    authority: Authority,
    tls: socket.socket | None = None,
    proxy: socket.socket | None = None,
    *,
    http2: Callable[[str], asyncio.Protocol] | None = None,
) -> list[Listener]:
    """The listeners for the https port `tls` and the forward proxy `proxy`, where given. `http2`
    makes the protocol for clients that speak HTTP/2 alone, as those of gRPC do.
    """
    from mockocr.serving.tls.contexts import HTTP1, HTTP2

    context = tls_context(server, authority, (HTTP1, HTTP2) if http2 else (HTTP1,))
    found = []
    if tls is not None:
        found.append(Listener(tls, context, http2=http2))
    if proxy is not None:
        note = server.proxy.note_malformed
        found.append(Listener(proxy, context, server.proxy.decide, server.proxy, note, http2))
    return found


def tls_context(
    server: ProxiedServer, authority: Authority, protocols: Sequence[str]
) -> ssl.SSLContext:
    """A context with a certificate for each vendor host; `protocols` are offered by ALPN."""
    from mockocr.serving.tls.contexts import TlsContexts

    exact = [host for host in hosts_of(server.vendors) if not {*"{*"} & {*host}]

    def is_vendor_host(name: str) -> bool:
        return server.router.owner(name) is not None

    return TlsContexts(authority, is_vendor_host, exact, protocols=protocols).default


def possible() -> bool:
    """True if certificates can be made here, so if the extra `tls` is installed."""
    return importlib.util.find_spec("cryptography") is not None


def certificate(folder: Path) -> Path:
    """The path of the local CA's certificate; it exists once the CA was created."""
    from mockocr.serving.tls.ca_store import CERTIFICATE

    return folder / CERTIFICATE


def _require_extra() -> None:
    if not possible():
        raise CertificatesUnavailableError(MISSING)


def domains_of(vendors: Sequence[Vendor]) -> tuple[str, ...]:
    """The registered domains of the vendors' hosts."""
    from mockocr.serving.tls.domains import domains

    return domains(hosts_of(vendors))


def hosts_of(vendors: Sequence[Vendor]) -> Iterator[str]:
    """The hosts of all services, which may be patterns as in `Service.hosts`."""
    return (host for vendor in vendors for service in vendor.services for host in service.hosts)
