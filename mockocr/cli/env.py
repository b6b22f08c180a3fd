"""`mockocr env`: the variables that lead a client to the proxy and let it trust the local CA."""

from __future__ import annotations

import os
import shlex
import ssl
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from mockocr.serving.tls import setup
from mockocr.settings import InvalidSettingError, Settings, data_dir, resolve
from mockocr.vendors import discover

if TYPE_CHECKING:
    from mockocr.serving.tls.ca_store import CaStore

CLIENTS = ("python", "node", "java", "go", "curl")
PORT = 8081
"""Of the proxy, where no setting names one."""
DIRECT = ("localhost", "127.0.0.1", "::1")
"""Hosts that no client should ask a proxy for."""
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/cert.pem",  # macOS, Alpine
)


@click.command
@click.option("--proxy", help="URL of the proxy. [default: http://127.0.0.1:8081, or --proxy-port]")
@click.argument("clients", nargs=-1, type=click.Choice(CLIENTS))
def command(proxy: str | None, clients: tuple[str, ...]) -> None:
    """Print the variables for clients that keep the vendors' own URLs.

    They ask the proxy of `mockocr serve --proxy-port 8081` and trust the local CA. CLIENTS are
    python, node, java, go and curl; all of them without any. In a shell: eval "$(mockocr env)"
    """
    vendors = discover()
    try:
        settings = resolve(vendors, {}, os.environ)
        safe = setup.open_ca_store(settings.home, vendors)
        wanted = clients or CLIENTS
        for line in lines(safe, proxy or _url(settings), wanted):
            click.echo(line)
    except (
        InvalidSettingError,
        setup.CertificatesUnavailableError,
        data_dir.DataDirError,
    ) as error:
        click.echo(f"mockocr: {error}", err=True)
        sys.exit(1)


def lines(safe: CaStore, proxy: str, clients: Sequence[str]) -> Iterator[str]:
    """Lines for a shell, with a comment before each client's; writes the files that they name."""
    yield "# every client: the vendors' hosts by the proxy, this machine without it"
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        yield from (_export(name, proxy), _export(name.lower(), proxy))
    direct = ",".join(DIRECT)
    yield from (_export("NO_PROXY", direct), _export("no_proxy", direct))
    bundle = str(_bundle(safe)) if {"python", "go", "curl"} & {*clients} else ""
    if "python" in clients:
        yield "# Python: requests by the first, ssl, urllib and httpx by the second"
        yield from (_export("REQUESTS_CA_BUNDLE", bundle), _export("SSL_CERT_FILE", bundle))
    if "go" in clients and "python" not in clients:
        yield "# Go"
        yield _export("SSL_CERT_FILE", bundle)
    elif "go" in clients:
        yield "# Go: SSL_CERT_FILE too"
    if "curl" in clients:
        yield "# curl"
        yield _export("CURL_CA_BUNDLE", bundle)
    if "node" in clients:
        yield "# Node; the second makes fetch and https ask the proxy, from 22.21 and 24.5 on"
        yield _export("NODE_EXTRA_CA_CERTS", str(safe.certificate))
        yield _export("NODE_USE_ENV_PROXY", "1")
    if "java" in clients:
        yield "# Java: the trust store holds the local CA alone"
        yield _export("JAVA_TOOL_OPTIONS", _java(safe, proxy))


def _export(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _url(settings: Settings) -> str:
    # 0 is known to the server alone, and an address to listen on is none to ask
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.proxy_port or PORT}"


def _bundle(safe: CaStore) -> Path:
    """The system's authorities and ours: the variables that name it replace the system's."""
    from mockocr.serving.tls.ca_store import BUNDLE

    found = (Path(place) for place in (ssl.get_default_verify_paths().openssl_cafile, *_BUNDLES))
    system = next((place.read_bytes() for place in found if place.is_file()), b"")
    path = safe.folder / BUNDLE
    data_dir.put(
        path, system.rstrip() + b"\n" + safe.authority.pem if system else safe.authority.pem
    )
    return path


def _java(safe: CaStore, proxy: str) -> str:
    from mockocr.serving.tls.ca_store import PASSWORD, TRUSTSTORE

    path = safe.folder / TRUSTSTORE
    # salted, so that no two are alike: what is there is right when it is newer than the certificate
    if not path.is_file() or path.stat().st_mtime < safe.certificate.stat().st_mtime:
        data_dir.put(path, safe.authority.truststore(PASSWORD))
    parts = urlsplit(proxy)
    options = {"javax.net.ssl.trustStore": path, "javax.net.ssl.trustStorePassword": PASSWORD}
    for scheme in ("http", "https"):
        options[f"{scheme}.proxyHost"] = parts.hostname or ""
        options[f"{scheme}.proxyPort"] = str(parts.port or 80)
    options["http.nonProxyHosts"] = "|".join(DIRECT)
    words = (f"-D{name}={value}" for name, value in options.items())
    return " ".join(f'"{word}"' if " " in word else word for word in words)
