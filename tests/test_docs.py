"""The documentation says what the tables say: every setting, operation, command and script."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from mockocr import __version__
from mockocr.cli import COMMANDS
from mockocr.cli._control_page import control_page, openapi_document
from mockocr.cli._errors_page import TRIGGERS, errors_page
from mockocr.cli._vendors_page import vendors_page
from mockocr.cli.doc_pages import namespaces_module, settings_page
from mockocr.core.errors import ErrorCause, ErrorKind
from mockocr.settings import resolve, table
from mockocr.testing.running import running
from mockocr.vendors import discover
from tests.recognitions import Reader

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
VENDORS = discover()
STALE = "stale; type: .venv/bin/python -m mockocr.cli.doc_pages"

PAGES = [
    str(page.relative_to(ROOT))
    for folder in (".", "docs", "examples", "fixtures", "clients")
    for page in sorted((ROOT / folder).glob("*.md"))
]


def test_every_setting_is_in_the_settings_page() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    for setting in table(VENDORS):
        assert f"`{setting.flag}`" in page
        assert f"`{setting.variable}`" in page
    assert page == settings_page(VENDORS), STALE


def test_the_control_reference_is_made_from_the_openapi_document() -> None:
    page = (ROOT / "docs/control-api.md").read_text("utf-8")
    document = openapi_document(VENDORS)
    assert page == control_page(document), STALE
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"## {method.upper()} {path}\n" in page


def test_a_session_has_an_attribute_for_every_operation() -> None:
    module = (ROOT / "mockocr/testing/_namespaces.py").read_text("utf-8")
    assert module == namespaces_module(VENDORS), STALE


def test_every_operation_and_request_example_is_in_the_vendors_page() -> None:
    page = (ROOT / "docs/vendors.md").read_text("utf-8")
    for vendor in VENDORS:
        for service in vendor.services:
            for operation in service.operations:
                assert f"`{service.operation_id(operation)}`" in page
                assert f"`{operation.path}`" in page
            for example in service.examples:
                assert example.name in page
    assert page == vendors_page(VENDORS, table(VENDORS)), STALE


def test_every_row_of_the_error_tables_is_in_the_errors_page() -> None:
    page = (ROOT / "docs/errors.md").read_text("utf-8")
    assert page == errors_page(VENDORS), STALE
    services = [service for vendor in VENDORS for service in vendor.services]
    rows = [line for line in page.splitlines() if re.match(r"\| \d{3} \|", line)]
    assert len(rows) == sum(len(service.errors.entries) for service in services)
    assert {*ErrorKind, *ErrorCause} == set(TRIGGERS)
    expired = "| 401 | `9` | sign expired | the signature, time or token has expired |"
    assert any(row.startswith(expired) for row in rows)


def test_the_readme_has_at_most_150_lines() -> None:
    assert len(README.splitlines()) <= 150


def test_the_readme_lists_every_namespace_and_counts_its_operations() -> None:
    rows = README.partition("| vendor | APIs |")[2].partition("\n\n")[0].splitlines()[2:]
    listed = {cells[4].strip(" `"): int(cells[3]) for cells in (row.split("|") for row in rows)}
    counts: dict[str, int] = {}
    for service in (service for vendor in VENDORS for service in vendor.services):
        counts[service.namespace] = counts.get(service.namespace, 0) + len(service.operations)
    assert listed == counts


def test_the_chinese_readme_has_the_same_sections_commands_and_namespaces() -> None:
    chinese = (ROOT / "README.zh-CN.md").read_text("utf-8")
    assert len(chinese.splitlines()) <= 150
    assert chinese.count("\n## ") == README.count("\n## ")
    blocks = re.findall(r"```.*?```", chinese, re.DOTALL)
    assert len(blocks) >= 3
    assert all(block in README for block in blocks)
    counts = re.compile(r"\| \d+ \| `\w+` \|$", re.MULTILINE)
    assert len(counts.findall(README)) >= 7
    assert counts.findall(chinese) == counts.findall(README)


def test_the_transcript_of_the_demo_shows_examples_that_exist() -> None:
    transcript = README.partition("$ scripts/demo\n")[2].partition("```")[0]
    examples = {
        (f"{service.namespace}.{example.operation}", example.name)
        for vendor in VENDORS
        for service in vendor.services
        for example in service.examples
    }
    answers, refusals = transcript.split("requests that must be refused:\n")
    rows = [re.split(r"\s{2,}", line) for line in answers.splitlines() if " 20" in line]
    assert {row[0].partition(".")[0] for row in rows} >= {"aliyun_market", "huawei", "tencent"}
    assert [row[:2] for row in rows if (row[0], row[1]) not in examples] == []
    assert len(rows) >= 5
    assert "sign no pass" in refusals
    assert "all right" in refusals


def test_every_script_says_what_it_is_for() -> None:
    for script in (ROOT / "scripts").iterdir():
        first = script.read_text("utf-8").splitlines()
        assert any(re.match(r"(# |\"\"\")[A-Z]", line) for line in first[:3]), script.name


def test_the_command_table_and_the_modules_agree() -> None:
    modules = {path.stem for path in (ROOT / "mockocr/cli").glob("*.py")}
    assert {name.replace("-", "_") for name in COMMANDS} <= modules


def test_the_changelog_has_this_version_and_the_next() -> None:
    page = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{__version__}]" in page
    assert "## [Unreleased]" in page


@pytest.mark.parametrize("page", PAGES)
def test_links_inside_the_project_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_every_room_is_in_the_architecture_page() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    for path in (ROOT / "mockocr").iterdir():
        if not path.name.startswith(("_", "py.typed")):
            assert re.search(rf"`{path.stem}[/`]|`{path.stem}`", page), path.stem


def test_every_curl_line_of_the_readme_works_as_printed() -> None:
    lines = re.findall(r"^curl .*$", README, re.MULTILINE)
    assert len(lines) >= 5
    with running(engine=Reader()) as mock:
        address = mock.url.removeprefix("http://")
        for line in lines:
            command = line.replace("localhost:8080", address).replace("curl ", "curl -sS -f ", 1)
            done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_the_account_example_of_the_settings_page_is_accepted(tmp_path: Path) -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "mockocr.toml"
    file.write_text(example)
    found = resolve(VENDORS, {}, {}, file)
    assert [account.name for account in found.accounts] == ["shop", "late payer"]
    assert found.port == 9000
