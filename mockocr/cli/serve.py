"""`mockocr serve`: runs the server. Its options are made from the declaration of the settings."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockocr import __version__
from mockocr.settings import InvalidSettingError, Setting, Settings, grouped, resolve, table
from mockocr.vendors import discover

if TYPE_CHECKING:
    from mockocr.core.service import Vendor
    from mockocr.serving.tls.ca_store import CaStore

_VENDORS = discover()

log = logging.getLogger("mockocr")


def option(setting: Setting) -> click.Option:
    """The option of `serve` for a setting.

    The setting checks the value, not click, so that a flag, a variable and a key of the file are
    refused in the same words.
    """
    return click.Option(
        [setting.flag, setting.id],
        metavar=setting.kind.metavar or None,
        is_flag=setting.switch,
        flag_value="yes" if setting.switch else None,
        help=f"{setting.help} [default: {setting.default or 'empty'}]",
    )


def _serve(config: Path | None, **flags: str | None) -> None:
    def read() -> Settings:
        return resolve(_VENDORS, flags, os.environ, config)

    try:
        sys.exit(run(read(), read))
    except InvalidSettingError as error:
        click.echo(f"mockocr: {error}", err=True)
        sys.exit(2)


def run(settings: Settings, read_again: Callable[[], Settings]) -> int:
    """Serve until a signal, and return the exit code. SIGHUP applies what `read_again` returns.

    `InvalidSettingError` names the setting with which the server cannot start.
    """
    from mockocr import app
    from mockocr.cli import _early_hangup, _live_reload, _logs, _start
    from mockocr.control.state import store
    from mockocr.control.validation import InvalidInputError
    from mockocr.recognition import engines, recordings
    from mockocr.serving import server
    from mockocr.serving.grpc import gateway as grpc_gateway
    from mockocr.serving.proxy.client_filter import ClientFilter
    from mockocr.serving.response_keys import Keys
    from mockocr.serving.tls import setup

    _logs.configure(settings.log)
    for note in (*settings.notes, *_start.unusable_folders(settings)):
        log.warning("%s", note)
    with _naming("--golden", OSError):
        goldens = recordings.open_goldens(
            settings.golden, settings.golden_mode, pictures=settings.golden_pictures == "keep"
        )
    vendors = _with_replay(settings)
    with _naming("--store", ValueError):
        shared = store.connect(settings.store)
    with _naming("--proxy-clients", ValueError):
        passing = ClientFilter.parse(settings.proxy_clients)
    plain = _listen(settings.host, settings.port, "--port")
    tls = proxy = calls = ca = None
    if settings.tls_port is not None:
        tls = _listen(settings.host, settings.tls_port, "--tls-port")
    if settings.proxy_port is not None:
        proxy = _listen(settings.host, settings.proxy_port, "--proxy-port")
        if settings.proxy_pass:
            log.warning("%s", passing.sentence)
    if settings.grpc_port is not None:
        if not grpc_gateway.possible():
            raise InvalidSettingError(f"--grpc-port: {grpc_gateway.MISSING}")
        calls = _listen(settings.host, settings.grpc_port, "--grpc-port")
    if tls is not None or proxy is not None or (calls is not None and setup.possible()):
        ca = _open_ca(settings.folder)
    with _naming("--engine", engines.EngineUnavailableError):
        engine = engines.choose_for_goldens(settings.engine, goldens)
    with _naming("--init", InvalidInputError):
        _start.try_scenarios(settings, _VENDORS)
    mock = app.build(
        settings,
        engine=engine,
        vendors=vendors,
        goldens=goldens,
        store=shared,
        keys=Keys(settings.folder),
        ca=ca.authority.pem if ca else b"",
    )
    gateway = None
    if calls is not None:
        context = setup.tls_context(mock, ca.authority, ("h2",)) if ca else None
        gateway = grpc_gateway.Gateway(vendors, mock.asgi, calls, context)
    http2 = gateway.protocol if gateway else None
    others = setup.listeners(mock, ca.authority, tls, proxy, http2=http2) if ca else []
    on_hangup = _live_reload.handler(mock, settings, read_again)
    reader = engines.describe(engine)

    def on_ready(addresses: list[str]) -> None:
        _start.announce(settings, addresses, reader)
        if settings.stop_with_stdin:
            _start.stop_with_stdin()
        if _early_hangup.received():
            on_hangup()

    return server.serve(
        mock.asgi,
        plain,
        __version__,
        others,
        on_hangup,
        on_ready,
        head_seconds=settings.head_seconds,
        shutdown_seconds=settings.shutdown_seconds,
        gateway=gateway,
    )


def _with_replay(settings: Settings) -> tuple[Vendor, ...]:
    if not settings.replay:
        return _VENDORS
    from mockocr.recordings.replay import open_replay

    with _naming("--replay", OSError):
        replay, notes = open_replay(settings.replay, settings.replay_miss, settings.replay_order)
    for note in notes:
        log.warning("--replay: %s", note)
    return replay.wrap(_VENDORS)


def _open_ca(folder: Path) -> CaStore:
    from mockocr.serving.tls import setup

    with _naming("--tls-port and --proxy-port", setup.CertificatesUnavailableError):
        ca = setup.open_ca_store(folder, _VENDORS)
    if ca.note:
        log.warning("%s", ca.note)
    return ca


def _listen(host: str, port: int, flag: str) -> socket.socket:
    from mockocr.serving import server

    try:
        return server.bind(host, port)
    except OSError as error:
        reason = error.strerror or error
        raise InvalidSettingError(
            f"--host and {flag}: cannot listen on {host}:{port}: {reason}"
        ) from None


@contextmanager
def _naming(flag: str, kind: type[Exception]) -> Iterator[None]:
    """Errors of that kind become `InvalidSettingError`s that name the flag."""
    try:
        yield
    except kind as error:
        raise InvalidSettingError(f"{flag}: {error}") from None


class _Grouped(click.Command):
    """Shows the options under headings: there are many."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        shown = ((param.name, param.get_help_record(ctx)) for param in self.get_params(ctx))
        records = {name: record for name, record in shown if record}
        for heading, settings in grouped(_VENDORS):
            with formatter.section(heading):
                formatter.write_dl([records.pop(setting.id) for setting in settings])
        with formatter.section("Other options"):
            formatter.write_dl(list(records.values()))


command = _Grouped(
    "serve",
    callback=_serve,
    params=[
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path),
            help="TOML file with settings and accounts. [default: ./mockocr.toml if it exists]",
        ),
        *(option(setting) for setting in table(_VENDORS)),
    ],
    help=(
        "Run the server. Every option is also an environment variable (MOCKOCR_PORT) and a key of"
        " mockocr.toml; a flag wins over a variable, a variable over the file. On SIGHUP the server"
        " reads the file again: accounts, the vendors' options and the settings "
        f"{', '.join(s.name for s in table(_VENDORS) if s.live)} change without a restart."
    ),
)
