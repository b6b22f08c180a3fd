"""Which certificate a TLS connection gets: one per server name, made when it is first asked for."""

from __future__ import annotations

import ssl
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from mockocr.serving.tls.authority import LEAF_LIFETIME, Authority
from mockocr.serving.tls.domains import LOCAL_ADDRESSES, LOCAL_NAME

MAX_NAMES = 256
"""Patterns such as `ocr.{region}.…` have no end of names; the least used go first."""
LOCAL_NAMES = (LOCAL_NAME, *LOCAL_ADDRESSES)


class Contexts:
    """`accepting` is the context to serve with; it swaps itself for one that fits the name asked.

    `known` says whether a host is a vendor's. Any other name, and none, gets the certificate of
    this machine and of the `hosts` that are listed: old clients do not say whom they ask.
    """

    def __init__(
        self,
        authority: Authority,
        known: Callable[[str], bool],
        hosts: Iterable[str] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._authority = authority
        self._known = known
        self._default = (*LOCAL_NAMES, *hosts)
        self._now = now
        self._made: OrderedDict[str, tuple[ssl.SSLContext, datetime]] = OrderedDict()
        self.accepting = server_context(authority.leaf(self._default, now()))
        self.accepting.sni_callback = self._swap

    def _swap(self, connection: ssl.SSLObject, name: str | None, context: ssl.SSLContext) -> None:
        wanted = (name or "").lower().rstrip(".")
        connection.context = self.context(wanted if self._known(wanted) else "")

    def context(self, host: str) -> ssl.SSLContext:
        """The one for a vendor's host; for the empty name that of whoever names none."""
        now = self._now()
        found, until = self._made.get(host, (None, now))
        if found is None or now >= until:
            leaf = self._authority.leaf((host,) if host else self._default, now)
            found, until = server_context(leaf), now + LEAF_LIFETIME / 2
            self._made[host] = (found, until)
        self._made.move_to_end(host)
        while len(self._made) > MAX_NAMES:
            self._made.popitem(last=False)
        return found


def server_context(leaf: bytes) -> ssl.SSLContext:
    """A context that serves HTTP/1.1 with a key and a certificate in PEM."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    with tempfile.NamedTemporaryFile() as file:  # 0600; the ssl module reads keys from files alone
        file.write(leaf)
        file.flush()
        context.load_cert_chain(file.name)
    return context
