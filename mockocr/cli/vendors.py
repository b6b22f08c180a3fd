"""`mockocr vendors`: lists the operations and the default credentials."""

from __future__ import annotations

import json

import click

from mockocr.core.service import Service
from mockocr.vendors import discover


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Show every vendor, service, operation, path, host and the default credentials."""
    vendors = discover()
    if as_json:
        from mockocr.control.api.read_routes import (
            describe_vendor,  # imports the framework of the routes
        )

        document = {"vendors": [describe_vendor(vendor) for vendor in vendors]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for vendor in vendors:
        click.echo(f"{vendor.name}: {vendor.title}")
        for service in vendor.services:
            _show_service(service)
        click.echo("  credentials of the account dev:")
        for name, value in vendor.credentials.items():
            if "\n" in value:  # a key in PEM, printed as it is
                click.echo(f"    {name}\n{value.rstrip()}")
            else:
                click.echo(f"    {name:<18} {value}")
        click.echo()


def _show_service(service: Service) -> None:
    click.echo(f"  {service.name}: {service.title}")
    if service.hosts:
        click.echo(f"    hosts: {', '.join(service.hosts)}")
    ids = {service.operation_id(operation): operation for operation in service.operations}
    width = max(map(len, ids))
    for id, operation in ids.items():
        methods = ", ".join(operation.methods)
        click.echo(f"    {id:<{width}} {methods} {operation.path}")
