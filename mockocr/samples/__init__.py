"""The sample pictures in the package, each with the text that it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from mockocr.core.recognition import Line, Point, Quad, line_of_text

__all__ = ["Sample", "find", "folder", "names"]

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE.parent / "fixtures" / "images", _PACKAGE / "fixtures" / "images")


class Sample(msgspec.Struct, frozen=True):
    """A picture as bytes, and its true text.

    The corners of `lines` are in pixels of the picture, turned upright by EXIF. `angle` is that of
    the text in degrees clockwise. `purpose` is one sentence.
    `fields` are those of a document, in the forms of docs/documents.md; `items` are its rows.
    """

    name: str
    data: bytes
    width: int
    height: int
    lines: tuple[Line, ...]
    angle: float
    purpose: str
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    items: tuple[Mapping[str, str], ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@lru_cache
def folder() -> Path:
    """The folder of the pictures, in a checkout or an installed package.

    FileNotFoundError if it is missing.
    """
    for place in _PLACES:
        if (place / "truth.json").is_file():
            return place
    raise FileNotFoundError("the sample pictures are missing; reinstall mockocr")


def names() -> tuple[str, ...]:
    """The file names of all samples."""
    return tuple(_truth())


def find(name: str = "hello.png") -> Sample:
    """The sample with that file name. KeyError with the known names if there is none."""
    truth = _truth()
    if name not in truth:
        raise KeyError(f"unknown sample {name!r}; known: {', '.join(truth)}")
    entry = truth[name]
    lines = tuple(
        line_of_text(line["text"], Quad(*(Point(x, y) for x, y in line["quad"])))
        for line in entry["lines"]
    )
    return Sample(
        name,
        (folder() / name).read_bytes(),
        entry["width"],
        entry["height"],
        lines,
        entry["angle"],
        entry["purpose"],
        entry.get("fields", {}),
        tuple(entry.get("items", ())),
    )


@lru_cache
def _truth() -> Mapping[str, Any]:
    text = (folder() / "truth.json").read_text(encoding="utf-8")
    truth: Mapping[str, Any] = json.loads(text)
    return truth
