"""Keeps a SIGHUP during the start from ending the process, and remembers it."""

from __future__ import annotations

import signal
import threading

_received: list[int] = []


def catch() -> None:
    """Remember SIGHUP from now on. The server replaces this when it is ready."""
    hangup = getattr(signal, "SIGHUP", None)  # None on Windows
    if hangup is not None and threading.current_thread() is threading.main_thread():
        signal.signal(hangup, lambda number, frame: _received.append(number))


def received() -> bool:
    """Whether SIGHUP came since `catch`."""
    return bool(_received)
