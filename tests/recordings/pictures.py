"""Decoded pictures for tests of goldens, made without any engine."""

from __future__ import annotations

from mockocr import samples
from mockocr.core.image import Image, Inline, Limits
from mockocr.images.decoding import decode


def sample(name: str = "hello.png") -> Image:
    return decode(Inline(samples.find(name).data), Limits())
