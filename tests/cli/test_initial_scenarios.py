"""The folder of `--init`: its scenarios are played at the start and after a reset."""

from __future__ import annotations

import asyncio
import json
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from mockocr import app
from mockocr.cli import _start
from mockocr.control.state.store import Memory
from mockocr.recognition.engines.scripted import Scripted
from mockocr.settings import Settings
from mockocr.testing.running import running
from tests.forks import python


def faults(url: str) -> list[str]:
    with urllib.request.urlopen(f"{url}/_mockocr/faults", timeout=10) as answer:
        return [fault["fault"] for fault in json.loads(answer.read())["faults"]]


def post(url: str) -> Any:
    request = urllib.request.Request(
        url, b"{}", {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "20.toml").write_text('[[faults]]\nfault = "empty"\naccount = "shop"\n')
    (tmp_path / "10.json").write_text('{"accounts": [{"name": "shop"}]}')
    (tmp_path / "notes.txt").write_text("not a scenario")
    return tmp_path


def test_scenarios_are_played_in_the_order_of_their_names_and_again_after_a_reset(
    folder: Path,
) -> None:
    with running(engine="scripted", init=str(folder)) as mock:
        assert faults(mock.url) == ["empty"]
        mock.fail("truncated")
        assert faults(mock.url) == ["empty", "truncated"]
        assert post(f"{mock.url}/_mockocr/reset") == {"reset": True}
        assert faults(mock.url) == ["empty"]


def test_servers_of_one_store_play_the_scenarios_once(folder: Path) -> None:
    async def go() -> int:
        store = Memory()
        for _ in range(2):
            await app.build(engine=Scripted(), store=store, init=str(folder)).start()
        return len(await store.documents("faults"))

    assert asyncio.run(go()) == 1


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("1.json", "{", "1.json: the scenario is not JSON: "),
        ("1.json", "[" * 100_000, "1.json: the scenario is not JSON: "),
        ("1.toml", "= 1", "1.toml: the scenario is not TOML: "),
        ("1.json", '{"fault": []}', "1.json: "),
        (
            "1.json",
            '{"faults": [{"fault": "empty", "account": "missing"}]}',
            "1.json: faults[0]: there is no account 'missing'; there are dev",
        ),
        (
            "1.json",
            '{"quotas": [{"operation": "acme.read", "left": 1}]}',
            "1.json: quotas[0]: there is no operation 'acme.read'",
        ),
    ],
)
def test_a_wrong_scenario_stops_the_start_with_its_name(
    tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    (tmp_path / name).write_text(text)
    done = subprocess.run(
        [*python(), "-m", "mockocr", "serve", "--engine=scripted", f"--init={tmp_path}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"mockocr: --init: {tmp_path}/{sentence}")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "none"
    assert list(_start.unusable_folders(Settings(init=str(missing)))) == [
        f"--init: there is no folder {missing}, so no scenario is played"
    ]
    assert not list(_start.unusable_folders(Settings(init=str(tmp_path))))
