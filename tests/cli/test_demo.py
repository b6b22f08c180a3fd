"""The demo: right only when every answer is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mockocr import demo
from mockocr.vendors import discover


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mockocr", "demo", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
        check=False,
    )


@pytest.mark.tesseract
def test_the_demo_reads_the_picture_through_every_operation(tmp_path: Path) -> None:
    (tmp_path / "mockocr.toml").write_text("port = 'settings lying around do not disturb it'")
    done = run(folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for vendor in discover():
        for operation in vendor.operations:
            assert f"{vendor.name}.{operation.name} " in done.stdout
    assert done.stdout.count("发票 Invoice 2026") == done.stdout.count("合计:1280.50") >= 8
    assert " 666 " in done.stdout
    assert "all right" in done.stdout


def test_the_demo_fails_when_what_was_read_is_not_what_is_there(tmp_path: Path) -> None:
    done = run("--engine", "scripted", folder=tmp_path)
    assert done.returncode == 1
    assert "WRONG" in done.stdout


def test_the_demo_says_why_the_server_did_not_start(tmp_path: Path) -> None:
    done = run("--engine", "eyes", folder=tmp_path)
    assert done.returncode == 1
    assert "--engine: 'eyes' is not allowed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_reading_is_marked_in_its_row() -> None:
    row = demo.Row("tencent.general", "JSON, base64", 200, 12.4, "发 票", False)
    assert demo.line_of(row).endswith("   发 票   WRONG")
