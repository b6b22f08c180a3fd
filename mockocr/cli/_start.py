"""What `serve` says when it starts: folders that it cannot write, the console, and the reader."""

from __future__ import annotations

import getpass
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mockocr import __version__
from mockocr.settings import Settings

log = logging.getLogger("mockocr")

CONSOLE = "/_mockocr/"


def announce(settings: Settings, addresses: list[str], reader: str) -> None:
    """Print the line after the ready line, and log the start if log lines are JSON.

    `addresses` are those of the ready line; `reader` says which reader is at work.
    """
    console = addresses[0] + CONSOLE
    for any_address in ("//0.0.0.0:", "//[::]:"):  # a browser cannot open them everywhere
        console = console.replace(any_address, "//localhost:")
    sys.stdout.write(f"console {console} - {reader}\n")
    sys.stdout.flush()
    if settings.log == "json":
        fields = {
            "version": __version__,
            "addresses": addresses,
            "console": console,
            "reader": reader,
            "store": settings.store.partition(":")[0],
        }
        log.info("mockocr %s is ready", __version__, extra={"fields": fields})


def unwritable_folders(settings: Settings) -> Iterator[str]:
    """One sentence for each configured folder that this process cannot write."""
    records = settings.golden_mode in ("auto", "record") and bool(settings.golden)
    if records and (why := _problem(Path(settings.golden))):
        yield f"--golden: {why}, so new goldens are not kept"
    if settings.home and (why := _problem(settings.folder)):
        yield f"--home: {why}, so the local CA and the signing keys are not kept"


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
