"""What a request asks for, what came of each of its pictures, and the usual operation made of the
two.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.core.service import Account, Context, ReadOptions, Run


@dataclass(frozen=True, slots=True)
class OcrRequest:
    """What a request wants: pictures, how to read them, and whatever else `render` needs."""

    sources: tuple[Source, ...]
    options: ReadOptions = field(default_factory=ReadOptions)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImageResult:
    """One picture of a request, read or refused: exactly one of `recognition` and `refused` is
    set. The image has no pixels any more.
    """

    source: Source
    image: Image | None = None
    recognition: Recognition | None = None
    error: ApiError | None = None


def ocr(
    parse: Callable[[Request], OcrRequest],
    render: Callable[[Request, OcrRequest, Sequence[ImageResult]], Response],
    limits: Limits | Callable[[Request], Limits],
) -> Run:
    """The usual operation: parse, load and read every picture, render. A bad picture fails
    alone.
    """

    async def run(request: Request, account: Account, context: Context) -> Response:
        ask = parse(request)
        allowed = limits if isinstance(limits, Limits) else limits(request)

        async def read(source: Source) -> ImageResult:
            image = None
            try:
                image = await context.load(source, allowed)
                recognition = await context.recognize(image, ask.options)
            except ApiError as error:
                return ImageResult(source, image and image.without_pixels(), error=error)
            return ImageResult(source, image.without_pixels(), recognition)

        if len(ask.sources) == 1:  # nearly always, and a task costs more than a cached reading
            return render(request, ask, [await read(ask.sources[0])])
        readings = await asyncio.gather(*(read(source) for source in ask.sources))
        return render(request, ask, readings)

    return run


def only(readings: Sequence[ImageResult]) -> tuple[Image, Recognition]:
    """The one picture of a one-picture operation; raises its refusal when it has one."""
    reading = readings[0]
    if reading.error is not None:
        raise reading.error
    assert reading.image is not None
    assert reading.recognition is not None
    return reading.image, reading.recognition
