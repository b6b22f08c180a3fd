"""What reads pictures; everything that knows Tesseract lives here."""

from __future__ import annotations

from typing import Protocol

from mockocr.core.vendor import Engine
from mockocr.engines.installation import INSTALL, NoEngine, Probe, probe
from mockocr.engines.pool import Pool

__all__ = ["NAMES", "NoEngine", "OwnedEngine", "Pool", "Probe", "choose", "probe"]

NAMES = ("auto", "tesserocr", "tesseract", "scripted")
"""What `choose` takes."""


class OwnedEngine(Engine, Protocol):
    """An engine with something to free; whoever chose it closes it."""

    def close(self) -> None: ...


def choose(name: str = "auto", pool: Pool | None = None) -> OwnedEngine:
    """The engine of that name; `auto` is tesserocr where it works, else the tesseract command.

    `NoEngine` with one sentence that says what to type when it cannot work here. Engines load
    their libraries only when chosen.
    """
    if name == "auto":
        found = probe()
        if not found.engines:
            raise NoEngine("; ".join(found.missing) or f"no Tesseract works here; type: {INSTALL}")
        name = found.engines[0]
    if name == "tesserocr":
        from mockocr.engines.tesserocr import Tesserocr

        return Tesserocr(pool)
    if name == "tesseract":
        from mockocr.engines.tesseract import Tesseract

        return Tesseract(pool)
    if name == "scripted":
        from mockocr.engines.scripted import Scripted

        return Scripted()
    raise NoEngine(f"no engine is called {name!r}; type one of: {', '.join(NAMES)}")
