"""`mockocr specimen`: draws a whole document whose fields are known."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from PIL import Image

from mockocr.samples.drawing import FontMissingError, encode
from mockocr.samples.specimens import (
    Finish,
    SpecimensMissingError,
    UnknownKindError,
    kinds,
    specimen,
)


@click.command
@click.argument("kind", required=False)
@click.option("--seed", default=1, help="The same seed draws the same document.")
@click.option("--out", "-o", type=click.Path(path_type=Path), help="The picture's file.")
@click.option("--truth", type=click.Path(path_type=Path), help="Write the fields to this file.")
@click.option("--photo", is_flag=True, help="As photographed: at an angle, in a shadow, as JPEG.")
@click.option("--scan", is_flag=True, help="As scanned: a little turned, as JPEG.")
@click.option("--list", "listed", is_flag=True, help="List the kinds.")
def command(
    kind: str | None,
    seed: int,
    out: Path | None,
    truth: Path | None,
    photo: bool,
    scan: bool,
    listed: bool,
) -> None:
    """Draw a document of a KIND (id_card_front, vat_invoice …) with invented fields.

    The word 样本 is across it. Every number in it is of a kind that is not assigned.
    """
    if listed:
        for known in kinds():
            click.echo(known.value)
        return
    if kind is None or out is None:
        raise click.UsageError("give a KIND and --out FILE, or --list")
    if photo and scan:
        raise click.UsageError("give --photo or --scan, not both")
    finish = Finish.PHOTO if photo else Finish.SCAN if scan else Finish.CLEAN
    format = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}.get(out.suffix.lower())
    if format is None:
        raise click.UsageError("the name of the file must end in .png or .jpg")
    try:
        drawn = specimen(kind, seed, finish)
        out.write_bytes(_as(format, drawn.image))
        if truth is not None:
            truth.write_text(_text(drawn.truth), encoding="utf-8")
    except UnknownKindError as error:
        raise click.UsageError(str(error)) from None
    except (FontMissingError, SpecimensMissingError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:  # its own text begins with an error number
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None


def _as(format: str, data: bytes) -> bytes:
    """The picture in that format, untouched if it is in it."""
    picture = Image.open(BytesIO(data))
    options = {"quality": 92} if format == "JPEG" else {}
    return data if picture.format == format else encode(picture, format, **options)


def _text(truth: dict[str, Any]) -> str:
    """JSON with one line for each field and each line of the document."""
    parts = []
    for key, value in truth.items():
        if isinstance(value, list):
            rows = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            parts.append(f' "{key}": [\n  {rows}\n ]')
        else:
            parts.append(f' "{key}": {json.dumps(value, ensure_ascii=False, indent=2)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
