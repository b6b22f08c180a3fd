"""`mockocr demo`: the first minute."""

from __future__ import annotations

import sys

import click

from mockocr.client import demo, sender, servers


@click.command
@click.option("--engine", default="auto", metavar="NAME", help="Recognition engine.")
def command(engine: str) -> None:
    """Start a server, send every documented request to it as a client would, and show the answers.

    The exit code is 0 only if every answer is right.
    """
    try:
        sys.exit(demo.run("--engine", engine))
    except (servers.ServerStartError, sender.RequestFailedError) as error:
        raise click.ClickException(str(error)) from None
