"""Further ways into the server's one event loop, beside its plain port: https, and a proxy's."""

from __future__ import annotations

from mockocr.serving.proxy.connect import Entrance, answer
from mockocr.serving.proxy.listener import ConnectDecision, ConnectRequest, Door
from mockocr.serving.proxy.tls_accept import welcome

__all__ = ["ConnectDecision", "ConnectRequest", "Door", "Entrance", "answer", "welcome"]
