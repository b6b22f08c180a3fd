"""Signals: on SIGHUP the server reads its file again, on SIGTERM it finishes and exits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.forks import python

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")

FIRST = """
port = 0
engine = "scripted"

[[accounts]]
name = "shop"
tupu = { key = "shop-key" }
"""
SECOND = """
port = 1
engine = "scripted"
log = "json"
journal_mb = 1

[[accounts]]
name = "late"
tupu = [{ key = "late-key", state = "arrears" }, { key = "over", until = 2020-01-01 }]
"""


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [*python(), "-m", "mockocr", "serve", *arguments],
            stdout=subprocess.PIPE,
            stderr=log,
            env=kept,
            cwd=folder,
        )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().decode().split()[-1]
    finally:
        process.kill()
        process.communicate()


def ask(url: str, value: Any = None) -> tuple[int, Any]:
    data = None if value is None else json.dumps(value).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < end, "it did not happen within 10 s"
        time.sleep(0.05)


def problem(url: str, key: str) -> str:
    ask(f"{url}/v3/recognition/general-ocr?key={key}", {})
    row = ask(f"{url}/_mockocr/requests?limit=1")[1]["requests"][0]
    return str(row["problem"])


def names(url: str) -> list[str]:
    return [account["name"] for account in ask(f"{url}/_mockocr/accounts")[1]["accounts"]]


def test_sighup_reads_the_file_again_and_a_bad_file_changes_nothing(tmp_path: Path) -> None:
    config, log = tmp_path / "mockocr.toml", tmp_path / "log.txt"
    config.write_text(FIRST)
    with serving(tmp_path) as (process, url):
        assert names(url) == ["dev", "shop"]
        assert problem(url, "shop-key") == "no_image"
        made = ask(f"{url}/_mockocr/accounts", {"name": "made"})[1]["credentials"]["tupu"]["key"]

        config.write_text("port = 'x'")
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: "the settings did not change" in log.read_text())
        assert names(url) == ["dev", "shop", "made"]

        config.write_text(SECOND)
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: names(url) == ["dev", "late", "made"])
        assert problem(url, "shop-key") == "unknown_account"
        assert problem(url, "late-key") == "arrears"
        assert problem(url, "over") == "package_expired"
        assert problem(url, made) == "no_image"
        lines = [json.loads(x) for x in log.read_text().splitlines() if x.startswith("{")]
        messages = [line["message"] for line in lines]
        assert "read the settings again: 1 accounts beside dev" in messages
        assert "restart the server to change port" in messages
        assert [x["account"] for x in lines if x.get("problem") == "arrears"] == ["late"]


def test_sighup_changes_auth(tmp_path: Path) -> None:
    config = tmp_path / "mockocr.toml"
    config.write_text(FIRST)
    with serving(tmp_path) as (process, url):
        assert problem(url, "unknown-key") == "unknown_account"
        config.write_text('engine = "scripted"\nauth = "lenient"\n')
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: names(url) == ["dev"])
        assert problem(url, "unknown-key") == "no_image"


def test_sighup_changes_the_options_of_a_service(tmp_path: Path) -> None:
    config = tmp_path / "mockocr.toml"
    config.write_text(FIRST)
    with serving(tmp_path) as (process, url):
        address = f"{url}/v3/recognition/general-ocr?key=unknown-key"
        assert ask(address, {})[0] == 401
        config.write_text(FIRST + '[tupu]\nstatuses = "ok"\n')
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: ask(address, {})[0] == 200)


def test_a_flag_still_wins_over_the_file_after_sighup(tmp_path: Path) -> None:
    config = tmp_path / "mockocr.toml"
    config.write_text(FIRST)
    with serving(tmp_path, "--auth", "strict") as (process, url):
        config.write_text('engine = "scripted"\nauth = "lenient"\n')
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: names(url) == ["dev"])
        assert problem(url, "unknown-key") == "unknown_account"


@pytest.mark.slow
def test_the_server_finishes_running_requests_before_it_exits(tmp_path: Path) -> None:
    (tmp_path / "mockocr.toml").write_text(FIRST)
    with serving(tmp_path) as (process, url):
        ask(f"{url}/_mockocr/faults", {"operation": "tupu.*", "fault": "delay=1.5"})
        found: list[tuple[int, Any]] = []
        address = f"{url}/v3/recognition/general-ocr?key=shop-key"
        asking = threading.Thread(target=lambda: found.append(ask(address, {})))
        asking.start()
        wait_until(lambda: ask(f"{url}/_mockocr/faults")[1]["faults"][0]["used"] == 1)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert process.poll() is None
        with pytest.raises(urllib.error.URLError):
            ask(f"{url}/_mockocr/health")
        asking.join(10)
        assert process.wait(10) == 0
        assert "code" in found[0][1], found


@pytest.mark.slow
def test_a_request_that_does_not_finish_in_time_gets_the_answer_of_an_unavailable_service(
    tmp_path: Path,
) -> None:
    (tmp_path / "mockocr.toml").write_text(FIRST)
    log = tmp_path / "log.txt"
    with serving(tmp_path, "--shutdown-seconds", "1") as (process, url):
        ask(f"{url}/_mockocr/faults", {"operation": "tupu.*", "fault": "delay=30", "times": 1})
        found: list[tuple[int, Any]] = []
        address = f"{url}/v3/recognition/general-ocr?key=shop-key"
        asking = threading.Thread(target=lambda: found.append(ask(address, {})))
        asking.start()
        wait_until(lambda: ask(f"{url}/_mockocr/faults")[1]["faults"][0]["used"] == 1)
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        asking.join(20)
        assert process.wait(20) == 0
        assert time.monotonic() - start < 10
    assert "code" in found[0][1], found
    assert "the server shuts down" in log.read_text()
    assert "Traceback" not in log.read_text()


@pytest.mark.slow
def test_the_server_stops_when_its_standard_input_closes(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [
            *(*python(), "-m", "mockocr", "serve"),
            *("--port=0", "--engine=scripted", "--stop-with-stdin"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            assert b" ready on " in process.stdout.readline()
            process.stdin.write(b"more")
            process.stdin.flush()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.3)
            process.stdin.close()
            assert process.wait(10) == 0
        finally:
            process.kill()
