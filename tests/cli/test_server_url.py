"""How commands find the running server, and what they say if it does not answer."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

import mockocr
from mockocr import samples
from mockocr.cli import main
from mockocr.cli._server_url import complete_url
from mockocr.testing.running import Running
from tests.forks import python
from tests.recognitions import Reader

HELLO = str(samples.folder() / "hello.png")
COMMANDS = (("send", "tencent.general", HELLO), ("requests",))


@pytest.fixture(scope="module")
def mock() -> Iterator[Running]:
    with mockocr.running(engine=Reader()) as server:
        yield server


def call(*arguments: str, **variables: str) -> Result:
    environment = {"MOCKOCR_URL": None, "MOCKOCR_PORT": None, **variables}
    return CliRunner().invoke(main, arguments, env=environment)


@pytest.mark.parametrize("command", COMMANDS, ids=["send", "requests"])
def test_every_command_finds_the_server_in_the_same_way(
    mock: Running, command: tuple[str, ...]
) -> None:
    port = str(urlsplit(mock.url).port)
    for variables in ({"MOCKOCR_URL": mock.url}, {"MOCKOCR_PORT": port}):
        assert call(*command, **variables).exit_code == 0, variables
    for url in (mock.url, f"{mock.url}/", f"localhost:{port}", f":{port}", port):
        assert call(*command, "--url", url, MOCKOCR_URL="http://127.0.0.1:9").exit_code == 0, url
    done = call(*command, MOCKOCR_PORT="9")
    assert "no answer from http://127.0.0.1:9: " in done.output
    assert "is the server running? mockocr serve" in done.output


@pytest.mark.parametrize("url", ["ftp://host", "http:///", "http://host:port", "http://host:99999"])
def test_what_is_no_http_url_is_refused_with_one_sentence(url: str) -> None:
    for command in COMMANDS:
        done = call(*command, "--url", url)
        assert done.exit_code == 2
        assert f"{url!r} is not an http URL such as http://127.0.0.1:8080" in done.output


def test_the_default_port_is_that_of_serve() -> None:
    for name in ("send", "requests"):
        shown = " ".join(call(name, "--help").output.split())
        assert "[default: (MOCKOCR_URL, or http://127.0.0.1:$MOCKOCR_PORT)]" in shown
    assert complete_url("8080") == "http://127.0.0.1:8080"
    assert complete_url("[::1]:8080/") == "http://[::1]:8080"


def test_a_reset_fault_is_told_from_a_dead_server(mock: Running) -> None:
    mock.tencent.general.fail("reset")
    done = call("send", "tencent.general", HELLO, "--url", mock.url)
    assert done.exit_code == 1
    assert "the connection was closed before the whole answer came" in done.output
    assert "is the server running?" not in done.output


def test_the_server_does_not_take_the_variable_for_a_misspelt_setting(tmp_path: Path) -> None:
    environment = {**os.environ, "MOCKOCR_URL": "http://127.0.0.1:1", "MOCKOCR_PROT": "0"}
    done = subprocess.run(
        [*python(), "-m", "mockocr", "serve", "--port", "0", "--engine", "nonsense"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "MOCKOCR_URL" not in done.stderr


def test_an_unknown_command_gets_a_suggestion() -> None:
    done = call("reqests")
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        2,
        "Error: there is no command 'reqests'; did you mean 'requests'?",
    )
    assert "No such command 'zzzzzz'" in call("zzzzzz").output


@pytest.mark.parametrize("name", ["list", "show", "record", "edit", "prune"])
def test_the_help_of_a_golden_command_needs_no_folder(name: str) -> None:
    done = call("golden", name, "--help")
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Usage: ")
