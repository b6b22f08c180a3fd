"""The site builds without a warning, in both languages, and fetches nothing from elsewhere."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clients.programs import PROGRAMS
from mockocr.vendors import discover

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    command += ["--config-file", "website/mkdocs.yml", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def pages(folder: Path) -> set[str]:
    return {str(page.relative_to(folder)) for page in folder.rglob("*.html")} - {"404.html"}


def text_of(page: Path) -> str:
    """The text with single blanks: Markdown makes blanks of the tabs in code."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8"))).split())


def test_both_languages_have_the_same_pages(site: Path) -> None:
    chinese = pages(site / "zh")
    assert len(chinese) >= 25
    assert {page for page in pages(site) if not page.startswith("zh/")} == chinese


def test_the_pages_that_are_read_first_are_written_in_chinese(site: Path) -> None:
    first = ("", "first-minute/", "connecting/", "testing/", "control/", "documents/")
    vendors = (f"{vendor.name}/" for vendor in discover())
    for name in (*first, *vendors, "recognition/", "several/", "limitations/"):
        text = (site / "zh" / name / "index.html").read_text("utf-8")
        article = text.partition("<article")[2].partition("</article>")[0]
        prose = re.sub(r"<pre.*?</pre>|<[^>]+>", "", article, flags=re.DOTALL)
        assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > 150, name


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        loaded = re.findall(r"<(?:script|img|iframe)[^>]+src=\"([^\"]+)\"", text)
        loaded += re.findall(
            r"<link[^>]+rel=\"(?:stylesheet|preconnect)\"[^>]+href=\"([^\"]+)\"", text
        )
        assert not [url for url in loaded if re.match(r"(https?:)?//", url)], page
        # the theme's script asks the host of the repository for its stars, where it finds this
        assert 'data-md-component="source"' not in text, page
        assert "md-source__repository" in text or page.name == "404.html", page


def test_the_search_finds_both_languages(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    assert {"en", "zh"} <= set(index["config"]["lang"])
    places = {document["location"] for document in index["docs"]}
    assert "first-minute/" in places
    assert any("镜像" in d["text"] for d in index["docs"] if d["location"].startswith("zh/"))


def test_every_client_program_is_shown_whole_on_the_page_of_its_vendor(site: Path) -> None:
    shown = "".join(map(text_of, site.glob("*/index.html")))
    for program in {program.path: program for program in PROGRAMS}.values():
        if program.language != "curl":
            code = " ".join(program.path.read_text("utf-8").split())
            assert code in shown, program.source


def test_the_recipes_show_the_tested_files(site: Path) -> None:
    text = text_of(site / "testing" / "index.html")
    for sign in (
        "MockOcrExtension",
        "onTestFinished",
        "func TestAnOperationReturnsScriptedLines",
        "client_of",
    ):
        assert sign in text
