"""The action and the workflows: their steps work here, and what they name exists."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockocr.vendors import discover

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def step(name: str) -> str:
    (found,) = (s["run"] for s in ACTION["runs"]["steps"] if s["name"] == name)
    return str(found)


@pytest.mark.skipif(sys.platform == "win32", reason="the step is for bash")
@pytest.mark.slow
def test_the_action_starts_a_server_and_exports_its_address_and_credentials(
    tmp_path: Path,
) -> None:
    programs = tmp_path / "mockocr" / "bin"
    programs.mkdir(parents=True)
    program = programs / "mockocr"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mockocr "$@"\n')
    program.chmod(0o755)
    exported, output = tmp_path / "env", tmp_path / "output"
    done = subprocess.run(
        ["bash", "-e", "-c", step("Start mockocr")],
        cwd=ROOT,
        env={
            **os.environ,
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_ENV": str(exported),
            "GITHUB_OUTPUT": str(output),
            "OPTIONS": "--engine scripted --log json",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    pid = int((tmp_path / "mockocr.pid").read_text())
    try:
        assert done.returncode == 0, done.stderr
        variables = dict(line.split("=", 1) for line in exported.read_text().splitlines())
        assert output.read_text() == f"url={variables['MOCKOCR_URL']}\n"
        with urllib.request.urlopen(variables["MOCKOCR_URL"] + "/_mockocr/livez") as answer:
            assert answer.status == 200
        for vendor in discover():
            for field, value in vendor.credentials.items():
                name = f"MOCKOCR_{vendor.name}_{field}".upper()
                assert variables.get(name, "") == ("" if "\n" in value else value), name
    finally:
        os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + 20
        while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
            time.sleep(0.05)


def test_the_workflows_call_scripts_that_exist() -> None:
    assert [path.stem for path in WORKFLOWS] == ["release", "test"]
    text = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    scripts = set(re.findall(r"(?:scripts/\w+|\.ci/run)", text))
    assert scripts == {".ci/run", "scripts/test", "scripts/image", "scripts/docs"}
    assert all((ROOT / script).exists() for script in scripts)
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    jobs = yaml.safe_load((WORKFLOWS[0]).read_text("utf-8"))["jobs"]
    assert jobs["images"]["strategy"]["matrix"]["target"] == ["mockocr", "mockocr-slim"]
    assert {f"-{name}" for name in ("amd64", "arm64")} == set(
        re.findall(r"GITHUB_REF_NAME(-\w+)\"", jobs["tags"]["steps"][-1]["run"])
    )
    for target in jobs["images"]["strategy"]["matrix"]["target"]:
        assert re.search(rf" AS {target}$", dockerfile, re.MULTILINE), target


def test_the_image_compiles_the_opencv_that_the_tests_run_with() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    lock = (ROOT / "requirements-dev.lock").read_text("utf-8")
    (version,) = re.findall(r"^ARG OPENCV_VERSION=(\S+)$", dockerfile, re.MULTILINE)
    assert f"opencv-python-headless=={version} " in lock
