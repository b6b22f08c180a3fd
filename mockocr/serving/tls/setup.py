"""Opens the ways in that need certificates: the port for https and the forward proxy.

Everything about certificates is imported only where such a way is asked for: it needs the extra
`tls`.
"""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mockocr.app import Mock
from mockocr.core.service import Vendor
from mockocr.serving.proxy import Door

if TYPE_CHECKING:
    from mockocr.serving.tls.authority import Authority
    from mockocr.serving.tls.ca_store import CaStore

MISSING = "https needs certificates, and those the extra tls; type: pip install 'mockocr[tls]'"


class CertificatesUnavailableError(Exception):
    """No certificates can be made; the text is one sentence with what to type."""


def safe(folder: Path, vendors: Sequence[Vendor]) -> CaStore:
    """The user's authority for the vendors' domains; `CertificatesUnavailableError` when there can be none."""
    _installed()
    from mockocr.serving.tls.ca_store import opened
    from mockocr.settings import data_dir

    try:
        return opened(folder, domains_of(vendors))
    except data_dir.DataDirError as error:
        raise CertificatesUnavailableError(f"{error}; MOCKOCR_HOME names another folder") from None


def passing_authority(vendors: Sequence[Vendor]) -> Authority:
    """An authority that lives and dies with its process."""
    _installed()
    from mockocr.serving.tls.authority import Authority

    return Authority.made(domains_of(vendors))


def doors(
    mock: Mock,
    authority: Authority,
    tls: socket.socket | None = None,
    proxy: socket.socket | None = None,
) -> list[Door]:
    """The doors behind the listening sockets."""
    from mockocr.serving.tls.contexts import Contexts

    exact = [host for vendor in mock.vendors for host in vendor.hosts if not {*"{*"} & {*host}]
    secure = Contexts(authority, lambda name: mock.router.owner(name) is not None, exact).accepting
    opened = []
    if tls is not None:
        opened.append(Door(tls, secure))
    if proxy is not None:
        opened.append(Door(proxy, secure, mock.proxy.admit, mock.proxy))
    return opened


def possible() -> bool:
    """Whether certificates can be made here."""
    return importlib.util.find_spec("cryptography") is not None


def certificate(folder: Path) -> Path:
    """Where the user's authority has its certificate, once it is made."""
    from mockocr.serving.tls.ca_store import CERTIFICATE

    return folder / CERTIFICATE


def _installed() -> None:
    if not possible():
        raise CertificatesUnavailableError(MISSING)


def domains_of(vendors: Sequence[Vendor]) -> tuple[str, ...]:
    """The registered domains of the vendors' hosts."""
    from mockocr.serving.tls.domains import domains

    return domains(host for vendor in vendors for host in vendor.hosts)
