"""What reads pictures; everything that knows Tesseract lives here."""

from __future__ import annotations

from typing import Protocol

from mockocr.core.engine import Engine
from mockocr.recognition.installation import INSTALL, EngineUnavailableError, Probe, probe
from mockocr.recognition.worker_pool import Pool

__all__ = ["NAMES", "EngineUnavailableError", "OwnedEngine", "Pool", "Probe", "choose", "probe"]

NAMES = ("auto", "tesserocr", "tesseract", "rapidocr", "scripted")
"""What `choose` takes."""


class OwnedEngine(Engine, Protocol):
    """An engine with something to free; whoever chose it closes it."""

    def close(self) -> None: ...


def choose(name: str = "auto", pool: Pool | None = None) -> OwnedEngine:
    """The engine of that name; `auto` is tesserocr where it works, else the tesseract command, and
    rapidocr for handwriting (or for all where there is no Tesseract) when it is installed.

    `EngineUnavailableError` with one sentence that says what to type when it cannot work here. Engines load
    their libraries only when chosen.
    """
    if name == "auto":
        return _best(pool)
    if name == "tesserocr":
        from mockocr.recognition.engines.tesserocr import Tesserocr

        return Tesserocr(pool)
    if name == "tesseract":
        from mockocr.recognition.engines.tesseract import Tesseract

        return Tesseract(pool)
    if name == "rapidocr":
        from mockocr.recognition.engines.rapidocr import RapidOcr

        return RapidOcr(pool)
    if name == "scripted":
        from mockocr.recognition.engines.scripted import Scripted

        return Scripted()
    raise EngineUnavailableError(f"no engine is called {name!r}; type one of: {', '.join(NAMES)}")


def _best(pool: Pool | None) -> OwnedEngine:
    from mockocr.recognition.engine_router import EngineRouter
    from mockocr.recognition.engines.rapidocr import RapidOcr, rapidocr_version

    found = probe()
    other = rapidocr_version()
    if found.engines:
        print_reader = choose(found.engines[0], pool)
        return EngineRouter(print_reader, RapidOcr()) if other else print_reader
    if other:
        return RapidOcr(pool)
    raise EngineUnavailableError(
        "; ".join(found.missing) or f"no Tesseract works here; type: {INSTALL}"
    )
