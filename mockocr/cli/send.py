"""`mockocr send`: signs and sends one request, as a client would."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from mockocr.client import sender
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Vendor
from mockocr.serving.tls import setup
from mockocr.settings import InvalidSettingError, resolve
from mockocr.vendors import discover


@click.command
@click.argument("operation", metavar="VENDOR.OPERATION")
@click.argument("image")
@click.option(
    "--url", "base", default="http://127.0.0.1:8080", show_default=True, help="URL of the server."
)
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
    vendor, name = _operation(operation)
    by_url = image.startswith(("http://", "https://"))
    form = _form(vendor, name, form_name, by_url)
    shown = SampleImage(url=image) if by_url else _file(image)
    values = {**vendor.credentials, **_credentials(vendor, credentials)}
    request = sender.prepare(base, vendor, form, shown, values)
    authority = _authority() if base.startswith("https:") else None
    if as_curl:
        click.echo(sender.curl(base, request, authority))
        return
    try:
        answer = sender.send(base, request, authority=authority)
    except sender.RequestFailedError as error:
        raise click.ClickException(f"{error} (is the server running? mockocr serve)") from None
    response = answer.response
    click.echo(f"{response.status} in {answer.seconds * 1000:.0f} ms", err=True)
    for key, value in response.headers:
        click.echo(f"{key}: {value}", err=True)
    document = answer.json()
    if document is not None:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif response.body:
        click.echo(response.body.decode("utf-8", "replace"))
    sys.exit(0 if _is_result(form, answer) else 1)


def _authority() -> Path | None:
    """The local CA's certificate, None if the user has none."""
    try:
        path = setup.certificate(resolve(discover(), {}, os.environ).folder)
    except InvalidSettingError as error:
        raise click.ClickException(str(error)) from None
    return path if path.is_file() else None


def _is_result(form: RequestExample, answer: sender.Answer) -> bool:
    find = form.lines or form.told
    if find is None:
        return answer.response.status < 300
    try:
        find(answer.json())
    except (KeyError, TypeError, IndexError):
        return False
    return True


def _operation(text: str) -> tuple[Vendor, str]:
    vendors = discover()
    for vendor in vendors:
        for operation in vendor.operations:
            if text == f"{vendor.name}.{operation.name}":
                return vendor, operation.name
    names = ", ".join(f"{v.name}.{o.name}" for v in vendors for o in v.operations)
    raise click.UsageError(f"unknown operation {text!r}; known: {names}")


def _form(vendor: Vendor, operation: str, name: str | None, by_url: bool) -> RequestExample:
    all_ = [form for form in sender.forms(vendor) if form.operation == operation]
    # an example that extracts credentials takes no picture at all
    fitting = [f for f in all_ if f.by_url == by_url or (f.lines is None and f.told is None)]
    for form in fitting:
        if name in (None, form.name):
            return form
    if name is None:
        wanted, other = ("a URL", "a file") if by_url else ("a file", "a URL")
        sentence = f"{vendor.name}.{operation} does not take {wanted} as a picture"
        raise click.UsageError(f"{sentence}; it takes {other}" if all_ else sentence)
    known = "; ".join(f"{form.name!r}" for form in fitting)
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
