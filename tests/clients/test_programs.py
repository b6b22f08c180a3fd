"""All client programs are in the table, use pinned versions, and are shown on their page."""

from __future__ import annotations

import json
import re

import pytest

from clients.page import PAGE, page
from clients.programs import FOLDER, PROGRAMS, Program, version
from clients.run import ADDRESSES
from clients.toolchains import TOOLCHAINS
from mockocr.vendors import discover

every_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
SOURCES = (
    "python/*.py",
    "node/*.js",
    "java/src/main/java/*.java",
    "go/*/main.go",
    "php/*.php",
    "csharp/*.cs",
    "curl/*.sh",
)


def test_every_program_is_in_the_table() -> None:
    written = {path for pattern in SOURCES for path in FOLDER.glob(pattern)}
    named = {path for path in written if "docs: begin" in path.read_text("utf-8")}
    assert named == {program.path for program in PROGRAMS}
    assert {program.language for program in PROGRAMS} == set(TOOLCHAINS)


@every_program
def test_a_program_shows_in_a_few_lines_how_to_set_the_address(program: Program) -> None:
    assert 1 <= len(program.lines().splitlines()) <= 4


@every_program
def test_the_page_has_the_programs_lines_and_pinned_version(
    program: Program,
) -> None:
    text = PAGE.read_text("utf-8")
    assert f"\n{program.lines()}\n" in text
    if program.language != "curl" and program.pinned:
        assert f"{program.package} {version(program.language, program.package)}" in text


def test_the_page_is_generated_from_the_programs() -> None:
    assert PAGE.read_text("utf-8") == page(), "stale; type: .venv/bin/python -m clients.page"


def test_links_in_the_page_and_the_readme_exist() -> None:
    for file in (PAGE, FOLDER / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), target


def test_every_client_is_pinned_to_one_version() -> None:
    lines = (FOLDER / "python/requirements.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line) for line in lines)
    wanted = json.loads((FOLDER / "node/package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((FOLDER / "node/package-lock.json").read_text("utf-8"))["packages"]
    for name, pinned in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == pinned
    versions = re.findall("<version>(.*)</version>", (FOLDER / "java/pom.xml").read_text("utf-8"))
    assert all(re.fullmatch(r"\d[\w.]*", found) for found in versions)


def test_a_package_that_is_in_no_manifest_has_no_version() -> None:
    with pytest.raises(LookupError):
        version("python", "unknown-ocr")


def test_the_vendors_addresses_are_hosts_of_their_services() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    for name, address in ADDRESSES.items():
        host = address.removeprefix("https://")
        assert name.startswith(_owner(host)), host
        assert f"`{name}`" in readme


def _owner(host: str) -> str:
    services = [service for vendor in discover() for service in vendor.services]
    found = {s.namespace for s in services if any(_is(host, pattern) for pattern in s.hosts)}
    assert len(found) == 1, f"{host} is a host of {found}"
    return found.pop().upper()


def _is(host: str, pattern: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", "[a-z0-9-]+", re.escape(pattern)), host) is not None


def test_no_program_contains_a_real_address_or_a_real_secret() -> None:
    for program in PROGRAMS:
        text = program.path.read_text("utf-8")
        assert "myqcloud.com" not in text, "addresses come from the environment"
        assert "AKID" not in text
