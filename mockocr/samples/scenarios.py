"""The sample scenarios in the package: documents for `POST /_mockocr/scenario`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mockocr.core.validation import nearest
from mockocr.samples import folder

__all__ = ["find", "names"]


def names() -> tuple[str, ...]:
    """The names of all scenarios, sorted."""
    return tuple(sorted(path.stem for path in _files()))


def find(name: str) -> dict[str, Any]:
    """The document of that scenario. KeyError with the nearest name if there is none."""
    for path in _files():
        if path.stem == name:
            return tomllib.loads(path.read_text("utf-8"))
    raise KeyError(f"there is no scenario {name!r}{nearest(name, names())}")


def _files() -> list[Path]:
    return list((folder().parent / "scenarios").glob("*.toml"))
