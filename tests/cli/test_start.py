"""What `mockocr serve` says when it starts, and signals that come too early."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from mockocr import __version__
from mockocr.cli import _start
from mockocr.settings import Settings

pytestmark = pytest.mark.slow

URL = r"http://127\.0\.0\.1:\d+"
SCRIPTED = "reads no pictures: returns the lines that /_mockocr/answers was given"
CONFIG = """
engine = "scripted"

[[accounts]]
name = "%s"
tupu = { key = "some-key" }
"""


@contextmanager
def starting(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """`mockocr serve` as a process, and its stdout; `folder/log.txt` is its stderr."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    command = [sys.executable, "-m", "mockocr", "serve", "--port", "0", *arguments]
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env=kept, cwd=folder
        )
    try:
        assert process.stdout is not None
        yield process, process.stdout
    finally:
        process.kill()
        process.communicate()


def log_lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "log.txt").read_text().splitlines()]


def test_the_line_after_the_ready_line_names_the_console_and_the_reader(tmp_path: Path) -> None:
    with starting(tmp_path, "--engine", "scripted") as (_, stdout):
        ready, more = stdout.readline(), stdout.readline()
        found = re.fullmatch(rf"mockocr {re.escape(__version__)} ready on ({URL})\n", ready)
        assert found, ready
        assert more == f"console {found[1]}/_mockocr/ - {SCRIPTED}\n"
        with urllib.request.urlopen(f"{found[1]}/_mockocr/", timeout=20) as page:
            assert page.headers["Content-Type"].startswith("text/html")
        with urllib.request.urlopen(f"{found[1]}/_mockocr/health", timeout=20) as page:
            assert json.loads(page.read())["reader"] == SCRIPTED
    assert (tmp_path / "log.txt").read_text() == ""


def test_json_logs_begin_with_a_line_about_the_start(tmp_path: Path) -> None:
    with starting(tmp_path, "--engine", "scripted", "--log", "json") as (_, stdout):
        url = stdout.readline().split()[-1]
        stdout.readline()
        (line,) = log_lines(tmp_path)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("at"))
    assert line == {
        "level": "info",
        "message": f"mockocr {__version__} is ready",
        "version": __version__,
        "addresses": [url],
        "console": f"{url}/_mockocr/",
        "reader": SCRIPTED,
        "store": "memory",
    }


def test_the_console_of_a_server_on_all_addresses_has_a_name_that_browsers_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for address in ("http://0.0.0.0:80", "http://[::]:80"):
        _start.announce(Settings(), [address], "reads with x")
        assert capsys.readouterr().out == "console http://localhost:80/_mockocr/ - reads with x\n"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here refuses root's files")
def test_folders_that_cannot_be_written_are_named_at_the_start(tmp_path: Path) -> None:
    arguments = ("--golden", "/proc", "--home", "/proc/some", "--engine", "scripted")
    with starting(tmp_path, *arguments) as (_, stdout):
        assert " ready on " in stdout.readline()
        warnings = (tmp_path / "log.txt").read_text().splitlines()
    patterns = (
        r"\S+ warning: --golden: the user \S+ cannot write to /proc \([^)]+\),"
        r" so new goldens are not kept",
        r"\S+ warning: --home: the user \S+ cannot write to /proc/some \([^)]+\),"
        r" so the keys that sign responses are not kept",
    )
    assert len(warnings) == 2
    for warning, pattern in zip(warnings, patterns, strict=True):
        assert re.fullmatch(pattern, warning), warning


def test_folders_that_can_be_written_or_are_only_read_get_no_warning(tmp_path: Path) -> None:
    new = str(tmp_path / "new" / "folder")
    assert not list(_start.unusable_folders(Settings(golden=new, home=new)))
    assert not list(tmp_path.iterdir())
    assert not list(_start.unusable_folders(Settings(golden="/proc", golden_mode="replay")))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc tells which signals are caught")
def test_sighup_during_the_start_is_harmless_and_takes_effect(tmp_path: Path) -> None:
    config = tmp_path / "mockocr.toml"
    config.write_text(CONFIG % "first")
    with starting(tmp_path) as (process, stdout):
        while not _catches_sighup(process):
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGHUP)
        time.sleep(0.05)
        config.write_text(CONFIG % "second")
        process.send_signal(signal.SIGHUP)
        ready = stdout.readline()
        assert " ready on " in ready, (tmp_path / "log.txt").read_text()
        with urllib.request.urlopen(f"{ready.split()[-1]}/_mockocr/accounts", timeout=20) as page:
            names = [account["name"] for account in json.loads(page.read())["accounts"]]
        assert names == ["dev", "second"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def _catches_sighup(process: subprocess.Popen[str]) -> bool:
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(re.search(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)[1], 16)  # type: ignore[index]
    return bool(caught >> (signal.SIGHUP - 1) & 1)
