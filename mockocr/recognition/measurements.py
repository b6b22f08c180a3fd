"""Adds what a reading asks for besides text: the drawn lines of tables, and colours."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition, Segment

Read = Callable[[Image, ReadOptions], Awaitable[Recognition]]


def with_measurements(read: Read) -> Read:
    """`read`, followed by a search for rules and a measurement of colours where the options ask
    for them.

    The engines know text only, so that one of each serves all of them. Without OpenCV (it comes
    with the models) no rules are found.
    """

    async def measured(image: Image, options: ReadOptions) -> Recognition:
        recognition = await read(image, options)
        if not recognition.lines:
            return recognition
        if options.rules:
            rules = await asyncio.to_thread(_rules, image, recognition)
            recognition = recognition.replaced(rules=rules)
        if options.colors:
            recognition = await asyncio.to_thread(_colored, image, recognition)
        return recognition

    return measured


def _rules(image: Image, recognition: Recognition) -> tuple[Segment, ...]:
    # NumPy and OpenCV take long to load, and are not part of every installation
    try:
        from mockocr.recognition import rule_detector
    except ImportError:
        return ()
    return rule_detector.find(image, recognition.lines)


def _colored(image: Image, recognition: Recognition) -> Recognition:
    from mockocr.recognition import colors  # Pillow is not needed for what is cached

    found = colors.backgrounds(image, recognition.lines)
    lines = [
        replace(line, background=color)
        for line, color in zip(recognition.lines, found, strict=True)
    ]
    return recognition.replaced(lines=tuple(lines))
