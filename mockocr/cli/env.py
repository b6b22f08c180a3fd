"""`mockocr env`: the variables with which a client asks the proxy and trusts the local CA."""

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

CLIENTS = ("python", "node", "java", "go", "curl", "php")
PORT = 8081
"""The proxy's port if no setting names one."""
DIRECT = ("localhost", "127.0.0.1", "::1")
"""Hosts that clients must reach without the proxy."""
_CERTIFI = "python -m certifi"
"""Prints where a Python installation keeps the CA list of SDKs that bring their own."""
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/cert.pem",  # macOS, Alpine
)


@click.command
@click.option("--proxy", help="URL of the proxy. [default: http://127.0.0.1:8081, or --proxy-port]")
@click.argument("clients", nargs=-1, type=click.Choice(CLIENTS))
def command(proxy: str | None, clients: tuple[str, ...]) -> None:
    """Print the environment variables for clients that keep the vendors' own URLs.

    With them a client asks the proxy of `mockocr serve --proxy-port 8081` and trusts the local CA.
    CLIENTS are python, node, java, go, curl and php; the default is all. In a shell, type:
    eval "$(mockocr env)"
    """
    vendors = discover()
    try:
        settings = resolve(vendors, {}, os.environ)
        ca = setup.open_ca_store(settings.folder, vendors)
        for line in lines(ca, proxy or _proxy_url(settings), clients or CLIENTS):
            click.echo(line)
    except (
        InvalidSettingError,
        setup.CertificatesUnavailableError,
        data_dir.DataDirError,
    ) as error:
        click.echo(f"mockocr: {error}", err=True)
        sys.exit(1)


def lines(ca: CaStore, proxy: str, clients: Sequence[str]) -> Iterator[str]:
    """Lines for a shell, with a comment before those of each client.

    Writes the files that the variables name.
    """
    yield "# all clients: use the proxy for every host but this machine"
    for name in ("HTTPS_PROXY", "HTTP_PROXY"):
        yield from (_export(name, proxy), _export(name.lower(), proxy))
    direct = ",".join(DIRECT)
    yield from (_export("NO_PROXY", direct), _export("no_proxy", direct))
    bundle = str(_bundle(ca)) if {"python", "go", "curl", "php"} & {*clients} else ""
    if "python" in clients:
        yield "# Python: requests reads the first; ssl, urllib and httpx read the second"
        yield from (_export("REQUESTS_CA_BUNDLE", bundle), _export("SSL_CERT_FILE", bundle))
        yield "# gRPC, in Python and in Node"
        yield _export("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", bundle)
        yield "# boto3 reads this one"
        yield _export("AWS_CA_BUNDLE", bundle)
        yield "# Tencent Cloud's SDK reads neither: pass HttpProfile(certification=...), or,"
        yield "# for a program that wraps the SDK, add the local CA to the list that it uses:"
        yield f'#   cat {shlex.quote(str(ca.certificate))} >> "$({_CERTIFI})"'
    if "go" in clients and "python" not in clients:
        yield "# Go"
        yield _export("SSL_CERT_FILE", bundle)
    elif "go" in clients:
        yield "# Go: reads SSL_CERT_FILE too"
    if "curl" in clients:
        yield "# curl"
        yield _export("CURL_CA_BUNDLE", bundle)
    if "node" in clients:
        yield "# Node: since 22.21 and 24.5 the second makes fetch and https use the proxy"
        yield _export("NODE_EXTRA_CA_CERTS", str(ca.certificate))
        yield _export("NODE_USE_ENV_PROXY", "1")
    if "java" in clients:
        yield "# Java: the trust store holds only the local CA, whose name constraints Java ignores"
        yield _export("JAVA_TOOL_OPTIONS", _java_options(ca, proxy))
    if "php" in clients:
        yield "# PHP: curl, Guzzle and the streams read the CA from the settings in this folder"
        yield _export("PHP_INI_SCAN_DIR", f"{os.pathsep}{_php_settings(ca, bundle)}")


def _export(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _proxy_url(settings: Settings) -> str:
    # clients cannot connect to a wildcard address, and only the server knows which port it got
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.proxy_port or PORT}"


def _bundle(ca: CaStore) -> Path:
    """A file with the system's CAs and ours, as the variables that name it replace the system's."""
    from mockocr.serving.tls.ca_store import BUNDLE

    places = (Path(place) for place in (ssl.get_default_verify_paths().openssl_cafile, *_BUNDLES))
    system = next((place.read_bytes() for place in places if place.is_file()), b"")
    path = ca.folder / BUNDLE
    data_dir.put(path, system.rstrip() + b"\n" + ca.authority.pem if system else ca.authority.pem)
    return path


def _php_settings(ca: CaStore, bundle: str) -> Path:
    """A folder with PHP settings that name the bundle: PHP reads no variable for it."""
    path = ca.folder / "php" / "mockocr.ini"
    names = ("curl.cainfo", "openssl.cafile")
    data_dir.put(path, "".join(f'{name} = "{bundle}"\n' for name in names).encode())
    return path.parent


def _java_options(ca: CaStore, proxy: str) -> str:
    from mockocr.serving.tls.ca_store import PASSWORD, TRUSTSTORE

    path = ca.folder / TRUSTSTORE
    # every trust store has another salt, so compare its age with the certificate's, not its bytes
    if not path.is_file() or path.stat().st_mtime < ca.certificate.stat().st_mtime:
        data_dir.put(path, ca.authority.truststore(PASSWORD))
    parts = urlsplit(proxy)
    options = {"javax.net.ssl.trustStore": path, "javax.net.ssl.trustStorePassword": PASSWORD}
    for scheme in ("http", "https"):
        options[f"{scheme}.proxyHost"] = parts.hostname or ""
        options[f"{scheme}.proxyPort"] = str(parts.port or 80)
    options["http.nonProxyHosts"] = "|".join(DIRECT)
    words = (f"-D{name}={value}" for name, value in options.items())
    return " ".join(f'"{word}"' if " " in word else word for word in words)
