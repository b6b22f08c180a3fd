"""The sample pictures that come with the package, each with the truth of what is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mockocr.core.recognition import Line, Point, Quad, line_of_text

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE.parent / "fixtures" / "images", _PACKAGE / "fixtures" / "images")


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture as bytes, and what it holds: `lines` in pixels of the picture turned upright by
    EXIF, `angle` of the text in degrees clockwise, `purpose` in one sentence.
    """

    name: str
    data: bytes
    width: int
    height: int
    lines: tuple[Line, ...]
    angle: float
    purpose: str

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@lru_cache
def folder() -> Path:
    """Where the pictures are, in a checkout or an installed package; FileNotFoundError without."""
    for place in _PLACES:
        if (place / "truth.json").is_file():
            return place
    raise FileNotFoundError("the sample pictures are not there; reinstall mockocr")


def names() -> tuple[str, ...]:
    """The file names of all samples."""
    return tuple(_truth())


def find(name: str = "hello.png") -> Sample:
    """The sample of that file name; KeyError with the names there are."""
    truth = _truth()
    if name not in truth:
        raise KeyError(f"no sample is called {name!r}; there are {', '.join(truth)}")
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
    )


@lru_cache
def _truth() -> Mapping[str, Any]:
    text = (folder() / "truth.json").read_text(encoding="utf-8")
    truth: Mapping[str, Any] = json.loads(text)
    return truth
