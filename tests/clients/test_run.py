"""The runner reports a program that is wrong, silent, broken or missing as not right."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clients import toolchains
from clients.programs import CHECKS, EVERY, HTTPS, HTTPS_NAME, PROGRAMS
from clients.results import Result, run
from clients.run import credentials, plain_environment, serving
from clients.toolchains import TOOLCHAINS, Toolchain, ToolchainSetupError, command, prepare
from mockocr import samples
from mockocr.client import sender
from mockocr.core.errors import ErrorKind
from mockocr.core.request_example import SampleImage
from mockocr.testing.running import Running, running
from tests import request_examples
from tests.recognitions import Reader

ROOT = Path(__file__).parent.parent.parent


def result(folder: Path, script: str) -> Result:
    return run(["sh", "-c", script], folder, {"PATH": os.environ["PATH"]})


def lines(*names: str, verdict: str = "right") -> str:
    return "; ".join(rf"printf '{name}\t{verdict}\tseen\n'" for name in names)


def test_a_program_that_reports_every_check_right_is_right(tmp_path: Path) -> None:
    done = result(tmp_path, lines(*CHECKS))
    assert done.right
    assert [done.mark(name) for name in CHECKS] == ["ok"] * 4
    assert done.checks[0].seen == "seen"


def test_one_wrong_check_makes_the_program_wrong(tmp_path: Path) -> None:
    done = result(tmp_path, f"{lines(*CHECKS[:3])}; {lines(CHECKS[3], verdict='WRONG')}; exit 1")
    assert not done.right
    assert done.mark("used up") == "WRONG"


def test_a_wrong_check_counts_even_if_the_program_exits_with_0(tmp_path: Path) -> None:
    assert not result(tmp_path, f"{lines(*CHECKS)}; {lines('more', verdict='WRONG')}").right


def test_a_check_that_is_never_reported_makes_the_program_wrong(tmp_path: Path) -> None:
    done = result(tmp_path, lines(*CHECKS[1:]))
    assert not done.right
    assert done.missing == ["read"]
    assert done.mark("read") == "-"


def test_a_program_that_fails_is_wrong_and_its_error_is_reported(tmp_path: Path) -> None:
    done = result(tmp_path, f"{lines(*CHECKS)}; echo 'it fell over' >&2; exit 3")
    assert not done.right
    assert done.trouble == "exited with 3: it fell over"


def test_only_the_used_up_account_has_no_requests_left(tmp_path: Path) -> None:
    def ask(mock: Running, prefix: str) -> int:
        values = {n: found[f"{prefix}TENCENT_{n}".upper()] for n in vendor.credentials}
        image = SampleImage(samples.find("hello.png").data, "hello.png")
        request = request_examples.prepare(mock.url, "tencent.general", image, values)
        return sender.send(mock.url, request).response.status

    vendor, service, _ = sender.find("tencent.general")
    with running(engine=Reader()) as mock:
        found = credentials(mock, tmp_path)
        assert ask(mock, "") == 200
        assert ask(mock, "USED_UP_") == service.errors.by_kind(ErrorKind.QUOTA_EXCEEDED).status
    assert {name.removeprefix("USED_UP_") for name in found} <= set(found)


def test_programs_do_not_inherit_a_proxy() -> None:
    assert not [name for name in plain_environment() if name.lower().endswith("_proxy")]


@pytest.mark.tesseract
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
@pytest.mark.slow
def test_a_real_client_is_right_by_every_route(tmp_path: Path) -> None:
    (program,) = [found for found in PROGRAMS if found.source == "aliyun.sh"]
    text = tmp_path / "text.txt"
    text.write_text("no picture")
    with serving(tmp_path) as (server, routes):
        variables = {**plain_environment(), **credentials(server, tmp_path)}
        variables |= {"SAMPLES": str(samples.folder()), "NOT_A_PICTURE": str(text)}
        assert {route.name for route in routes} == set(program.routes) == {*EVERY, HTTPS_NAME}
        for route in routes:
            done = run(command(program), program.path.parent, {**variables, **route.variables})
            assert done.right, (route.name, done)


@pytest.mark.slow
def test_a_client_with_a_wrong_secret_is_wrong(tmp_path: Path) -> None:
    (program,) = [found for found in PROGRAMS if found.source == "tupu.sh"]
    text = tmp_path / "text.txt"
    text.write_text("no picture")
    with running(engine=Reader()) as mock:
        variables = {**plain_environment(), **credentials(mock, tmp_path), "TUPU_URL": mock.url}
        variables |= {
            "SAMPLES": str(samples.folder()),
            "NOT_A_PICTURE": str(text),
            "TUPU_KEY": "invented",
        }
        done = run(command(program), program.path.parent, variables)
    assert not done.right
    assert done.mark("read") == "WRONG"
    assert done.mark("used up") == "ok"


@pytest.mark.slow
def test_the_https_route_uses_no_proxy(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, routes):
        (direct,) = [route for route in routes if route.name == HTTPS]
    assert "proxy" not in str(direct.variables).lower()
    assert "trustStore=" in direct.variables["JAVA_TOOL_OPTIONS"]


def without_tools(ci: str) -> subprocess.CompletedProcess[str]:
    """Run the programs in Go on a machine without Go."""
    environment = {"PATH": "/nowhere", "PYTHONPATH": os.pathsep.join(sys.path), "CI": ci}
    command = [sys.executable, "-m", "clients.run", "--language", "go"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_missing_language_is_skipped_and_the_output_says_what_to_type() -> None:
    done = without_tools("")
    assert done.returncode == 0, done.stderr
    wanted = f"skipped, go: missing: go; type: apt-get install {TOOLCHAINS['go'].debian}"
    assert wanted in done.stdout


def test_a_failed_installation_is_reported_with_the_tools_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "printf '\\033[31mERROR: no such host\\033[0m\\nsee the manual\\n'; exit 1"
    broken = Toolchain((), "go", ("*.mod",), (("sh", "-c", script),))
    (tmp_path / "go").mkdir()
    monkeypatch.setattr(toolchains, "FOLDER", tmp_path)
    monkeypatch.setattr(toolchains, "TOOLCHAINS", {"go": broken})
    for _ in range(2):  # the second time fails too
        with pytest.raises(ToolchainSetupError, match=r"failed: ERROR: no such host$"):
            prepare("go")


def test_clients_are_installed_again_only_if_a_manifest_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Toolchain((), "go", ("*.mod",), (("sh", "-c", "echo fetched >>log"),))
    (tmp_path / "go").mkdir()
    manifest = tmp_path / "go/go.mod"
    monkeypatch.setattr(toolchains, "FOLDER", tmp_path)
    monkeypatch.setattr(toolchains, "TOOLCHAINS", {"go": counting})
    for text in ("one", "one", "two"):
        manifest.write_text(text)
        prepare("go")
    assert (tmp_path / "go/log").read_text().count("fetched") == 2


def test_in_ci_a_missing_language_is_an_error() -> None:
    done = without_tools("true")
    assert done.returncode == 1
    assert "go may not be skipped in CI" in done.stdout
