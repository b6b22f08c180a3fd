"""A local server that answers like the cloud OCR vendors and really reads the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockocr.testing.running import running
    from mockocr.testing.session import connect

__all__ = ["__version__", "connect", "running"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import `running` and `connect` on first use, so that the command line starts without them."""
    if name == "running":
        from mockocr.testing.running import running

        return running
    if name == "connect":
        from mockocr.testing.session import connect

        return connect
    raise AttributeError(f"module 'mockocr' has no attribute {name!r}")
