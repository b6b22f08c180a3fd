"""`mockocr credentials`: what a client of a vendor needs to call this server."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from mockocr.core.service import Vendor
from mockocr.vendors import discover

DEFAULT_URL = "http://127.0.0.1:8080"


@click.command
@click.argument("vendor")
@click.option("--url", default=DEFAULT_URL, show_default=True, help="The server's address.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file. [default: -]"
)
@click.option("--variables", is_flag=True, help="Print variables even if there is a key file.")
def command(vendor: str, url: str, out: Path | None, variables: bool) -> None:
    """Print the credentials of the account dev at VENDOR.

    This is the text of a key file where the vendor's clients read one (google), else one variable
    of the shell for each field, as in TENCENT_SECRET_ID.
    """
    vendors = {each.name: each for each in discover()}
    if vendor not in vendors:
        raise click.UsageError(f"unknown vendor {vendor!r}; known: {', '.join(vendors)}")
    chosen = vendors[vendor]
    if chosen.key_file is not None and not variables:
        text = chosen.key_file(chosen.credentials, url.rstrip("/"))
    else:
        text = _variables(chosen)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.touch(0o600)  # most clients warn of keys that others can read
        out.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"cannot write {out}: {error.strerror or error}") from None


def _variables(vendor: Vendor) -> str:
    return "".join(
        f"{vendor.name}_{name}".upper() + f"={shlex.quote(value)}\n"
        for name, value in vendor.credentials.items()
    )
