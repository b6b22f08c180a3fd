"""`mockocr doctor`: shows what is installed, what is missing, and what to type."""

from __future__ import annotations

import os
import platform
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from mockocr import __version__
from mockocr.core.errors import ApiError
from mockocr.recognition import engines
from mockocr.recognition.models import INSTALL as INSTALL_MODELS
from mockocr.recognition.models import load as load_models
from mockocr.recognition.models import models_version
from mockocr.serving import server
from mockocr.serving.grpc import gateway
from mockocr.serving.tls import setup
from mockocr.settings import InvalidSettingError, resolve
from mockocr.vendors import discover


@click.command
def command() -> None:
    """Show what is installed, what is missing, and what to type.

    The exit code is 0 if the server can start and read pictures.
    """
    found = engines.probe()
    missing = list(found.missing)
    _show("mockocr", f"{__version__} on Python {platform.python_version()}, {os.cpu_count()} cores")
    _show("tesseract", found.command or "not installed (the command)")
    _show("tesserocr", _module(found.module))
    unloadable = _model_problem()
    missing += [unloadable] if unloadable else []
    _show("models", unloadable or _models(models_version()))
    _show("language data", _languages(found))
    _show("engine", _chosen(found))
    _show("reader", _reader(found))
    _show("PDF pages", _pdfium())
    vendors = discover()
    _show("vendors", ", ".join(vendor.name for vendor in vendors))
    try:
        settings = resolve(vendors, {}, os.environ)
    except InvalidSettingError as error:
        missing.append(f"the settings are invalid: {error}")
    else:
        missing += settings.notes
        for name, flag, port in (
            ("address", "--port", settings.port),
            ("https", "--tls-port", settings.tls_port),
            ("proxy", "--proxy-port", settings.proxy_port),
            ("gRPC", "--grpc-port", settings.grpc_port),
        ):
            if flag == "--grpc-port" and not gateway.possible():
                _show(name, gateway.MISSING)
                continue
            if port is None:
                _show(name, f"off; type: mockocr serve {flag} N")
                continue
            problem = _port_problem(settings.host, port)
            _show(name, problem or f"{settings.host}:{port} is free")
            if problem:
                missing.append(f"{problem}; type: mockocr serve {flag} 0")
        _show("local CA", _local_ca(settings.folder))
    for sentence in missing:
        click.echo(f"! {sentence}")
    sys.exit(1 if missing else 0)


def _local_ca(folder: Path) -> str:
    if not setup.possible():
        return setup.MISSING
    path = setup.certificate(folder)
    return str(path) if path.is_file() else "not made yet; type: mockocr ca"


def _show(name: str, text: str) -> None:
    click.echo(f"{name:<14} {text}")


def _module(version: str) -> str:
    if version:
        return f"installed, with Tesseract {version}"
    return "not installed; it is several times faster; type: pip install 'mockocr[fast]'"


def _models(version: str) -> str:
    if version:
        return f"those of rapidocr {version}"
    return f"not installed; photos, signs and handwriting need them; type: {INSTALL_MODELS}"


def _model_problem() -> str:
    """Why installed models do not load: a library of the system may be missing."""
    if models_version():
        try:
            load_models()
        except ApiError as error:
            return error.detail
    return ""


def _pdfium() -> str:
    if find_spec("pypdfium2"):
        return "rendered by PDFium"
    return "not supported; type: pip install 'mockocr[pdf]'"


def _languages(found: engines.Probe) -> str:
    if not found.languages:
        return "none"
    return f"{', '.join(found.languages)} in {found.tessdata}"


def _chosen(found: engines.Probe) -> str:
    """The reader that `auto` uses, and what the best one lacks."""
    if found.engines and models_version():
        return f"auto uses {found.engines[0]} with the models, the best reader"
    if found.engines:
        return f"auto uses {found.engines[0]} alone; the best reader needs the models"
    return "auto uses the models alone" if models_version() else "none works"


def _reader(found: engines.Probe) -> str:
    """The same sentence as in the ready line and on the health page."""
    models = bool(models_version())
    if not found.engines and not models:
        return "none"
    return engines.describe_reader(found.engines[0] if found.engines else "", models, models)


def _port_problem(host: str, port: int) -> str:
    try:
        server.bind(host, port).close()
    except OSError as error:
        return f"cannot listen on {host}:{port}: {error.strerror or error}"
    return ""
