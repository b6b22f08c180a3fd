"""Log lines as JSON: one format for all."""

from __future__ import annotations

import json
import logging

import pytest

from mockocr.cli import _logs


def test_times_have_one_format_in_every_json_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    _logs.configure("json")
    log = logging.getLogger("mockocr")
    log.warning("the local CA is new")
    log.info("a call", extra={"request": {"at": "2026-01-02T03:04:05.000Z", "status": 200}})
    plain, request = map(json.loads, capsys.readouterr().err.splitlines())
    assert request == {
        "at": "2026-01-02T03:04:05.000Z",
        "level": "info",
        "message": "a call",
        "status": 200,
    }
    assert len(plain["at"]) == len(request["at"])
    assert plain["at"].endswith("Z")
