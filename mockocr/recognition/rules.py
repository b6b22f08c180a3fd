"""Adds the drawn lines of tables to a reading that asks for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition, Segment

Read = Callable[[Image, ReadOptions], Awaitable[Recognition]]


def with_rules(read: Read) -> Read:
    """`read`, followed by a search for rules where `ReadOptions.rules` asks for them.

    The engines know text only, so that one search serves all of them. Without OpenCV (it comes
    with the models) no rules are found.
    """

    async def ruled(image: Image, options: ReadOptions) -> Recognition:
        recognition = await read(image, options)
        if not options.rules or not recognition.lines:
            return recognition
        rules = await asyncio.to_thread(_search, image, recognition)
        return replace(recognition, rules=rules)

    return ruled


def _search(image: Image, recognition: Recognition) -> tuple[Segment, ...]:
    # NumPy and OpenCV take long to load, and are not part of every installation
    try:
        from mockocr.recognition import rule_detector
    except ImportError:
        return ()
    return rule_detector.find(image, recognition.lines)
