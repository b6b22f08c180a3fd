"""`mockocr picture`: draws pictures whose text and corners are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from mockocr.cli.recognize import corners
from mockocr.core.recognition import Line
from mockocr.samples.drawing import FONTS, FontMissingError, Picture, render, spoiled

_PARTS = ("clean", "forms", "degraded", "turned", "photos")


@click.command
@click.argument("lines", nargs=-1)
@click.option("--out", "-o", type=click.Path(path_type=Path), help="The file, .png or .jpg.")
@click.option("--pixels", default=32, type=click.IntRange(4, 400), help="Height of the text.")
@click.option("--font", default="sans", type=click.Choice(FONTS))
@click.option("--ink", default="black", help="A colour: black, '#20406a'.")
@click.option("--ground", default="white", help="A colour, or two with '-' between: a gradient.")
@click.option("--angle", default=0.0, help="Turn by so many degrees clockwise.")
@click.option("--blur", default=0.0, type=click.FloatRange(0, 20), help="Radius in pixels.")
@click.option("--grain", default=0.0, type=click.FloatRange(0, 60), help="Noise, in grey levels.")
@click.option("--quality", default=90, type=click.IntRange(1, 95), help="Of a JPEG.")
@click.option("--truth", is_flag=True, help="Print the lines and corners as JSON.")
@click.option("--corpus", type=click.Path(path_type=Path), help="Write the corpus to this folder.")
@click.option("--part", "parts", multiple=True, type=click.Choice(_PARTS), help="Only this part.")
@click.option("--count", default=10, type=click.IntRange(1, 1000), help="Pictures of each part.")
@click.option("--half", default="held", type=click.Choice(("tuning", "held")))
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
    corpus: Path | None,
    parts: tuple[str, ...],
    count: int,
    half: str,
) -> None:
    """Draw LINES into a picture, or write pictures of the corpus with their truth.

    The same words give the same picture every time.
    """
    try:
        if corpus is not None:
            _write_corpus(corpus, parts or _PARTS, count, half)
            return
        if not lines or out is None:
            raise click.UsageError("give the lines to draw and --out FILE, or --corpus FOLDER")
        picture = render(lines, pixels=pixels, font=font, ink=ink, ground=ground, angle=angle)
        jpeg = out.suffix.lower() in (".jpg", ".jpeg")
        if not jpeg and out.suffix.lower() != ".png":
            raise click.UsageError("the file has to end in .png or .jpg")
        if blur or grain or jpeg:
            picture = spoiled(picture, blur, grain, quality if jpeg else None)
        out.write_bytes(picture.data)
    except (FontMissingError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:  # its text begins with a number that says nothing
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    if truth:
        click.echo(json.dumps(_truth(picture), ensure_ascii=False, indent=1))


def _write_corpus(folder: Path, parts: Sequence[str], count: int, half: str) -> None:
    from benchmarks.corpus.cases import cases

    folder.mkdir(parents=True, exist_ok=True)
    documents = {}
    for part in parts:
        for case in cases(part, count, half):
            suffix = ".jpg" if case.picture.data.startswith(b"\xff\xd8") else ".png"
            (folder / f"{case.name}{suffix}").write_bytes(case.picture.data)
            documents[f"{case.name}{suffix}"] = _truth(case.picture) | {"traits": case.traits}
    text = json.dumps(documents, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", "utf-8")
    click.echo(f"{len(documents)} pictures and truth.json in {folder}")


def _truth(picture: Picture) -> dict[str, Any]:
    return {
        "size": [picture.width, picture.height],
        "angle": picture.angle,
        "lines": [_line(line) for line in picture.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {"text": line.text, "corners": corners(line.quad)}
