"""`mockocr serve`: its flags come out of the table of settings."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from mockocr import __version__
from mockocr.settings import InvalidSettingError, Setting, Settings, resolve, table
from mockocr.vendors import discover

_VENDORS = discover()

log = logging.getLogger("mockocr")


def _option(setting: Setting) -> click.Option:
    # the value is checked by the table and not by click, so that a flag, a variable and a key of
    # the file are refused in the same words
    return click.Option(
        [setting.flag, setting.id],
        metavar=None if setting.switch else _metavar(setting),
        is_flag=setting.switch,
        flag_value="yes" if setting.switch else None,
        help=f"{setting.help} [default: {setting.default or 'empty'}]",
    )


def _metavar(setting: Setting) -> str:
    return "|".join(setting.values) or ("N" if setting.bounds else "TEXT")


def _serve(config: Path | None, **flags: str | None) -> None:
    try:
        settings = resolve(_VENDORS, flags, os.environ, config)
    except InvalidSettingError as error:
        _stop(str(error), 2)

    def again() -> Settings:
        return resolve(_VENDORS, flags, os.environ, config)

    _stop("", run(settings, again))


def run(settings: Settings, again: Callable[[], Settings]) -> int:
    """Serve until a signal; the exit code. SIGHUP puts in force what `again` then reads."""
    from mockocr import app
    from mockocr.cli import live_reload, logs
    from mockocr.control.state import store
    from mockocr.recognition import engines, recordings
    from mockocr.serving import server
    from mockocr.serving.response_keys import Keys
    from mockocr.serving.tls import setup

    logs.configure(settings.log)
    for note in settings.notes:
        log.warning("%s", note)
    try:
        kept = recordings.open_goldens(
            settings.golden, settings.golden_mode, pictures=settings.golden_pictures == "keep"
        )
    except OSError as error:
        _stop(f"--golden: {error}", 2)
    try:
        shared = store.connect(settings.store)
    except ValueError as error:
        _stop(f"--store: {error}", 2)
    listener = _bound(settings.host, settings.port, "--port")
    tls = proxy = safe = None
    if settings.tls_port is not None:
        tls = _bound(settings.host, settings.tls_port, "--tls-port")
    if settings.proxy_port is not None:
        proxy = _bound(settings.host, settings.proxy_port, "--proxy-port")
    if tls is not None or proxy is not None:
        try:
            safe = setup.open_ca_store(settings.home, _VENDORS)
        except setup.CertificatesUnavailableError as error:
            _stop(f"--tls-port and --proxy-port: {error}", 2)
        if safe.note:
            log.warning("%s", safe.note)
    try:
        engine = app.reader(settings.engine, kept)
    except engines.EngineUnavailableError as error:
        _stop(f"--engine: {error}", 2)
    mock = app.build(
        engine=engine,
        vendors=_VENDORS,
        accounts=settings.accounts,
        choices=settings.choices,
        auth=settings.auth,
        journal_bytes=settings.journal_mb * 1024 * 1024,
        ca=safe.authority.pem if safe else b"",
        proxy_pass=settings.proxy_pass,
        cache_bytes=settings.cache_mb * 1024 * 1024,
        goldens=kept,
        store=shared,
        keys=Keys(settings.home),
    )
    doors = setup.listeners(mock, safe.authority, tls, proxy) if safe else []
    on_hangup = live_reload.handler(mock, settings, again)
    return server.serve(mock.asgi, listener, __version__, doors, on_hangup)


def _bound(host: str, port: int, flag: str) -> socket.socket:
    from mockocr.serving import server

    try:
        return server.bind(host, port)
    except OSError as error:
        said = error.strerror or error
        _stop(f"--host and {flag}: cannot listen on {host}:{port}: {said}", 2)


def _stop(sentence: str, code: int) -> NoReturn:
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
        " a flag wins over a variable, a variable over the file. SIGHUP reads the file again:"
        " accounts, the vendors' choices, auth, log and journal_mb change without a restart."
    ),
)
