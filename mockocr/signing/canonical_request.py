"""The canonical request that SigV4 and its relatives (TC3, SDK-HMAC, ACS3, BCE) hash and sign."""

from __future__ import annotations

from collections.abc import Sequence


def canonical_request(
    method: str,
    path: str,
    query: str,
    headers: Sequence[tuple[str, str]],
    payload_hash: str,
) -> str:
    """Six parts joined by line feeds: method, path, query, `name:value` lines, names, payload hash.

    The headers keep the given order, which is that of the signed names. Path and query are taken
    as they are, because each scheme encodes them by its own rules.
    """
    lines = "".join(f"{name}:{value}\n" for name, value in headers)
    names = ";".join(name for name, _ in headers)
    return "\n".join((method, path, query, lines, names, payload_hash))
