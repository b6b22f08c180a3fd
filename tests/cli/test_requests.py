"""`mockocr requests`: shows the journal of a running server, and checks counts in scripts."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

import mockocr
from mockocr.cli.requests import command
from mockocr.testing.running import Running
from tests.control.acme import ACME, Eyes, load
from tests.testing.test_running import read


@pytest.fixture
def mock() -> Iterator[Running]:
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load) as server:
        yield server


def requests(mock: Running, *arguments: str) -> tuple[int, str]:
    """The exit code and the output of both streams."""
    done = CliRunner().invoke(command, ["--url", mock.url, *arguments])
    return done.exit_code, done.output


def test_requests_are_shown_oldest_first_with_the_reason(mock: Running) -> None:
    read(mock)
    mock.vendor("acme").operation("scan").fail("error=9")
    read(mock, "scan")
    code, text = requests(mock)
    first, second = text.splitlines()
    assert code == 0
    assert " acme.read dev 200 0 " in first
    assert " acme.scan dev 403 9 " in second
    assert second.endswith("ms [fault error=9] — a fault: error=9")


def test_requests_are_filtered_by_operation_status_and_account(mock: Running) -> None:
    one = mock.account_of_its_own(name="one")
    read(mock)
    read(one)
    mock.vendor("acme").operation("read").fail("error=9")
    read(mock)
    for arguments, count in (
        (["acme.read"], 3),
        (["acme.scan"], 0),
        (["acme.*"], 3),
        (["--account", "one"], 1),
        (["--status", "403"], 1),
        (["--code", "9"], 1),
        (["--refused"], 1),
        (["--since", "2999-01-01T00:00Z"], 0),
        (["--limit", "2"], 2),
    ):
        code, text = requests(mock, *arguments, "--json")
        rows = [json.loads(line) for line in text.splitlines()]
        assert (code, len(rows)) == (0, count), arguments


def test_all_of_one_request_is_shown(mock: Running) -> None:
    read(mock)
    (row,) = mock.requests()
    code, text = requests(mock, row["id"])
    assert code == 0
    assert '"sha256"' in text
    _, text = requests(mock, row["id"], "--json")
    assert json.loads(text)["id"] == row["id"]


def test_the_first_differing_byte_is_shown_before_the_rest(mock: Running) -> None:
    request = urllib.request.Request(
        mock.vendor("acme").operation("read").url,
        b"x",
        {"X-Key": "acme-dev-key", "X-Signature": "00", "X-Text": "POST /write"},
    )
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(request)
    (row,) = mock.requests()
    _, text = requests(mock, row["id"])
    assert "differ from byte 4 on" in text
    assert "client: 'POST /write'" in text


def test_a_count_fails_if_the_journal_evicted_requests(mock: Running) -> None:
    read(mock)
    assert requests(mock, "acme.read", "--count", "1")[0] == 0
    assert requests(mock, "acme.scan", "--count", "0")[0] == 0
    code, text = requests(mock, "acme.read", "--count", "0")
    assert (code, text.splitlines()[-1]) == (1, "mockocr: 1 requests, expected 0")
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load, journal_bytes=1) as tight:
        read(tight)
        code, text = requests(tight, "acme.scan", "--count", "0")
        assert (code, text) == (2, "mockocr: the journal evicted 1 requests\n")


def test_a_missing_server_is_one_sentence() -> None:
    done = CliRunner().invoke(command, ["--url", "http://127.0.0.1:9"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: no answer from http://127.0.0.1:9: ")
    assert done.output.count("\n") == 1


def test_a_wrong_filter_is_explained_by_the_server(mock: Running) -> None:
    code, text = requests(mock, "--since", "yesterday")
    assert code == 1
    assert "since must be a time" in text


@pytest.mark.slow
def test_following_shows_each_request_once(mock: Running) -> None:
    read(mock)
    following = subprocess.Popen(
        [sys.executable, "-u", "-m", "mockocr", "requests", "--follow", "--url", mock.url],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert following.stdout is not None
        assert " acme.read " in following.stdout.readline()
        read(mock, "scan")
        assert " acme.scan " in following.stdout.readline()
        time.sleep(1.1)  # two more polls
    finally:
        following.terminate()
        rest, _ = following.communicate(timeout=10)
    assert rest == ""


def test_counting_a_misspelt_operation_fails_and_names_the_nearest(mock: Running) -> None:
    code, text = requests(mock, "acme.raed", "--count", "0")
    assert (code, text) == (
        1,
        "Error: there is no operation 'acme.raed'; did you mean 'acme.read'?\n",
    )
    assert requests(mock, "amce.*", "--count", "0")[0] == 1
    assert requests(mock, "--account", "dve", "--count", "0")[0] == 1
    assert requests(mock, "acme.read", "--account", "dev", "--count", "0") == (0, "")


def test_the_first_digits_of_an_id_show_the_request(mock: Running) -> None:
    read(mock)
    read(mock)
    _, older = (row["id"] for row in mock.requests())
    code, text = requests(mock, older[:20])
    assert (code, text) == requests(mock, older)
    assert f'"id": "{older}"' in text
    assert requests(mock, "f" * 20) == (1, "Error: no request begins with ffffffffffffffffffff\n")
