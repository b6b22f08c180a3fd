"""What `serve` says when it starts: folders that it cannot write, the console, and the reader."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from mockocr import __version__
from mockocr.core.service import Vendor
from mockocr.settings import Settings

log = logging.getLogger("mockocr")

CONSOLE = "/_mockocr/"


def announce(settings: Settings, addresses: list[str], reader: str) -> None:
    """Log the start if log lines are JSON, and print the line after the ready line.

    `addresses` are those of the ready line; `reader` says which reader is at work.
    """
    console = addresses[0] + CONSOLE
    for any_address in ("//0.0.0.0:", "//[::]:"):  # a browser cannot open them everywhere
        console = console.replace(any_address, "//localhost:")
    if settings.log == "json":
        fields = {
            "version": __version__,
            "addresses": addresses,
            "console": console,
            "reader": reader,
            "store": settings.store.partition(":")[0],
        }
        log.info("mockocr %s is ready", __version__, extra={"fields": fields})
    sys.stdout.write(f"console {console} - {reader}\n")
    sys.stdout.flush()


def stop_with_stdin() -> None:
    """Send this process SIGTERM when its standard input closes."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="stdin", daemon=True).start()


def try_scenarios(settings: Settings, vendors: Sequence[Vendor]) -> None:
    """Play the scenarios of `--init` on a server that is thrown away: `InvalidInputError` names the
    file with which the real one could not start.
    """
    if settings.init:
        from mockocr import app
        from mockocr.recognition.engines.scripted import Scripted

        asyncio.run(app.build(settings, engine=Scripted(), vendors=vendors).start())


def unusable_folders(settings: Settings) -> Iterator[str]:
    """One sentence for each configured folder that is missing or that this process cannot write."""
    if settings.init and not Path(settings.init).exists():
        yield f"--init: there is no folder {settings.init}, so no scenario is played"
    records = settings.golden_mode in ("auto", "record") and bool(settings.golden)
    if records and (why := _problem(Path(settings.golden))):
        yield f"--golden: {why}, so new goldens are not kept"
    # https and the proxy need the folder: without it the server does not start, and says why
    needed = settings.tls_port is not None or settings.proxy_port is not None
    if settings.home and not needed and (why := _problem(settings.folder)):
        yield f"--home: {why}, so the keys that sign responses are not kept"


def _problem(folder: Path) -> str:
    """Why the folder cannot be written; empty if it can. A missing folder is made later."""
    existing = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    try:
        # a mount may be read-only whatever the permissions say
        with tempfile.TemporaryFile(dir=existing):
            return ""
    except OSError as error:
        return f"{_user()} cannot write to {folder} ({error.strerror or error})"


def _user() -> str:
    try:
        return f"the user {getpass.getuser()}"
    except (KeyError, OSError):  # a container may run a number that has no name
        return f"the user {os.getuid()}"
