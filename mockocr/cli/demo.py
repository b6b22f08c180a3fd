"""`mockocr demo`: the first minute."""

from __future__ import annotations

import sys

import click

from mockocr.client import demo, sender


@click.command
@click.option("--engine", default="auto", metavar="NAME", help="What reads.")
def command(engine: str) -> None:
    """Start a server, ask every endpoint once as its clients do, and show what came back.

    The exit code is 0 only when every answer was right.
    """
    try:
        sys.exit(demo.run("--engine", engine))
    except (demo.ServerStartError, sender.RequestFailedError) as error:
        raise click.ClickException(str(error)) from None
