"""What a request asks for, what came of each of its pictures, and the usual operation made of the
two.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mockocr.core.image import Image, Limits, Source
from mockocr.core.problem import Refused
from mockocr.core.text import Recognition
from mockocr.core.vendor import Account, Kit, Options, Run
from mockocr.core.wire import Call, Reply


@dataclass(frozen=True, slots=True)
class Ask:
    """What a request wants: pictures, how to read them, and whatever else `render` needs."""

    sources: tuple[Source, ...]
    options: Options = field(default_factory=Options)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One picture of a request, read or refused: exactly one of `recognition` and `refused` is
    set. The image has no pixels any more.
    """

    source: Source
    image: Image | None = None
    recognition: Recognition | None = None
    refused: Refused | None = None


def ocr(
    parse: Callable[[Call], Ask],
    render: Callable[[Call, Ask, Sequence[Reading]], Reply],
    limits: Limits | Callable[[Call], Limits],
) -> Run:
    """The usual operation: parse, load and read every picture, render. A bad picture fails
    alone.
    """

    async def run(call: Call, account: Account, kit: Kit) -> Reply:
        ask = parse(call)
        allowed = limits if isinstance(limits, Limits) else limits(call)

        async def read(source: Source) -> Reading:
            image = None
            try:
                image = await kit.load(source, allowed)
                recognition = await kit.recognize(image, ask.options)
            except Refused as refused:
                return Reading(source, image and image.without_pixels(), refused=refused)
            return Reading(source, image.without_pixels(), recognition)

        if len(ask.sources) == 1:  # nearly always, and a task costs more than a cached reading
            return render(call, ask, [await read(ask.sources[0])])
        readings = await asyncio.gather(*(read(source) for source in ask.sources))
        return render(call, ask, readings)

    return run


def only(readings: Sequence[Reading]) -> tuple[Image, Recognition]:
    """The one picture of a one-picture operation; raises its refusal when it has one."""
    reading = readings[0]
    if reading.refused is not None:
        raise reading.refused
    assert reading.image is not None
    assert reading.recognition is not None
    return reading.image, reading.recognition
