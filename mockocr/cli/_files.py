"""Finds, decodes and reads the pictures that a command line names."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path

import click
from msgspec.structs import replace

from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.images import Loader
from mockocr.recognition.measurements import with_measurements

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ico"})
_PDF = frozenset({".pdf"})
_MULTIPAGE = frozenset({".tif", ".tiff"})


def files(paths: Iterable[Path], *, documents: bool = False) -> Iterator[Path]:
    """The files themselves, and from each folder the files with the suffix of a picture format or,
    with `documents`, of PDF.
    """
    suffixes = _SUFFIXES | _PDF if documents else _SUFFIXES
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in suffixes)
        else:
            yield path


async def pages(load: Loader, path: Path) -> AsyncIterator[tuple[int, Image]]:
    """The pages of a PDF or TIFF document, counted from 1, or the one picture of a file, which is
    page 0. OSError or ApiError if it cannot be read or decoded.
    """
    data = path.read_bytes()
    source = Inline(data, name=path.name)
    limits = Limits(max_bytes=len(data), page=1, frames=path.suffix.lower() in _MULTIPAGE)
    image = await load(source, limits)
    yield min(image.pages, 1), image
    for number in range(2, image.pages + 1):
        yield number, await load(source, replace(limits, page=number))


def decoded(path: Path) -> Image:
    """The picture in that file. `ClickException` if it cannot be decoded."""

    async def load_one() -> Image:
        loader = Loader()
        try:
            data = path.read_bytes()
            return await loader(Inline(data, name=path.name), Limits(max_bytes=len(data)))
        finally:
            await loader.aclose()

    try:
        return asyncio.run(load_one())
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    except ApiError as refused:
        raise click.ClickException(f"{path}: {refused.detail}") from None


async def read_all(
    paths: Iterable[Path],
    engine: Engine,
    options: ReadOptions,
    take: Callable[[Path, Image, Recognition], None],
) -> int:
    """Read every file, call `take` with each result, and return the number of files read.

    For a file that cannot be read, print a line to stderr and continue.
    """
    loader, count = Loader(), 0
    read = with_measurements(engine.recognize)
    for path in paths:
        try:
            data = path.read_bytes()
            image = await loader(Inline(data, name=path.name), Limits(max_bytes=len(data)))
            recognition = await read(image, options)
        except (OSError, ApiError) as error:
            detail = error.detail if isinstance(error, ApiError) else error.strerror
            click.echo(f"mockocr: {path}: {detail}", err=True)
        else:
            take(path, image, recognition)
            count += 1
    await loader.aclose()
    return count
