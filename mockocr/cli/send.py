"""`mockocr send`: signs and sends one request, as a client would."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from mockocr.cli._server_url import url_option
from mockocr.client import sender
from mockocr.core.operation import Operation
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Service, Vendor
from mockocr.serving.tls import setup
from mockocr.settings import InvalidSettingError, resolve
from mockocr.vendors import discover


@click.command
@click.argument("operation", metavar="VENDOR.OPERATION")
@click.argument("image")
@url_option("base")
@click.option(
    "--form", "form_name", help="Name of the request example to send; a wrong name lists all."
)
@click.option(
    "--credential",
    "credentials",
    multiple=True,
    metavar="NAME=VALUE",
    help="A credential field that differs from the dev account's; may be repeated.",
)
@click.option(
    "--curl", "as_curl", is_flag=True, help="Print the signed curl line instead of sending."
)
def command(
    operation: str,
    image: str,
    base: str,
    form_name: str | None,
    credentials: tuple[str, ...],
    as_curl: bool,
) -> None:
    """Sign and send one request with IMAGE (a file or a URL), and print the answer.

    The exit code is 0 if the answer holds a result, 1 if it is an error.
    """
    try:
        vendor, service, found = sender.find(operation)
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None
    by_url = image.startswith(("http://", "https://"))
    example = _example(service, found, form_name, by_url)
    sample = SampleImage(url=image) if by_url else _file(image)
    values = {**vendor.credentials, **_credentials(vendor, credentials)}
    request = sender.prepare(base, vendor, service, example, sample, values)
    authority = _authority() if base.startswith("https:") else None
    if as_curl:
        click.echo(sender.curl(base, request, authority))
        return
    try:
        answer = sender.send(base, request, authority=authority)
    except sender.RequestFailedError as error:
        hint = "" if error.connected else " (is the server running? mockocr serve)"
        raise click.ClickException(f"{error}{hint}") from None
    response = answer.response
    click.echo(f"{response.status} in {answer.seconds * 1000:.0f} ms", err=True)
    for key, value in response.headers:
        click.echo(f"{key}: {value}", err=True)
    document = answer.json()
    if document is not None:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif response.body:
        click.echo(response.body.decode("utf-8", "replace"))
    sys.exit(0 if _is_result(example, answer) else 1)


def _authority() -> Path | None:
    """The local CA's certificate, None if the user has none."""
    try:
        path = setup.certificate(resolve(discover(), {}, os.environ).folder)
    except InvalidSettingError as error:
        raise click.ClickException(str(error)) from None
    return path if path.is_file() else None


def _is_result(example: RequestExample, answer: sender.Answer) -> bool:
    find = example.lines or example.summary
    if find is None:
        return answer.response.status < 300
    try:
        find(answer.json())
    except (KeyError, TypeError, IndexError):
        return False
    return True


def _example(
    service: Service, operation: Operation, name: str | None, by_url: bool
) -> RequestExample:
    """The example of that name, else the first that sends the picture in that way."""
    examples = [e for e in service.examples if e.operation == operation.name]
    # an example that hands out credentials sends no picture at all
    fitting = [e for e in examples if e.by_url == by_url or not (e.lines or e.summary)]
    for example in fitting:
        if name in (None, example.name):
            return example
    id = service.operation_id(operation)
    if not examples:
        raise click.UsageError(f"{id} has no request examples")
    if name is None:
        wanted, other = ("a URL", "a file") if by_url else ("a file", "a URL")
        raise click.UsageError(f"{id} does not take {wanted} as a picture; it takes {other}")
    known = "; ".join(f"{example.name!r}" for example in fitting)
    raise click.UsageError(f"unknown form {name!r}; known for this picture: {known}")


def _file(image: str) -> SampleImage:
    path = Path(image)
    try:
        return SampleImage(path.read_bytes(), path.name)
    except OSError as error:
        raise click.UsageError(f"{image} cannot be read: {error.strerror}") from None


def _credentials(vendor: Vendor, pairs: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in vendor.credentials:
            known = ", ".join(vendor.credentials)
            raise click.UsageError(f"--credential: {pair!r} is not NAME=VALUE with one of: {known}")
        given[name] = value
    return given
