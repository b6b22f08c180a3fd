"""What tests use: `Session` is the type of the fixtures `mockocr` and
`mockocr_server`.
"""

from mockocr.testing.session import ControlError, EvictedError, Session, connect

__all__ = ["ControlError", "EvictedError", "Session", "connect"]
