"""Finds, decodes and reads the pictures that a command line names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import Recognition
from mockocr.images import Loader
from mockocr.recognition.measurements import with_measurements

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ico"})


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and from each folder the files with the suffix of a picture format."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in _SUFFIXES)
        else:
            yield path


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
