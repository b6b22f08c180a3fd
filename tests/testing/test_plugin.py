"""The pytest plugin, used as users do: in its own project, in its own process."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import mockocr
from tests.control.acme import ACME, Eyes, load
from tests.forks import python

INI = """\
[pytest]
filterwarnings = error
addopts = -p no:cacheprovider
"""

CONFTEST = """\
import pytest
from mockocr.testing.running import running
from tests.control.acme import ACME, Eyes, load

@pytest.fixture(scope="session")
def mockocr_server():
    with running(engine=Eyes(), vendors=(ACME,), load=load) as server:
        yield server
"""

ASK = """\
import urllib.error, urllib.request
from mockocr.core.account import Credential
from mockocr.core.http import Request
from tests.control.acme import PICTURE, sign

def read(mockocr, secret=None):
    values = dict(mockocr.acme.credentials)
    values["secret"] = secret or values["secret"]
    call = sign(Request("POST", "/read", body=PICTURE), Credential("acme", values))
    request = urllib.request.Request(mockocr.acme.read.url, PICTURE, dict(call.headers))
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
"""


def run(folder: Path, test: str, ini: str = INI, *arguments: str, own_server: bool = True) -> str:
    """The output of pytest for a project with that test."""
    (folder / "pytest.ini").write_text(ini)
    if own_server:
        (folder / "conftest.py").write_text(CONFTEST)
    (folder / "asking.py").write_text(ASK)
    (folder / "test_it.py").write_text(test)
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((root, str(folder)))}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    ran = subprocess.run(
        [
            *python(),
            "-m",
            "pytest",
            "-q",
            "-p",
            "mockocr.testing.plugin",
            *arguments,
            str(folder),
        ],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return ran.stdout + ran.stderr


@pytest.mark.slow
def test_each_test_has_a_fresh_account_that_ends_with_it(tmp_path: Path) -> None:
    printed = run(
        tmp_path,
        """\
from asking import read
names = set()

def test_one(mockocr):
    names.add(mockocr.name)
    mockocr.acme.read.fail("error=9", times=None)
    mockocr.acme.read.quota(left=0)
    assert read(mockocr) == 403
    assert len(mockocr.requests("acme.read")) == 1

def test_two(mockocr, mockocr_server):
    assert mockocr.name not in names
    assert read(mockocr) == 200
    assert len(mockocr.requests()) == 1
    assert mockocr_server._remote.request("GET", "/faults")["faults"] == []
    assert [a["name"] for a in mockocr_server._remote.request("GET", "/accounts")["accounts"]] == [
        "dev", mockocr.name]
""",
    )
    assert "2 passed" in printed, printed


REFUSED = """\
from asking import read

def test_wrong_secret(mockocr):
    assert read(mockocr, "wrong") == 401

def test_injected(mockocr):
    mockocr.acme.read.fail("error=9")
    assert read(mockocr) == 403
"""


@pytest.mark.slow
def test_an_unexpected_refusal_fails_the_test_with_refusals_fail(tmp_path: Path) -> None:
    printed = run(tmp_path, REFUSED, INI + "mockocr_refusals = fail\n")
    assert "acme.read: the signature does not match" in printed
    assert "2 passed, 1 error" in printed, printed


@pytest.mark.slow
def test_declared_refusals_are_expected(tmp_path: Path) -> None:
    printed = run(
        tmp_path,
        """\
import pytest
from asking import read

def test_a_quota(mockocr):
    mockocr.acme.read.quota(left=1)
    assert [read(mockocr), read(mockocr)] == [200, 403]

def test_declared(mockocr):
    mockocr.expect("bad_signature")
    assert read(mockocr, "wrong") == 401

@pytest.mark.mockocr_refusals("ignore")
def test_marked(mockocr):
    assert read(mockocr, "wrong") == 401

def test_another_problem(mockocr):
    mockocr.expect("expired")
    assert read(mockocr, "wrong") == 401
""",
        INI + "mockocr_refusals = fail\n",
        "--strict-markers",
    )
    assert "4 passed, 1 error" in printed, printed


UNAUTHENTICATED = """\
import urllib.error, urllib.request

def code(url):
    try:
        urllib.request.urlopen(urllib.request.Request(url, b"x"))
    except urllib.error.HTTPError as error:
        with error:
            return error.code

def test_missing_credentials(mockocr):
    assert code(mockocr.acme.read.url) == 401

def test_mistyped_path(mockocr):
    assert code(mockocr.acme.url + "/raed") == 404

def test_no_request(mockocr):
    pass

def test_both_declared(mockocr):
    mockocr.expect("no_credentials", "no_such_operation")
    assert code(mockocr.acme.read.url) == 401
    assert code(mockocr.acme.url + "/raed") == 404
"""


@pytest.mark.slow
def test_an_unauthenticated_refusal_fails_the_test_that_sent_the_request(
    tmp_path: Path,
) -> None:
    printed = run(tmp_path, UNAUTHENTICATED, INI + "mockocr_refusals = fail\n")
    assert "4 passed, 2 errors" in printed, printed
    for test in ("test_missing_credentials", "test_mistyped_path"):
        assert f"ERROR test_it.py::{test}" in printed, printed


@pytest.mark.slow
def test_on_a_shared_server_unauthenticated_refusals_fail_no_test(tmp_path: Path) -> None:
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load) as server:
        ini = f"{INI}mockocr_url = {server.url}\nmockocr_refusals = fail\n"
        assert "4 passed" in run(tmp_path, UNAUTHENTICATED, ini, own_server=False)


def test_an_unexpected_refusal_is_ignored_by_default(tmp_path: Path) -> None:
    assert "2 passed" in run(tmp_path, REFUSED)


def test_a_wrong_setting_stops_the_run(tmp_path: Path) -> None:
    printed = run(tmp_path, REFUSED, INI + "mockocr_refusals = fial\n")
    assert "mockocr_refusals is ignore or fail, not 'fial'" in printed


@pytest.mark.tesseract
@pytest.mark.slow
def test_the_session_server_uses_the_installed_engine(tmp_path: Path) -> None:
    printed = run(
        tmp_path,
        """\
def test_health(mockocr_server):
    health = mockocr_server._remote.request("GET", "/health")
    assert (health["read"], health["languages"]) == ("OCR 2026", ["chi_sim", "eng"])
    assert set(mockocr_server.credentials) >= {"tencent"}
""",
        own_server=False,
    )
    assert "1 passed" in printed, printed


def test_the_plugin_is_registered() -> None:
    from importlib.metadata import entry_points

    (found,) = (e for e in entry_points(group="pytest11") if e.name == "mockocr")
    assert found.value == "mockocr.testing.plugin"


@pytest.mark.slow
def test_parallel_workers_do_not_affect_each_other(tmp_path: Path) -> None:
    printed = run(
        tmp_path,
        """\
import pytest
from asking import read

@pytest.mark.parametrize("number", range(24))
def test_one_of_many(mockocr, number):
    mockocr.acme.read.quota(left=number % 3)
    mockocr.acme.read.fail("error=10", after=number % 3, times=1)
    found = [read(mockocr) for _ in range(number % 3 + 2)]
    assert found == [200] * (number % 3) + [429, 403]
    assert len(mockocr.requests("acme.read")) == len(found)
""",
        INI,
        "-p",
        "xdist",
        "-n",
        "3",
    )
    assert "24 passed" in printed, printed
    assert "bringing up nodes" in printed, printed


@pytest.mark.slow
def test_workers_can_share_a_running_server(tmp_path: Path) -> None:
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load) as server:
        printed = run(
            tmp_path,
            """\
import pytest
from asking import read

@pytest.mark.parametrize("number", range(12))
def test_one_of_many(mockocr, mockocr_server, number):
    assert mockocr_server.url == "URL"
    mockocr.acme.read.quota(left=1)
    assert [read(mockocr), read(mockocr)] == [200, 403]
    assert len(mockocr.requests()) == 2
""".replace("URL", server.url),
            f"{INI}mockocr_url = {server.url}\n",
            "-p",
            "xdist",
            "-n",
            "2",
            own_server=False,
        )
        assert "12 passed" in printed, printed
        assert len(server.requests(limit=100)) == 24
        accounts = server._remote.request("GET", "/accounts")["accounts"]
        assert [account["name"] for account in accounts] == ["dev"]


@pytest.mark.slow
def test_the_goldens_of_the_pytest_configuration_are_replayed(tmp_path: Path) -> None:
    goldens = Path(__file__).parents[2] / "fixtures" / "goldens"
    (tmp_path / "goldens").symlink_to(goldens)
    printed = run(
        tmp_path,
        """\
def test_health(mockocr_server):
    health = mockocr_server._remote.request("GET", "/health")
    assert (health["engine"], health["goldens"]["mode"]) == ("goldens", "replay")
    assert health["goldens"]["folder"].endswith("/goldens")
""",
        f"{INI}mockocr_golden = goldens\nmockocr_golden_mode = replay\n",
        own_server=False,
    )
    assert "1 passed" in printed, printed


@pytest.mark.parametrize("given", ["'fial'", "", "'fail', 'ignore'", "how='fail'"])
@pytest.mark.slow
def test_a_mark_with_a_wrong_value_fails_its_test(tmp_path: Path, given: str) -> None:
    printed = run(
        tmp_path,
        f"""\
import pytest

@pytest.mark.mockocr_refusals({given})
def test_marked(mockocr):
    pass

def test_unmarked(mockocr):
    pass
""",
    )
    assert "the mark mockocr_refusals takes ignore or fail, not " in printed
    assert "1 passed, 1 error" in printed, printed


UNUSED = """\
import pytest
from asking import read

def test_unused(mockocr):
    mockocr.acme.read.fail("error=9", after=5)
    mockocr.answers(["a line"])
    mockocr.acme.scan.answers(["other"], times=None)
    assert read(mockocr) == 200

@pytest.mark.mockocr_unused("ignore")
def test_marked(mockocr):
    mockocr.fail("error=9", after=5)

def test_used(mockocr):
    mockocr.acme.read.fail("error=9", times=3)
    assert read(mockocr) == 403
"""


@pytest.mark.slow
def test_unused_faults_and_answers_are_reported(tmp_path: Path) -> None:
    quiet = INI.replace("filterwarnings = error\n", "")
    printed = run(tmp_path, UNUSED, quiet)
    assert "3 passed, 2 warnings" in printed, printed
    assert "fault 'error=9' for acme.read was never used" in printed
    assert "scripted answer 'other' for acme.scan was never used" in printed
    printed = run(tmp_path, UNUSED, quiet + "mockocr_unused = fail\n")
    assert "3 passed, 1 error" in printed, printed
    assert "fault 'error=9' for acme.read was never used" in printed
    assert "3 passed in" in run(tmp_path, UNUSED, quiet + "mockocr_unused = ignore\n")


@pytest.mark.slow
def test_the_command_line_overrides_the_configuration_file(tmp_path: Path) -> None:
    ini = INI + "mockocr_refusals = fail\n"
    assert "2 passed in" in run(tmp_path, REFUSED, ini, "--mockocr-refusals=ignore")
    assert "2 passed, 1 error" in run(tmp_path, REFUSED, INI, "--mockocr-refusals", "fail")
    printed = run(tmp_path, REFUSED, INI, "--mockocr-golden-mode", "reply")
    assert "mockocr_golden_mode is auto, record, replay or off, not 'reply'" in printed


FAILING = """\
import urllib.request
from asking import read

class SdkError(Exception):
    pass

def test_broken(mockocr):
    if read(mockocr, "wrong") == 401:
        raise SdkError("authorization failed")

def test_nobody(mockocr):
    urllib.request.urlopen(urllib.request.Request(mockocr.acme.read.url, b"x"))

def test_other(mockocr):
    assert read(mockocr) == 200
    assert 1 + 1 == 3
"""


@pytest.mark.parametrize("how", ["ignore", "fail"])
@pytest.mark.slow
def test_the_report_of_a_failed_test_says_once_what_was_refused(tmp_path: Path, how: str) -> None:
    printed = run(tmp_path, FAILING, INI + f"mockocr_refusals = {how}\n")
    assert "3 failed in" in printed, printed
    assert printed.count("acme.read: the signature does not match") == 1
    assert printed.count("requests that mockocr refused") == 2, printed
    assert "SdkError: authorization failed" in printed
