"""The domains that the local CA may issue certificates for."""

from __future__ import annotations

import re
from collections.abc import Iterable

LOCAL_NAME = "localhost"
LOCAL_ADDRESSES = ("127.0.0.1", "::1")

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
"""Second-level labels below which country registries sell names, as in `com.cn`."""


def domains(hosts: Iterable[str]) -> tuple[str, ...]:
    """The registered domains of `hosts`, sorted and unique: `myhuaweicloud.com` for
    `ocr.{region}.myhuaweicloud.com`.

    Raises ValueError for a host whose domain is itself a pattern: the CA could then issue
    certificates for any site.
    """
    return tuple(sorted({_domain(host) for host in hosts}))


def _domain(host: str) -> str:
    labels = host.lower().split(".")
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    registered = labels[-3:] if country else labels[-2:]
    if len(registered) < 2 or not all(re.fullmatch("[a-z0-9-]+", label) for label in registered):
        raise ValueError(f"{host} is not below a registered domain")
    return ".".join(registered)
