"""`mockocr record`: passes requests on to the real vendors and keeps the exchanges as files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from mockocr import __version__

_PROXY_PORT, _PORT = 8081, 8080


@click.command
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the recordings.",
)
@click.option("--host", default="127.0.0.1", help="Address to listen on. [default: 127.0.0.1]")
@click.option(
    "--proxy-port",
    type=click.IntRange(0, 65535),
    help="Port of the forward proxy; 0 picks a free one. [default: 8081, none with --upstream]",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port for clients that take a base URL, with --upstream. [default: 8080]",
)
@click.option(
    "--upstream",
    default="",
    metavar="URL",
    help="Server that takes all requests, such as https://recognition.image.myqcloud.com.",
)
@click.option(
    "--upstream-ca",
    type=click.Path(exists=True, dir_okay=False),
    help="File of CA certificates to trust besides the system's.",
)
@click.option("--only", multiple=True, metavar="PATTERN", help="Keep only these, as in tencent.*")
@click.option(
    "--errors", type=click.Choice(["keep", "skip"]), default="keep", help="[default: keep]"
)
@click.option(
    "--pictures", type=click.Choice(["drop", "keep"]), default="drop", help="[default: drop]"
)
@click.option("--mask-text", is_flag=True, help="Replace what was read by x, 0 and 某.")
@click.option(
    "--timeout", default=60.0, metavar="SECONDS", help="Limit for each wait. [default: 60]"
)
def command(**given: Any) -> None:
    """Record what the real vendors answer: a proxy that keeps the exchanges without secrets.

    Clients reach it by the variables of `mockocr env`, with their own credentials. Stop it with
    Ctrl+C. Then type: mockocr serve --replay DIR, or: mockocr diff DIR.
    """
    sys.exit(_record(**given))


def _record(
    out: Path,
    host: str,
    proxy_port: int | None,
    port: int | None,
    upstream: str,
    upstream_ca: str | None,
    only: tuple[str, ...],
    errors: str,
    pictures: str,
    mask_text: bool,
    timeout: float,
) -> int:
    from mockocr.recordings import server as recording_server
    from mockocr.recordings.recorder import Choice, Recorder
    from mockocr.recordings.store import Recordings, StoreFullError
    from mockocr.recordings.upstream import Upstream
    from mockocr.serving import server
    from mockocr.serving.routing import Router
    from mockocr.serving.tls import setup
    from mockocr.settings import InvalidSettingError, resolve
    from mockocr.vendors import discover

    vendors = discover()
    router = Router(vendors)
    if proxy_port is None and not upstream:
        proxy_port = _PROXY_PORT
    try:
        if upstream and not upstream.startswith(("http://", "https://")):
            raise click.UsageError(f"--upstream: {upstream} is no http or https URL")
        kept = Recordings(out)
        kept.make()
        passing = Upstream(upstream.rstrip("/"), upstream_ca or "", timeout)
        plain = server.bind(host, port if port is not None else _PORT if upstream else 0)
        proxy = None if proxy_port is None else server.bind(host, proxy_port)
        choice = Choice(only, errors == "keep", pictures == "keep", mask_text)
        recorder = Recorder(
            router, passing, kept, choice, tell=click.echo, stop=lambda: running.stop()
        )
        listeners = []
        if proxy is not None:
            folder = resolve(vendors, {}, os.environ).folder
            ca = setup.open_ca_store(folder, vendors)
            listeners = recording_server.listeners_of(
                recorder, vendors, router, ca.authority, proxy
            )
    except (OSError, InvalidSettingError, StoreFullError) as error:
        click.echo(f"mockocr: {error}", err=True)
        return 2
    except setup.CertificatesUnavailableError as error:
        click.echo(f"mockocr: {error}", err=True)
        return 2

    def ready() -> None:
        named = [server.address(plain)] if upstream else []
        named += [f"proxy={server.address(proxy)}"] if proxy is not None else []
        click.echo(f"mockocr {__version__} records to {out} on {' '.join(named)}")

    running = recording_server.server_of(recorder, listeners, ready)

    running.run(sockets=[plain])
    for line in recorder.totals.lines():
        click.echo(line)
    if recorder.failure:
        click.echo(f"mockocr: {recorder.failure}; what was kept before stays", err=True)
        return 1
    return 0
