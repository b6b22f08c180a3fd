"""Further ways into the server's one event loop, beside its plain port: https, and a proxy's."""

from __future__ import annotations

from mockocr.doors.door import Admission, Door, Tunnel
from mockocr.doors.entrance import Entrance, answer
from mockocr.doors.greeting import welcome

__all__ = ["Admission", "Door", "Entrance", "Tunnel", "answer", "welcome"]
