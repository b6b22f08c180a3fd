"""requirements-dev.lock pins every requirement of pyproject.toml to a version with hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements-dev.lock").read_text("utf-8")
PINS = re.findall(
    r"^([\w.-]+)==([^\s;]+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)*)", LOCK, re.M
)
STALE = "stale; type: scripts/lock"


def requirements() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    texts = [*PROJECT["dependencies"], *extras["fast"], *extras["test"], *extras["dev"]]
    for name in ("pdf", "rapidocr", "redis", "tls"):
        texts += extras[name]
    found = [Requirement(text) for text in texts]
    return [requirement for requirement in found if requirement.name != PROJECT["name"]]


def test_every_requirement_is_locked_to_an_allowed_version() -> None:
    locked: dict[str, list[str]] = {}
    for name, version, _ in PINS:
        locked.setdefault(canonicalize_name(name), []).append(version)
    for requirement in requirements():
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not locked: {STALE}"
        assert all(requirement.specifier.contains(found) for found in versions), STALE


def test_every_locked_package_has_hashes_and_no_address() -> None:
    assert PINS
    assert all(hashes for _, _, hashes in PINS)
    assert "://" not in LOCK
