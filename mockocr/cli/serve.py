"""`mockocr serve`: its flags come out of the table of settings."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import click

from mockocr import __version__
from mockocr.settings import BadSetting, Setting, Settings, resolve, table
from mockocr.vendors import discover

_VENDORS = discover()

log = logging.getLogger("mockocr")


def _option(setting: Setting) -> click.Option:
    # the value is checked by the table and not by click, so that a flag, a variable and a key of
    # the file are refused in the same words
    return click.Option(
        [setting.flag, setting.id],
        metavar="|".join(setting.values) or ("N" if setting.bounds else "TEXT"),
        help=f"{setting.help} [default: {setting.default or 'empty'}]",
    )


def _serve(config: Path | None, **flags: str | None) -> None:
    try:
        settings = resolve(_VENDORS, flags, os.environ, config)
    except BadSetting as error:
        _stop(str(error), 2)
    _stop("", run(settings))


def run(settings: Settings) -> int:
    """Serve until a signal; the exit code."""
    from mockocr import app, engines, server
    from mockocr.cli import logs

    logs.configure(settings.log)
    for note in settings.notes:
        log.warning("%s", note)
    try:
        listener = server.bind(settings.host, settings.port)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        _stop(f"--host and --port: cannot listen on {where}: {error.strerror or error}", 2)
    try:
        engine = engines.choose(settings.engine)
    except engines.NoEngine as error:
        _stop(f"--engine: {error}", 2)
    mock = app.build(
        engine=engine,
        vendors=_VENDORS,
        accounts=settings.accounts,
        choices=settings.choices,
        auth=settings.auth,
        journal_bytes=settings.journal_mb * 1024 * 1024,
    )
    return server.serve(mock.asgi, listener, __version__)


def _stop(sentence: str, code: int) -> None:
    if sentence:
        click.echo(f"mockocr: {sentence}", err=True)
    sys.exit(code)


command = click.Command(
    "serve",
    callback=_serve,
    params=[
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path),
            help="TOML file with settings and accounts. [default: ./mockocr.toml when it is there]",
        ),
        *(_option(setting) for setting in table(_VENDORS)),
    ],
    help=(
        "Run the server. Every option is also a variable (MOCKOCR_PORT) and a key of mockocr.toml;"
        " a flag wins over a variable, a variable over the file."
    ),
)
