"""`mockocr ca`: the certificate that clients trust."""

from __future__ import annotations

import os
import sys

import click

from mockocr.serving.tls import setup
from mockocr.settings import InvalidSettingError, resolve
from mockocr.vendors import discover


@click.command
@click.option("--pem", is_flag=True, help="Print the certificate itself.")
def command(pem: bool) -> None:
    """Print the path of the local CA's certificate; it is made when there is none."""
    vendors = discover()
    try:
        safe = setup.open_ca_store(resolve(vendors, {}, os.environ).home, vendors)
    except (InvalidSettingError, setup.CertificatesUnavailableError) as error:
        click.echo(f"mockocr: {error}", err=True)
        sys.exit(1)
    if safe.note:
        click.echo(f"mockocr: {safe.note}", err=True)
    click.echo(safe.authority.pem.decode().rstrip() if pem else safe.certificate)
