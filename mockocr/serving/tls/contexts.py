"""Chooses the certificate for a TLS connection: one for each server name, made on first use."""

from __future__ import annotations

import ssl
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from mockocr.serving.tls.authority import LEAF_LIFETIME, Authority
from mockocr.serving.tls.domains import LOCAL_ADDRESSES, LOCAL_NAME

MAX_NAMES = 256
"""How many contexts are kept. Patterns such as `ocr.{region}.…` match any number of names, so the
least recently used context is dropped.
"""
HTTP1, HTTP2 = "http/1.1", "h2"
"""Names of protocols in a TLS handshake (ALPN)."""
LOCAL_NAMES = (LOCAL_NAME, *LOCAL_ADDRESSES)


class TlsContexts:
    """The SSL contexts of a server. Serve with `default`: it changes to the context for the name in
    the client's SNI. `protocols` are offered in the handshake, the preferred one first.

    `is_vendor_host` tells whether a host belongs to a vendor. Any other name, and a connection
    without SNI (old clients), gets a certificate for this machine and all of `hosts`.
    """

    def __init__(
        self,
        authority: Authority,
        is_vendor_host: Callable[[str], bool],
        hosts: Iterable[str] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        protocols: Sequence[str] = (HTTP1,),
    ) -> None:
        self._authority = authority
        self._is_vendor_host = is_vendor_host
        self._default_names = (*LOCAL_NAMES, *hosts)
        self._now = now
        self._protocols = tuple(protocols)
        self._contexts: OrderedDict[str, tuple[ssl.SSLContext, datetime]] = OrderedDict()
        self.default = server_context(authority.issue(self._default_names, now()), self._protocols)
        self.default.sni_callback = self._on_sni

    def _on_sni(self, connection: ssl.SSLObject, name: str | None, context: ssl.SSLContext) -> None:
        host = (name or "").lower().rstrip(".")
        # the TLS library of gRPC refuses a certificate that also has an address: it cannot check
        # the CA's constraint for addresses
        known = host == LOCAL_NAME or self._is_vendor_host(host)
        connection.context = self.context(host if known else "")

    def context(self, host: str) -> ssl.SSLContext:
        """The context for `host`, or the default names' one if `host` is empty."""
        now = self._now()
        found, until = self._contexts.get(host, (None, now))
        if found is None or now >= until:
            leaf = self._authority.issue((host,) if host else self._default_names, now)
            found, until = server_context(leaf, self._protocols), now + LEAF_LIFETIME / 2
            self._contexts[host] = (found, until)
        self._contexts.move_to_end(host)
        while len(self._contexts) > MAX_NAMES:
            self._contexts.popitem(last=False)
        return found


def server_context(leaf: bytes, protocols: Sequence[str] = (HTTP1,)) -> ssl.SSLContext:
    """A context that serves with `leaf`, a key and a certificate in PEM. A client gets the first of
    the `protocols` that it offers too.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(list(protocols))
    with tempfile.NamedTemporaryFile() as file:  # mode 0600; ssl reads keys only from files
        file.write(leaf)
        file.flush()
        context.load_cert_chain(file.name)
    return context
