"""`ca`, `env`, `doctor` and the TLS and proxy flags of `serve`, run as users run them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from mockocr import __version__, samples
from tests.forks import python
from tests.gallery import gallery


def environment(folder: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    proxies = {"http_proxy", "https_proxy", "no_proxy"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MOCKOCR_") and name.lower() not in proxies
    }
    return {**kept, "MOCKOCR_HOME": str(folder), **(extra or {})}


def mockocr(
    folder: Path,
    *arguments: str,
    extra: Mapping[str, str] | None = None,
    start: Sequence[str] | None = None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*(start or python()), "-m", "mockocr", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(folder, extra),
        cwd=folder.parent,
        check=False,
    )


@contextmanager
def serving(
    folder: Path, *arguments: str, extra: Mapping[str, str] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Yields the ready line and a list that has the process's log lines after the block."""
    process = subprocess.Popen(
        [*python(), "-m", "mockocr", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(folder, extra),
        cwd=folder.parent,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        yield process.stdout.readline(), said
    finally:
        process.terminate()
        said += process.communicate(timeout=20)[1].splitlines()
    assert process.returncode == 0


@pytest.fixture(scope="module")
def other_server() -> str:
    """The URL of a web server that is not mockocr."""
    return gallery(lambda name: samples.find(name).data)


def variables(printed: str) -> dict[str, str]:
    """The variables that a shell has after running the lines."""
    done = subprocess.run(
        ["sh", "-c", f"{printed}\nenv -0"], capture_output=True, text=True, env={}, check=True
    )
    return dict(pair.split("=", 1) for pair in done.stdout.split("\0") if pair)


@pytest.mark.slow
def test_the_ready_line_names_every_listener(tmp_path: Path) -> None:
    with serving(tmp_path / "home", "--tls-port", "0", "--proxy-port", "0") as (ready, _):
        found = re.fullmatch(
            rf"mockocr {__version__} ready on (http://127.0.0.1:\d+) (https://127.0.0.1:\d+)"
            r" proxy=(http://127.0.0.1:\d+)\n",
            ready,
        )
        assert found, ready
        context = ssl.create_default_context(cafile=tmp_path / "home" / "ca.pem")
        with urllib.request.urlopen(f"{found[2]}/_mockocr/health", context=context) as response:
            assert response.status == 200
        assert len({found[1][7:], found[2][8:], found[3][7:]}) == 3


@pytest.mark.slow
def test_send_trusts_the_local_ca(tmp_path: Path) -> None:
    home, picture = tmp_path / "home", str(samples.folder() / "hello.png")
    # huawei.token reads no picture, so the engine does not matter here
    ask = ["send", "huawei.token", picture, "--url"]
    with serving(home, "--tls-port", "0") as (ready, _):
        url = ready.split()[-1]
        done = mockocr(home, *ask, url)
        assert done.returncode == 0, done.stderr
        printed = mockocr(home, *ask, url, "--curl").stdout
        assert f"--cacert {home / 'ca.pem'}" in printed
        assert "CERTIFICATE_VERIFY_FAILED" in mockocr(tmp_path / "no", *ask, url).stderr


@pytest.mark.slow
def test_the_proxy_port_alone_creates_the_ca_too(tmp_path: Path) -> None:
    with serving(tmp_path / "home", "--proxy-port", "0") as (ready, _):
        assert "https://" not in ready
        url = ready.split()[4]
        with urllib.request.urlopen(f"{url}/_mockocr/ca.pem") as response:
            assert response.read() == (tmp_path / "home" / "ca.pem").read_bytes()


@pytest.mark.slow
def test_without_the_flags_there_is_one_listener_and_no_file(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as (ready, _):
        assert re.fullmatch(rf"mockocr {__version__} ready on http://127.0.0.1:\d+\n", ready)
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
@pytest.mark.parametrize(
    ("arguments", "extra", "status"),
    [
        ((), {}, "403"),
        (("--proxy-pass",), {}, "200"),
        ((), {"MOCKOCR_PROXY_PASS": "yes"}, "200"),
        (("--config", "passing.toml"), {}, "200"),
        (("--config", "not_passing.toml"), {"MOCKOCR_PROXY_PORT": "0"}, "403"),
    ],
)
@pytest.mark.slow
def test_the_proxy_forwards_to_other_hosts_only_with_proxy_pass(
    arguments: tuple[str, ...],
    extra: Mapping[str, str],
    status: str,
    tmp_path: Path,
    other_server: str,
) -> None:
    (tmp_path / "passing.toml").write_text("proxy_pass = true\n")
    (tmp_path / "not_passing.toml").write_text("proxy_pass = false\n")
    home = tmp_path / "home"
    with serving(home, "--proxy-port", "0", *arguments, extra=extra) as (ready, said):
        proxy = ready.split()[-1].removeprefix("proxy=")
        asked = ["-x", proxy, "--noproxy", "", f"{other_server}/hello.png"]
        done = subprocess.run(
            ["curl", "-sS", "-o", os.devnull, "-w", "%{http_code}", *asked],
            capture_output=True,
            text=True,
            env=environment(tmp_path),
            check=False,
        )
    assert done.stdout == status, done.stderr
    assert any("the proxy refuses http://127.0.0.1" in line for line in said) == (status == "403")


@pytest.mark.slow
def test_the_error_for_a_port_in_use_names_port_and_flag(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for flag in ("--tls-port", "--proxy-port"):
            done = mockocr(tmp_path / "home", "serve", "--port", "0", flag, port)
            assert done.returncode == 2
            assert f"{flag}: cannot listen on 127.0.0.1:{port}" in done.stderr


@pytest.mark.slow
def test_a_data_folder_that_cannot_be_created_stops_the_start_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for arguments in (("serve", "--port", "0", "--tls-port", "0"), ("ca",), ("env",)):
        done = mockocr(tmp_path / "file", *arguments)
        assert done.returncode in (1, 2)
        assert done.stderr.startswith("mockocr: ")
        assert "set MOCKOCR_HOME to another folder" in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_ca_prints_the_path_and_the_same_certificate_each_time(tmp_path: Path) -> None:
    first, second = (mockocr(tmp_path / "home", "ca").stdout for _ in range(2))
    assert first == second == f"{tmp_path / 'home' / 'ca.pem'}\n"
    pem = mockocr(tmp_path / "home", "ca", "--pem").stdout
    assert pem == Path(first.strip()).read_text()
    assert "PRIVATE" not in pem


@pytest.mark.slow
def test_without_the_extra_the_error_says_what_to_type(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'cryptography' else real(name, *rest)\n"
    )
    path = os.pathsep.join([str(hidden), *filter(None, sys.path)])
    for arguments in (("serve", "--port", "0", "--tls-port", "0"), ("ca",), ("env",)):
        extra = {"PYTHONPATH": path}
        done = mockocr(tmp_path / "home", *arguments, extra=extra, start=[sys.executable])
        assert done.returncode in (1, 2)
        assert "pip install 'mockocr[tls]'" in done.stderr
        assert "Traceback" not in done.stderr


def test_env_prints_lines_for_a_shell_and_writes_the_files_they_name(tmp_path: Path) -> None:
    home = tmp_path / "my home"
    found = variables(mockocr(home, "env").stdout)
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        assert found[name] == "http://127.0.0.1:8081"
    assert found["NO_PROXY"] == found["no_proxy"] == "localhost,127.0.0.1,::1"
    assert found["NODE_EXTRA_CA_CERTS"] == str(home / "ca.pem")
    for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"):
        bundle = Path(found[name]).read_bytes()
        assert (home / "ca.pem").read_bytes() in bundle
        assert b"PRIVATE" not in bundle
    assert f'"-Djavax.net.ssl.trustStore={home}/ca.p12"' in found["JAVA_TOOL_OPTIONS"]
    assert "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=8081" in found["JAVA_TOOL_OPTIONS"]
    assert (home / "ca.p12").stat().st_mode & 0o777 == 0o600
    folder = Path(found["PHP_INI_SCAN_DIR"].removeprefix(":"))
    bundle_path = found["SSL_CERT_FILE"]
    expected = f'curl.cainfo = "{bundle_path}"\nopenssl.cafile = "{bundle_path}"\n'
    assert (folder / "mockocr.ini").read_text() == expected


def test_env_says_how_a_wrapper_of_tencents_sdk_trusts_the_ca(tmp_path: Path) -> None:
    """The command in the comment, run with the list of another installation."""
    printed = mockocr(tmp_path / "home", "env", "python").stdout
    (line,) = [line for line in printed.splitlines() if line.startswith("#   cat ")]
    scripts, authorities = tmp_path / "bin", tmp_path / "cacert.pem"
    scripts.mkdir()
    (scripts / "python").write_text(f'#!/bin/sh\n[ "$*" = "-m certifi" ] && echo {authorities}\n')
    (scripts / "python").chmod(0o755)
    authorities.write_bytes(b"others\n")
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    command = line.removeprefix("#")
    subprocess.run(["sh", "-c", command], env={"PATH": path}, check=True)
    assert authorities.read_bytes() == b"others\n" + (tmp_path / "home" / "ca.pem").read_bytes()


def test_env_prints_the_requested_clients_and_the_configured_proxy(tmp_path: Path) -> None:
    extra = {"MOCKOCR_PROXY_PORT": "9001", "MOCKOCR_HOST": "0.0.0.0"}
    found = variables(mockocr(tmp_path / "home", "env", "go", extra=extra).stdout)
    assert found["HTTPS_PROXY"] == "http://127.0.0.1:9001"
    assert "SSL_CERT_FILE" in found
    assert not {"NODE_EXTRA_CA_CERTS", "JAVA_TOOL_OPTIONS", "REQUESTS_CA_BUNDLE"} & {*found}
    named = mockocr(tmp_path / "home", "env", "--proxy", "http://mock:3128", "java").stdout
    assert "-Dhttps.proxyHost=mock -Dhttps.proxyPort=3128" in named


@pytest.mark.slow
def test_doctor_reports_the_ports_and_the_ca(tmp_path: Path) -> None:
    before = mockocr(tmp_path / "home", "doctor", extra={"MOCKOCR_PORT": "0"}).stdout
    assert "not made yet; type: mockocr ca" in before
    assert "https          off; type: mockocr serve --tls-port N" in before
    mockocr(tmp_path / "home", "ca")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = {"MOCKOCR_PORT": "0", "MOCKOCR_TLS_PORT": str(taken.getsockname()[1])}
        done = mockocr(tmp_path / "home", "doctor", extra=ports)
    assert str(tmp_path / "home" / "ca.pem") in done.stdout
    assert done.returncode == 1
    assert "type: mockocr serve --tls-port 0" in done.stdout
