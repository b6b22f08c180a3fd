"""`mockocr recognize`: reads pictures and documents without a server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

import click

from mockocr.cli._drawing import draw as outlined
from mockocr.cli._drawing import image_format
from mockocr.cli._files import files, pages
from mockocr.core.engine import Engine, ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.core.recognition_json import READABLE, recognition_to_json
from mockocr.images import Loader
from mockocr.recognition import engines


@click.command
@click.argument("images", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--engine", default="auto", metavar="NAME", help="Recognition engine.")
@click.option("--turn", is_flag=True, help="Find text at any angle.")
@click.option("--line", is_flag=True, help="Read the picture as one single line.")
@click.option("--json", "as_json", is_flag=True, help="Print lines, words, characters and corners.")
@click.option(
    "--draw",
    type=click.Path(path_type=Path),
    help="Write the picture with the lines outlined, in the format of the file's name.",
)
def command(
    images: tuple[Path, ...],
    engine: str,
    turn: bool,
    line: bool,
    as_json: bool,
    draw: Path | None,
) -> None:
    """Read pictures, the pages of PDF and TIFF documents, or all of them in a folder, without a
    server. Print the text, or JSON with the corners of each line, word and character.

    The exit code is 1 if a picture cannot be read.
    """
    images = tuple(files(images, documents=True))
    if draw is not None:
        _check_drawing(draw, len(images))
    options = ReadOptions(turn=turn, layout="line" if line else "page")
    sys.exit(asyncio.run(_read_all(images, engine, options, as_json, draw)))


def _check_drawing(draw: Path, count: int) -> None:
    """Refuses a file that cannot be written before the picture is read."""
    if count != 1:
        raise click.UsageError("--draw takes one picture")
    if not draw.parent.is_dir():
        raise click.UsageError(f"--draw: there is no folder {draw.parent}")
    try:
        image_format(draw.suffix)
    except ValueError as error:
        raise click.UsageError(f"--draw: {error}") from None


async def _read_all(
    images: tuple[Path, ...],
    engine_name: str,
    options: ReadOptions,
    as_json: bool,
    draw: Path | None,
) -> int:
    try:
        engine = engines.choose(engine_name)
    except engines.EngineUnavailableError as error:
        raise click.ClickException(str(error)) from None
    with contextlib.closing(engine):
        return await _read_each(images, engine, options, as_json, draw)


async def _read_each(
    images: tuple[Path, ...], engine: Engine, options: ReadOptions, as_json: bool, draw: Path | None
) -> int:
    load, code = Loader(), 0
    documents: list[dict[str, Any]] = []
    for path in images:
        try:
            async for page, image in pages(load, path):
                if draw is not None and image.pages > 1:
                    raise click.ClickException(f"--draw takes one picture, not {image.pages} pages")
                recognition = await engine.recognize(image, options)
                if as_json:
                    documents.append(_document(path, page, image, recognition))
                else:
                    _print(path if len(images) > 1 else None, page, image.pages, recognition)
                if draw is not None:
                    _write(draw, outlined(image, recognition, image_format(draw.suffix)))
        except OSError as error:
            click.echo(f"mockocr: {path}: {error.strerror}", err=True)
            code = 1
        except ApiError as error:
            click.echo(f"mockocr: {path}: {error.detail or error}", err=True)
            code = 1
    if as_json:
        click.echo(json.dumps(documents, ensure_ascii=False, indent=1))
    return code


def _document(path: Path, page: int, image: Image, recognition: Recognition) -> dict[str, Any]:
    numbered = {"page": page} if page else {}
    size = {"size": [image.width, image.height]}
    return {"image": str(path)} | numbered | size | recognition_to_json(recognition, READABLE)


def _print(path: Path | None, page: int, count: int, recognition: Recognition) -> None:
    number = f"page {page}" if count > 1 else ""
    heading = ", ".join(filter(None, (str(path or ""), number)))
    if heading:
        click.echo(f"{heading}:")
    if recognition.text:
        click.echo(recognition.text)


def _write(path: Path, drawing: bytes) -> None:
    try:
        path.write_bytes(drawing)
    except OSError as error:
        raise click.ClickException(f"--draw: {path}: {error.strerror}") from None
