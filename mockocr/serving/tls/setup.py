"""Sets up TLS for the https port and the forward proxy.

Certificates need the extra `tls`, so modules that make them are imported inside the functions.
"""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mockocr.app import Mock
from mockocr.core.service import Vendor
from mockocr.serving.proxy import Listener

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


def listeners(
    mock: Mock,
    authority: Authority,
    tls: socket.socket | None = None,
    proxy: socket.socket | None = None,
) -> list[Listener]:
    """The listeners for the https port `tls` and the forward proxy `proxy`, where given."""
    from mockocr.serving.tls.contexts import TlsContexts

    exact = [host for host in hosts_of(mock.vendors) if not {*"{*"} & {*host}]
    contexts = TlsContexts(authority, lambda name: mock.router.owner(name) is not None, exact)
    found = []
    if tls is not None:
        found.append(Listener(tls, contexts.default))
    if proxy is not None:
        found.append(Listener(proxy, contexts.default, mock.proxy.decide, mock.proxy))
    return found


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
