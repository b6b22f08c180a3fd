"""Adds what a reading asks for besides text: the drawn lines of tables, and colours."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition.rules import Read, with_rules


def with_measurements(read: Read) -> Read:
    """`read`, followed by a search for rules and a measurement of colours where the options ask
    for them. The engines know text only, so that one of each serves all of them.
    """
    ruled = with_rules(read)

    async def measured(image: Image, options: ReadOptions) -> Recognition:
        recognition = await ruled(image, options)
        if not options.colors or not recognition.lines:
            return recognition
        return await asyncio.to_thread(_colored, image, recognition)

    return measured


def _colored(image: Image, recognition: Recognition) -> Recognition:
    from mockocr.recognition import colors  # Pillow is not needed for what is cached

    found = colors.backgrounds(image, recognition.lines)
    lines = [
        replace(line, background=color)
        for line, color in zip(recognition.lines, found, strict=True)
    ]
    return replace(recognition, lines=tuple(lines))
