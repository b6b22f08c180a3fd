"""The READMEs of the kits show a first test that is short; `scripts/kits` runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kits.empty_folder import commands, files, section

ROOT = Path(__file__).parent.parent.parent
KITS = (
    ("go", {"scan_test.go"}, "go test"),
    ("node", {"scan.test.js", "vitest.config.mjs"}, "npx vitest run"),
    ("java", {"pom.xml", "src/test/java/ScanTest.java"}, "mvn -q -B test"),
)


@pytest.mark.parametrize(("kit", "names", "last"), KITS)
def test_the_first_test_from_an_empty_folder_has_under_ten_lines(
    kit: str, names: set[str], last: str
) -> None:
    text = section(kit)
    assert set(files(text)) == names
    assert commands(text).splitlines()[-1] == last
    assert len(commands(text).splitlines()) < 10
    (code,) = (code for name, code in files(text).items() if "scan" in name.lower())
    lines = [line for line in code.splitlines() if line.strip()]
    body = [line for line in lines if not re.match(r"(import|package) ", line)]
    assert 5 <= len(body) < 10
    assert "error=quota_exceeded" in code
    assert "403" in code


@pytest.mark.parametrize(("kit", "names", "last"), KITS)
def test_every_kit_runs_the_test_of_its_readme(kit: str, names: set[str], last: str) -> None:
    script = (ROOT / "scripts" / "kits").read_text("utf-8")
    assert f'"$python" kits/empty_folder.py {kit}\n' in script


def test_the_packages_of_the_kits_name_the_project_and_hold_its_licence() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    for kit in ("go", "node"):
        assert (ROOT / "kits" / kit / "LICENSE").read_text("utf-8") == licence
    package = json.loads((ROOT / "kits/node/package.json").read_text("utf-8"))
    assert package["repository"]["directory"] == "kits/node"
    pom = (ROOT / "kits/java/pom.xml").read_text("utf-8")
    assert "<url>https://github.com/mockocr/mockocr</url>" in pom
    module = (ROOT / "kits/go/go.mod").read_text("utf-8")
    assert module.startswith("module github.com/mockocr/mockocr/kits/go\n")
