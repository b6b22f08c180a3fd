"""`mockocr golden`: lists, shows, records, edits and prunes the folder of goldens."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from mockocr.cli._files import decoded, files, read_all
from mockocr.cli._golden_changes import edited, with_line
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.recognition import engines
from mockocr.recognition.recordings import Folder, Golden, InvalidGoldenError, Variant
from mockocr.recognition.recordings.document import options_label
from mockocr.recognition.recordings.pruning import fate
from mockocr.recognition.recordings.replay import record
from mockocr.settings import InvalidSettingError, resolve
from mockocr.vendors import discover


@click.group
@click.option(
    "--golden",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the goldens. [default: MOCKOCR_GOLDEN, or golden in mockocr.toml]",
)
@click.pass_context
def command(context: click.Context, golden: Path | None) -> None:
    """Goldens are recognition results kept as files, one for each picture.

    A PICTURE is the first digits of its digest, its name, or its file.
    """
    context.obj = golden


def _pass_folder(function: Callable[..., None]) -> Callable[..., None]:
    """Give the command the folder of goldens. It is looked for only when the command runs, so that
    its help needs no folder.
    """

    @click.pass_context
    @functools.wraps(function)
    def run(context: click.Context, *given: Any, **named: Any) -> None:
        context.invoke(function, _folder(context), *given, **named)

    return run


def _folder(context: click.Context) -> Folder:
    golden: Path | None = context.obj
    if golden is None:
        try:
            settings = resolve(discover(), {}, os.environ)
        except InvalidSettingError as error:
            raise click.ClickException(str(error)) from None
        golden = Path(settings.golden) if settings.golden else None
    if golden is None:
        raise click.UsageError("no folder is set; type: mockocr golden --golden DIR ...")
    if context.info_name != "record" and not golden.is_dir():
        raise click.ClickException(f"there is no folder {golden}")
    return Folder(golden)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@_pass_folder
def list_(folder: Folder, as_json: bool) -> None:
    """Print a line for each golden: digest, size, options and engine, name, text.

    The exit code is 1 if a golden is damaged.
    """
    damaged, rows = 0, []
    for digest in folder.digests():
        try:
            golden = folder.find(digest)
        except InvalidGoldenError as error:
            damaged += 1
            click.echo(f"damaged: {error}", err=True)
            continue
        assert golden is not None
        if as_json:
            rows.append(_row(folder, golden))
        else:
            click.echo(_line(golden))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    raise SystemExit(1 if damaged else 0)


@command.command
@click.argument("picture")
@click.option(
    "--draw", type=click.Path(path_type=Path), help="Write the picture with its lines outlined."
)
@click.option(
    "--picture",
    "file",
    type=click.Path(path_type=Path, exists=True),
    help="The picture's file, if it is not kept beside its golden.",
)
@_pass_folder
def show(folder: Folder, picture: str, draw: Path | None, file: Path | None) -> None:
    """Print the lines of a golden; with --draw, outline them on the picture."""
    golden = _find(folder, picture)
    click.echo(_line(golden).partition("  ")[0] + (f" {golden.name}" if golden.name else ""))
    for variant in golden.variants:
        click.echo(
            f"read with ({options_label(variant.options)})"
            f" by {variant.recognition.engine or 'an unknown engine'}:"
        )
        for line in variant.recognition.lines:
            left, top, width, height = line.quad.bounds
            click.echo(f"  {line.confidence:.2f} {width}x{height}+{left}+{top}  {line.text}")
    if draw is not None:
        draw.write_bytes(_drawn(folder, golden, picture, file))


@command.command("record")
@click.argument("images", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--engine", default="auto", metavar="NAME", help="Recognition engine.")
@click.option("--turn", is_flag=True, help="Find text at any angle.")
@click.option("--handwriting", is_flag=True, help="Read it as handwriting.")
@click.option("--line", is_flag=True, help="Read the picture as one single line.")
@click.option("--rules", is_flag=True, help="Find the drawn lines of tables too.")
@click.option("--colors", is_flag=True, help="Measure the colour that each line stands on too.")
@click.option("--any", "for_all", is_flag=True, help="Use the result for all read options.")
@click.option("--keep-pictures", is_flag=True, help="Keep the pictures beside their goldens.")
@_pass_folder
def record_(
    folder: Folder,
    images: tuple[Path, ...],
    engine: str,
    turn: bool,
    handwriting: bool,
    line: bool,
    rules: bool,
    colors: bool,
    for_all: bool,
    keep_pictures: bool,
) -> None:
    """Read pictures (or all in a folder) and keep the results.

    The exit code is 1 if a picture cannot be read.
    """
    options = ReadOptions(turn, handwriting, "line" if line else "page", rules, colors)
    paths = list(files(images))
    try:
        chosen = engines.choose(engine)
    except engines.EngineUnavailableError as error:
        raise click.ClickException(str(error)) from None

    def keep(path: Path, image: Image, recognition: Recognition) -> None:
        taken = Variant(recognition, None if for_all else options)
        golden = record(folder, image, taken, name=path.name, pictures=keep_pictures)
        click.echo(_line(golden))

    with contextlib.closing(chosen):
        count = asyncio.run(read_all(paths, chosen, options, keep))
    raise SystemExit(0 if count == len(paths) else 1)


@command.command
@click.argument("picture")
@click.option("--line", "number", type=int, help="Change this line (from 1) without an editor ...")
@click.option("--text", help="... to this text; an empty text removes the line.")
@click.option("--name", help="Give the picture this name.")
@_pass_folder
def edit(
    folder: Folder, picture: str, number: int | None, text: str | None, name: str | None
) -> None:
    """Change a golden in the editor, or one line of it with --line and --text.

    Invalid changes are not saved.
    """
    golden = _find(folder, picture)
    if (number is None) != (text is None):
        raise click.UsageError("--line and --text go together")
    if number is not None and text is not None:
        golden = with_line(golden, number, text)
    elif name is None:
        golden = edited(golden)
    if name is not None:
        golden = replace(golden, name=name)
    folder.update(golden.digest, lambda old: golden)
    click.echo(_line(golden))


@command.command
@click.option("--damaged", is_flag=True, help="Goldens that cannot be read.")
@click.option("--not-by", metavar="ENGINE", help="Results of other engines or versions than this.")
@click.option(
    "--except",
    "wanted",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Goldens of all pictures but these files (or those in these folders).",
)
@click.option("--yes", is_flag=True, help="Remove them; without this, only print them.")
@_pass_folder
def prune(
    folder: Folder, damaged: bool, not_by: str | None, wanted: tuple[Path, ...], yes: bool
) -> None:
    """Remove goldens that are no longer needed, and print them."""
    if not (damaged or not_by or wanted):
        raise click.UsageError(
            "say which goldens to remove: --damaged, --not-by ENGINE, or --except FILE"
        )
    kept = {decoded(path).digest for path in files(wanted)}
    count = 0
    for digest in folder.digests():
        why, rest = fate(folder, digest, damaged, not_by, kept if wanted else None)
        if not why:
            continue
        count += 1
        click.echo(f"{digest[:12]} {why}")
        if yes and rest is None:
            folder.remove(digest)
        elif yes:
            folder.update(digest, _always(rest))
    done = "removed" if yes else "would be removed; add --yes to remove them"
    click.echo(f"{count} {done}")


def _always(golden: Golden | None) -> Callable[[Golden | None], Golden]:
    assert golden is not None
    return lambda old: golden


def _find(folder: Folder, picture: str) -> Golden:
    """The golden whose digest begins so, with that name, or of that picture file."""
    found = [digest for digest in folder.digests() if digest.startswith(picture)]
    if not found:
        found = [golden.digest for golden in folder.goldens() if golden.name == picture]
    if not found and Path(picture).is_file():
        found = [decoded(Path(picture)).digest]
    if len(found) > 1:
        raise click.ClickException(f"{picture} matches {len(found)} goldens")
    try:
        golden = folder.find(found[0]) if found else None
    except InvalidGoldenError as error:
        raise click.ClickException(str(error)) from None
    if golden is None:
        raise click.ClickException(f"{folder.path} holds no golden of {picture}")
    return golden


def _drawn(folder: Folder, golden: Golden, picture: str, file: Path | None) -> bytes:
    from mockocr.cli._drawing import draw

    if not golden.variants:
        raise click.ClickException("the golden has no result to draw")
    places = [file, folder.picture(golden.digest), Path(picture)]
    found = next((place for place in places if place is not None and place.is_file()), None)
    if found is None:
        raise click.ClickException("the picture is not kept; name its file with --picture")
    image = decoded(found)
    if image.digest != golden.digest:
        raise click.ClickException(f"{found} is another picture than the golden's")
    return draw(image, golden.variants[0].recognition)


def _line(golden: Golden) -> str:
    read = "; ".join(f"{options_label(t.options)}: {t.recognition.engine}" for t in golden.variants)
    text = golden.variants[0].recognition.text.replace("\n", " / ") if golden.variants else ""
    short = text if len(text) <= 40 else f"{text[:39]}…"
    size = f"{golden.width}x{golden.height}"
    return f"{golden.digest[:12]} {size}  {read}  {golden.name or '-'}  {short}".rstrip()


def _row(folder: Folder, golden: Golden) -> dict[str, object]:
    return {
        "digest": golden.digest,
        "name": golden.name,
        "size": [golden.width, golden.height],
        "likeness": golden.perceptual_hash,
        "picture": folder.picture(golden.digest).is_file(),
        "readings": [
            {
                "options": options_label(variant.options),
                "engine": variant.recognition.engine,
                "text": variant.recognition.text,
            }
            for variant in golden.variants
        ],
    }
