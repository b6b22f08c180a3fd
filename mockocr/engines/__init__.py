"""What reads pictures; everything that knows Tesseract lives here."""

from __future__ import annotations

from typing import Protocol

from mockocr.core.vendor import Engine
from mockocr.engines.installation import INSTALL, NoEngine, Probe, probe
from mockocr.engines.pool import Pool

__all__ = ["NAMES", "NoEngine", "OwnedEngine", "Pool", "Probe", "choose", "probe"]

NAMES = ("auto", "tesserocr", "tesseract", "rapidocr", "scripted")
"""What `choose` takes."""


class OwnedEngine(Engine, Protocol):
    """An engine with something to free; whoever chose it closes it."""

    def close(self) -> None: ...


def choose(name: str = "auto", pool: Pool | None = None) -> OwnedEngine:
    """The engine of that name; `auto` is tesserocr where it works, else the tesseract command, and
    rapidocr for handwriting (or for all where there is no Tesseract) when it is installed.

    `NoEngine` with one sentence that says what to type when it cannot work here. Engines load
    their libraries only when chosen.
    """
    if name == "auto":
        return _best(pool)
    if name == "tesserocr":
        from mockocr.engines.tesserocr import Tesserocr

        return Tesserocr(pool)
    if name == "tesseract":
        from mockocr.engines.tesseract import Tesseract

        return Tesseract(pool)
    if name == "rapidocr":
        from mockocr.engines.rapidocr import RapidOcr

        return RapidOcr(pool)
    if name == "scripted":
        from mockocr.engines.scripted import Scripted

        return Scripted()
    raise NoEngine(f"no engine is called {name!r}; type one of: {', '.join(NAMES)}")


def _best(pool: Pool | None) -> OwnedEngine:
    from mockocr.engines.division import Division
    from mockocr.engines.rapidocr import RapidOcr, rapidocr_version

    found = probe()
    other = rapidocr_version()
    if found.engines:
        print_reader = choose(found.engines[0], pool)
        return Division(print_reader, RapidOcr()) if other else print_reader
    if other:
        return RapidOcr(pool)
    raise NoEngine("; ".join(found.missing) or f"no Tesseract works here; type: {INSTALL}")
