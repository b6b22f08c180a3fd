"""`mockocr ca`: prints the certificate that clients must trust."""

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
    """Print the path of the local CA certificate. The CA is made if there is none."""
    vendors = discover()
    try:
        ca = setup.open_ca_store(resolve(vendors, {}, os.environ).folder, vendors)
    except (InvalidSettingError, setup.CertificatesUnavailableError) as error:
        click.echo(f"mockocr: {error}", err=True)
        sys.exit(1)
    if ca.note:
        click.echo(f"mockocr: {ca.note}", err=True)
    click.echo(ca.authority.pem.decode().rstrip() if pem else ca.certificate)
