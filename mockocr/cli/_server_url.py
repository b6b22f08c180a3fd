"""The option `--url` of the commands that ask a running server."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import click

_PORT = 8080
"""The port of `mockocr serve` if no setting names one."""


def url_option(*names: str) -> Callable[[Any], Any]:
    """Add `--url`: MOCKOCR_URL, else this machine with MOCKOCR_PORT. It may lack its scheme."""
    return click.option(
        "--url",
        *names,
        envvar="MOCKOCR_URL",
        default=_default,
        callback=lambda context, parameter, value: complete_url(value),
        show_default="MOCKOCR_URL, or http://127.0.0.1:$MOCKOCR_PORT",
        help="URL of the server.",
    )


def complete_url(text: str) -> str:
    """The URL with scheme and host: `8080`, `:8080` and `localhost:8080` are understood.
    `click.BadParameter` if it is no http URL.
    """
    url = text.strip()
    if url.removeprefix(":").isdecimal():
        url = f"127.0.0.1:{url.removeprefix(':')}"
    if "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        complete = False
    if not complete:
        raise click.BadParameter(f"{text!r} is not an http URL such as http://127.0.0.1:{_PORT}")
    return url.rstrip("/")


def _default() -> str:
    port = os.environ.get("MOCKOCR_PORT", "")
    return f"http://127.0.0.1:{port if port.isdecimal() and int(port) else _PORT}"
