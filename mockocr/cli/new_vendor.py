"""`mockocr new-vendor`: makes the folders of a new vendor, which runs as it is."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import click

from mockocr.vendors import discover

_NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")
_SUFFIX = ".template"
_NEXT = """\
The vendor runs: mockocr send {name}.read PICTURE
The conformance suite checks it, and names what is missing:
  python -m pytest tests/test_conformance.py -k {name}
Replace every "guess" by the vendor's own facts and their source."""


@click.command
@click.argument("name")
@click.option("--title", help="The vendor's full name. [default: NAME]")
@click.option(
    "--checkout",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The checkout of mockocr. [default: the working directory]",
)
def command(name: str, title: str | None, checkout: Path) -> None:
    """Make the folders of a new vendor in a checkout of mockocr.

    The vendor NAME has one service, one operation, one request example, one schema, and exchanges
    and error responses in fixtures/NAME. No other file changes.
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise click.UsageError(f"{name!r} is not a name of lower-case letters, digits and _")
    if name in {n for vendor in discover() for n in (vendor.name, *vendor.namespaces)}:
        raise click.UsageError(f"there is already a vendor {name!r}")
    vendors = checkout / "mockocr" / "vendors"
    if not vendors.is_dir():
        raise click.UsageError(f"{checkout.absolute()} is not a checkout of mockocr")
    folders = {"vendor": vendors / name, "fixtures": checkout / "fixtures" / name}
    for folder in folders.values():
        if folder.exists():
            raise click.UsageError(f"{folder} already exists")
    values = {"name": name, "title": title or name, "host": name.replace("_", "-")}
    for kind, folder in folders.items():
        for path, text in _templates(files("mockocr.cli") / "templates" / kind):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(Template(text).substitute(values), "utf-8")
            click.echo(file)
    click.echo(_NEXT.format(name=name))


def _templates(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    """The path and text of every template below the folder."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _templates(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            yield below + entry.name.removesuffix(_SUFFIX), entry.read_text("utf-8")
