"""The whole demo on goldens: every endpoint answers right, and no picture is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockocr.client import demo
from mockocr.vendors import discover

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "goldens"


@pytest.mark.slow
def test_every_endpoint_answers_right_without_tesseract(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    code = demo.run("--golden", str(FIXTURES), "--golden-mode", "replay")
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert "recognition engine: goldens" in printed
    for vendor in discover():
        for service in vendor.services:
            for operation in service.operations:
                assert f"{service.operation_id(operation)} " in printed


@pytest.mark.slow
def test_an_endpoint_without_its_golden_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert demo.run("--golden", str(tmp_path), "--golden-mode", "replay") == 1
    assert "WRONG" in capsys.readouterr().out
