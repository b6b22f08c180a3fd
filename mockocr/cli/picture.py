"""`mockocr picture`: draws a picture whose text and corners are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mockocr.core.recognition import Line
from mockocr.core.recognition_json import READABLE, quad_to_json
from mockocr.samples.drawing import FONTS, FontMissingError, Picture, render, spoiled


@click.command
@click.argument("lines", nargs=-1)
@click.option("--out", "-o", type=click.Path(path_type=Path), help="The file, .png or .jpg.")
@click.option(
    "--pixels", default=32, type=click.IntRange(4, 400), help="Height of the text in pixels."
)
@click.option("--font", default="sans", type=click.Choice(FONTS))
@click.option("--ink", default="black", help="Colour of the text: black, '#20406a'.")
@click.option(
    "--ground", default="white", help="Colour of the page, or two joined by '-' for a gradient."
)
@click.option("--angle", default=0.0, help="Turn by this many degrees clockwise.")
@click.option(
    "--blur", default=0.0, type=click.FloatRange(0, 20), help="Blur of this radius in pixels."
)
@click.option(
    "--grain",
    default=0.0,
    type=click.FloatRange(0, 60),
    help="Noise of this deviation in grey levels.",
)
@click.option("--quality", default=90, type=click.IntRange(1, 95), help="Quality of a JPEG.")
@click.option("--truth", is_flag=True, help="Print the lines and corners as JSON.")
def command(
    lines: tuple[str, ...],
    out: Path | None,
    pixels: int,
    font: str,
    ink: str,
    ground: str,
    angle: float,
    blur: float,
    grain: float,
    quality: int,
    truth: bool,
) -> None:
    """Draw LINES into a picture, one below the other.

    The same arguments give the same picture every time.
    """
    try:
        if not lines or out is None:
            raise click.UsageError("give the lines to draw and --out FILE")
        picture = render(lines, pixels=pixels, font=font, ink=ink, ground=ground, angle=angle)
        jpeg = out.suffix.lower() in (".jpg", ".jpeg")
        if not jpeg and out.suffix.lower() != ".png":
            raise click.UsageError("the name of the file must end in .png or .jpg")
        if blur or grain or jpeg:
            picture = spoiled(picture, blur, grain, quality if jpeg else None)
        out.write_bytes(picture.data)
    except (FontMissingError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:  # its own text begins with an error number
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    if truth:
        click.echo(json.dumps(_truth(picture), ensure_ascii=False, indent=1))


def _truth(picture: Picture) -> dict[str, Any]:
    return {
        "size": [picture.width, picture.height],
        "angle": picture.angle,
        "lines": [_line(line) for line in picture.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {"text": line.text, "corners": quad_to_json(line.quad, READABLE)}
