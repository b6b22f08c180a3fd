"""uvicorn's httptools protocol, which here ignores that a request asks for an upgrade."""

from __future__ import annotations

from array import array
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_UPGRADE_HEADERS = frozenset({b"connection", b"upgrade", b"http2-settings"})


class UpgradeIgnoringProtocol(HttpToolsProtocol):
    """Answers a request with `Upgrade` as HTTP/1.1, as a server may (RFC 9110, 7.8). Java's
    HttpClient and `curl --http2` send `Upgrade: h2c` with every request to an http URL.

    The parser takes all bytes after such a head for another protocol. So this class parses the head
    again without the upgrade; the app still gets every header as sent.
    """

    _headers_as_sent: list[tuple[bytes, bytes]] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parser = _Parser(self)

    def on_headers_complete(self) -> None:
        if self._asks_for_upgrade():
            self._headers_as_sent = self.headers
            return
        if self._headers_as_sent is not None:
            self.headers[:], self._headers_as_sent = self._headers_as_sent, None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        if not self._asks_for_upgrade():
            super().on_message_complete()

    def head_without_upgrade(self) -> bytes:
        """The head of the request that asked for an upgrade, as it would be without."""
        close = any(
            b"close" in value.lower() for name, value in self.headers if name == b"connection"
        )
        kept = [pair for pair in self.headers if pair[0] not in _UPGRADE_HEADERS]
        kept += [(b"connection", b"close")] * close
        version = self.parser.get_http_version().encode()
        line = b"%s %s HTTP/%s\r\n" % (self.parser.get_method(), self.url, version)
        return line + b"".join(b"%s: %s\r\n" % pair for pair in kept) + b"\r\n"

    def _asks_for_upgrade(self) -> bool:
        """True for `Upgrade`, false for CONNECT, of which the parser says the same."""
        return self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"

    def _should_upgrade(self) -> bool:
        return False


class _Parser(httptools.HttpRequestParser):
    """Continues after a head that asks for an upgrade."""

    def __init__(self, protocol: UpgradeIgnoringProtocol) -> None:
        self._protocol = protocol
        self._start()

    def _start(self) -> None:
        """Starts over with uvicorn's settings: `Connection: upgrade, close` would end parsing."""
        super().__init__(self._protocol)
        self.set_dangerous_leniencies(lenient_data_after_close=True)

    def feed_data(self, data: bytes | bytearray | memoryview | array[int]) -> None:
        rest = memoryview(data)
        while True:
            try:
                super().feed_data(rest)
                return
            except httptools.HttpParserUpgrade as upgrade:
                if self.get_method() == b"CONNECT":
                    raise
                rest = rest[upgrade.args[0] :]
                head = self._protocol.head_without_upgrade()
                self._start()
                super().feed_data(head)
