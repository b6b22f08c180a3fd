"""`mockocr vendors`: lists the operations and the default credentials."""

from __future__ import annotations

import json

import click

from mockocr.vendors import discover


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Show every vendor, operation, path, host and the default credentials."""
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
        wide = max(12, *(len(operation.name) for operation in vendor.operations))
        click.echo(f"  {'hosts':<{wide}} {', '.join(vendor.hosts)}")
        for operation in vendor.operations:
            methods = ", ".join(operation.methods)
            click.echo(f"  {operation.name:<{wide}} {methods} {operation.path}")
        click.echo("  credentials of the account dev:")
        for name, value in vendor.credentials.items():
            if "\n" in value:  # a key in PEM, printed as it is
                click.echo(f"    {name}\n{value.rstrip()}")
            else:
                click.echo(f"    {name:<18} {value}")
        click.echo()
