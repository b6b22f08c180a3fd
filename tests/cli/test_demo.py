"""The demo succeeds only if every answer is right."""

from __future__ import annotations

import importlib.util
import subprocess
from collections import Counter
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from mockocr import samples
from mockocr.client import demo
from mockocr.client.servers import serving_pictures
from mockocr.testing.running import running
from mockocr.vendors import discover
from tests.forks import python
from tests.recognitions import Reader

pytestmark = pytest.mark.slow


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*python(), "-m", "mockocr", "demo", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
        check=False,
    )


@pytest.mark.tesseract
def test_the_demo_reads_the_picture_through_every_operation(tmp_path: Path) -> None:
    (tmp_path / "mockocr.toml").write_text("port = 'the demo ignores this file'")
    done = run(folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for vendor in discover():
        for service in vendor.services:
            for operation in service.operations:
                assert f"{service.operation_id(operation)} " in done.stdout
    assert done.stdout.count("发票 Invoice 2026") == done.stdout.count("合计:1280.50") >= 8
    assert " 666 " in done.stdout
    assert "all right" in done.stdout


def test_the_demo_fails_if_the_text_is_wrong(tmp_path: Path) -> None:
    done = run("--engine", "scripted", folder=tmp_path)
    assert done.returncode == 1
    assert "WRONG" in done.stdout
    assert "\nthe server reads no pictures" in done.stdout


def test_the_demo_prints_why_the_server_did_not_start(tmp_path: Path) -> None:
    done = run("--engine", "eyes", folder=tmp_path)
    assert done.returncode == 1
    assert "--engine: 'eyes' is not allowed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_answer_is_marked_in_its_row() -> None:
    row = demo.Row("tencent.general", "JSON, base64", 200, 12.4, "发 票", False)
    assert demo.line_of(row).endswith("   发 票   WRONG")


def test_the_demo_skips_examples_that_this_installation_cannot_sign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    find_spec = importlib.util.find_spec

    def bare(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "cryptography" else find_spec(name, package)

    with running(engine=Reader()) as mock, serving_pictures(samples.folder()) as pictures:
        whole = [row.operation for row in demo.send_examples(mock.url, pictures)]
        monkeypatch.setattr(importlib.util, "find_spec", bare)
        rest = [row.operation for row in demo.send_examples(mock.url, pictures)]
    signed = Counter(
        service.operation_id(service.operation(example.operation))
        for vendor in discover()
        for service in vendor.services
        for example in service.examples
        if example.needs == "cryptography"
    )
    assert "tupu.recognition" in signed
    assert Counter(whole) - Counter(rest) == signed
