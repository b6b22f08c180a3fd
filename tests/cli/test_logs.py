"""Log lines for machines: one form, whoever wrote them."""

from __future__ import annotations

import json
import logging

import pytest

from mockocr.cli import logs


def test_a_time_has_one_form_in_every_json_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    logs.configure("json")
    log = logging.getLogger("mockocr")
    log.warning("the local CA was made anew")
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
