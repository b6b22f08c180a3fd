"""The example finds each difference of the vendor that it plays, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("tencentcloud.ocr", reason="the caller uses the official SDK of Tencent")
pytest.importorskip("huaweicloudsdkocr", reason="the caller uses the official SDK of Huawei")

SAID = """\
tencent: Invoice 2026 | Total 1280.50
tencent, wrong key: AuthFailure.SignatureFailure
huawei: Invoice 2026 | Total 1280.50
"""
FOUND = [
    "drift: $.result: the order of keys is words_block_list words_block_count extracted_data,"
    " ours words_block_count words_block_list extracted_data",
    "drift: $.Response.NewKey: the vendor sends this key, we do not",
    "drift: $.Response.Angel: the vendor sends a text, we a number",
    "drift: $.Response.Error.Message: the vendor says 'The signature is wrong, says the vendor.',"
    " we 'The provided credentials could not be validated. Please chec…'",
    "note: request: we send this error only on demand (a fault)",
    "3 recordings: 4 drifts, 1 notes",
]


CLIENTS = Path(__file__).parents[2] / "clients"


def expected(language: str) -> tuple[str, list[str]]:
    """What the caller says, and what `mockocr diff` finds; Node calls Tencent alone."""
    if language != "node":
        return SAID, FOUND
    said = "".join(line for line in SAID.splitlines(keepends=True) if "huawei" not in line)
    return said, [*FOUND[1:-1], "2 recordings: 3 drifts, 1 notes"]


@pytest.mark.parametrize("language", ["python", "node", "java"])
def test_each_difference_is_found_and_nothing_else(language: str) -> None:
    needed = {"node": "node/node_modules", "java": "java/target/classpath"}.get(language, "")
    if not (CLIENTS / needed).exists():
        pytest.skip("scripts/clients has not installed the SDKs of this language")
    script = Path(__file__).with_name("record.py")
    done = subprocess.run(
        [sys.executable, str(script), language],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said, found = expected(language)
    recorded, replayed = done.stdout.split("$ mockocr serve")
    assert said in recorded
    replayed, compared = replayed.split("$ mockocr diff recordings\n")
    assert said in replayed
    lines = [line.strip() for line in compared.splitlines() if not line.endswith(".http:")]
    assert lines == found
    assert done.stdout.count("kept as ") == len(said.splitlines())
