"""The engines that read pictures, and the choice between them."""

from __future__ import annotations

from typing import Protocol

from mockocr.core.engine import Engine
from mockocr.recognition.engines.description import describe, describe_reader
from mockocr.recognition.installation import INSTALL, EngineUnavailableError, Probe, probe
from mockocr.recognition.models import models_version
from mockocr.recognition.worker_pool import Pool

__all__ = [
    "NAMES",
    "EngineUnavailableError",
    "OwnedEngine",
    "Pool",
    "Probe",
    "choose",
    "choose_for_goldens",
    "describe",
    "describe_reader",
    "probe",
]

NAMES = ("auto", "tesserocr", "tesseract", "rapidocr", "scripted")
"""The names that `choose` takes."""


class OwnedEngine(Engine, Protocol):
    """An engine that holds resources; the caller of `choose` closes it."""

    def close(self) -> None: ...


class GoldenPolicy(Protocol):
    """Goldens, as far as they decide whether an engine is needed."""

    @property
    def replays_only(self) -> bool: ...


def choose(name: str = "auto", pool: Pool | None = None) -> OwnedEngine:
    """The engine of that name. `auto` is the best installed reader: Tesseract together
    with PP-OCR's models, else Tesseract alone (tesserocr before the command), else PP-OCR alone.

    `EngineUnavailableError` with one sentence that says what to type when it cannot work here.
    Engines load their libraries only when chosen, and their models when the first picture comes.
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


def choose_for_goldens(name: str, goldens: GoldenPolicy | None) -> Engine:
    """The engine of that name. If goldens are only replayed, an engine that is never asked.

    `EngineUnavailableError` if the engine cannot work here.
    """
    if goldens is not None and goldens.replays_only:
        from mockocr.recognition.engines.scripted import Scripted

        return Scripted(name="goldens")
    return choose(name)


def _best(pool: Pool | None) -> OwnedEngine:
    from mockocr.recognition.engines.combined import Combined
    from mockocr.recognition.engines.tesseract import Tesseract
    from mockocr.recognition.engines.tesserocr import Tesserocr

    found = probe()
    models = models_version()
    if found.engines and models:
        # the combined reader's own pool runs both of its readers
        inner = Pool(1)
        is_module = found.engines[0] == "tesserocr"
        return Combined(Tesserocr(inner) if is_module else Tesseract(inner), pool)
    if found.engines:
        return choose(found.engines[0], pool)
    if models:
        return choose("rapidocr", pool)
    raise EngineUnavailableError(
        "; ".join(found.missing) or f"no Tesseract works here; type: {INSTALL}"
    )
