"""A server and a browser for the tests of the console: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mockocr.app import build
from mockocr.recognition.recordings.replay import open_goldens
from tests.recognitions import Reader
from tests.sockets import ask, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
AXE = (Path(__file__).parent / "assets/axe.min.js").read_text("utf-8")


@dataclass(frozen=True)
class Console:
    """A running server and a browser to look at its console."""

    address: tuple[str, int]
    browser: Browser

    @property
    def url(self) -> str:
        return f"http://{self.address[0]}:{self.address[1]}"

    def control(self, method: str, path: str, document: Any = None) -> Any:
        """The answer of a control route."""
        body = b"" if document is None else json.dumps(document).encode()
        headers = [("Content-Type", "application/json")] if body else []
        _, _, text = ask(self.address, method, f"/_mockocr{path}", headers, body)
        return json.loads(text) if text else None

    def send(self, operation: str, **more: Any) -> str:
        """Send a sample picture to an operation; the id of the request."""
        document = {"operations": [operation], **more}
        return str(self.control("POST", "/playground", document)["answers"][0]["request"])

    @contextmanager
    def page(
        self, place: str = "", *, width: int = 1280, language: str = "en", theme: str = "light"
    ) -> Iterator[Page]:
        """The page at a place; no script may fail, and nothing may come from another host."""
        locale = {"en": "en-US", "zh": "zh-CN"}[language]
        permissions = ["clipboard-read", "clipboard-write"]
        with self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale=locale,
            color_scheme=theme,  # type: ignore[arg-type]
            permissions=permissions,
            reduced_motion="reduce",
        ) as context:
            page = context.new_page()
            page.set_default_timeout(15000)
            troubles: list[str] = []
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on(
                "console",
                lambda message: (
                    troubles.append(message.text)
                    if "Content Security Policy" in message.text
                    else None
                ),
            )
            page.on(
                "request",
                lambda request: (
                    troubles.append(request.url) if self.is_foreign(request.url) else None
                ),
            )
            page.goto(f"{self.url}/_mockocr/#/{place}")
            page.wait_for_selector("h1")
            yield page
            assert troubles == []

    def is_foreign(self, url: str) -> bool:
        return not url.startswith((self.url, "data:", "blob:"))


@contextmanager
def console(folder: Path) -> Iterator[Console]:
    """A console whose server keeps goldens there. Without a browser it skips, and fails in CI."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "Playwright is not installed (pip install playwright)"
    else:
        missing = "" if CHROMIUM else "there is no Chromium (apt-get install chromium)"
    if missing:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    mock = build(engine=Reader(), goldens=open_goldens(str(folder)))
    with served(mock.asgi) as address, sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        try:
            yield Console(address, browser)
        finally:
            browser.close()


def findings(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page, by these rules or by all: rule and element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "async (chosen) => (await axe.run(document, {runOnly: chosen})).violations",
        list(rules) or tags,
    )
    return [
        f"{each['id']}: {node['html'][:120]} — {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
