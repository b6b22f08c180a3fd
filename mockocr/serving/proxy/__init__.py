"""The listeners beside the server's plain port: the https port and the forward proxy."""

from __future__ import annotations

from mockocr.serving.proxy.connect import ProxyConnection, connect_response
from mockocr.serving.proxy.listener import ConnectDecision, ConnectRequest, Listener
from mockocr.serving.proxy.tls_accept import accept_tls

__all__ = [
    "ConnectDecision",
    "ConnectRequest",
    "Listener",
    "ProxyConnection",
    "accept_tls",
    "connect_response",
]
