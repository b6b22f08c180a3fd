"""axe finds nothing in any view, language and theme; a phone never scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.console.browser import Console, console, findings

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = {
    "en": {"send": "Send", "to": "Send to", "edit": "Answer this picture so from now on…"},
    "zh": {"send": "发送", "to": "发送到", "edit": "以后这张图片都这样返回…"},
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("goldens")) as opened:
        yield opened


@pytest.fixture(scope="module")
def filled(empty: Console) -> tuple[Console, dict[str, str]]:
    """The console of a server where much has happened, and the places of its views."""
    empty.control("POST", "/accounts", {"name": "poor", "state": "arrears"})
    good = empty.send("huawei.web_image")
    refused = empty.send("tencent_cloud.general_basic", values={"secret_key": "wrong"})
    cut = {"operation": "tupu.general_ocr", "fault": "reset"}
    empty.control("POST", "/faults", cut)
    empty.send("tupu.general_ocr")
    empty.control("POST", "/faults", {"operation": "aws.*", "fault": "error=rate_limited"})
    empty.control("PUT", "/quotas/dev/tencent.general", {"left": 3})
    empty.control("POST", "/answers", {"lines": ["one", "two"], "operation": "azure.*"})
    places = {name: name for name in ("requests", "faults", "accounts", "bill", "clock")}
    return empty, {**places, "good": f"requests/{good}", "refused": f"requests/{refused}"}


def in_every_state(page: Page, name: str, language: str) -> Iterator[str]:
    """The page in each of its states, by a name for messages."""
    page.wait_for_load_state("networkidle") if name == "playground" else page.wait_for_timeout(400)
    yield name
    if name == "playground":
        page.get_by_label(WORDS[language]["to"]).select_option("tupu.*")
        page.get_by_role("button", name=WORDS[language]["send"], exact=True).click()
        page.wait_for_selector(".answer")
        page.locator(".answer summary").nth(0).click()
        page.locator(".answer summary").nth(1).click()
        page.wait_for_selector(".snippets pre")
        yield f"{name} with answers"
    if name == "good":
        for number in range(1, 4):
            page.get_by_role("tab").nth(number).click()
            page.wait_for_timeout(400)
            yield f"tab {number} of a request"
        page.get_by_role("button", name=WORDS[language]["edit"]).click()
        yield "the editor"


def width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@dataclass
class Seen:
    """What was found in each state: by axe in the light theme, by axe in the dark one, and the
    width of the page on a phone.
    """

    light: dict[str, list[str]] = field(default_factory=dict)
    dark: dict[str, list[str]] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module", params=["en", "zh"])
def seen(filled: tuple[Console, dict[str, str]], request: pytest.FixtureRequest) -> Seen:
    opened, places = filled
    seen, language = Seen(), str(request.param)
    for name, place in {"playground": "playground", **places}.items():
        with opened.page(place, language=language) as page:
            for state in in_every_state(page, name, language):
                seen.light[state] = findings(page)
                # a theme changes colors alone
                page.emulate_media(color_scheme="dark")
                seen.dark[state] = findings(page, "color-contrast")
                page.emulate_media(color_scheme="light")
                page.set_viewport_size({"width": 390, "height": 800})
                seen.widths[state] = width(page)
                page.set_viewport_size({"width": 1280, "height": 900})
    assert len(seen.light) >= 12
    return seen


@pytest.mark.slow
def test_axe_finds_nothing_in_the_light_theme(seen: Seen) -> None:
    assert {state: each for state, each in seen.light.items() if each} == {}


@pytest.mark.slow
def test_axe_finds_no_weak_contrast_in_the_dark_theme(seen: Seen) -> None:
    assert {state: each for state, each in seen.dark.items() if each} == {}


@pytest.mark.slow
def test_a_phone_does_not_scroll_sideways(seen: Seen) -> None:
    assert {state: each for state, each in seen.widths.items() if each > 390} == {}


@pytest.mark.parametrize("place", ["requests", "faults", "bill"])
@pytest.mark.slow
def test_empty_views_teach_and_are_accessible(empty: Console, place: str) -> None:
    empty.control("POST", "/reset", {})
    with empty.page(place, width=390) as page:
        page.locator(".empty").first.wait_for()
        assert findings(page) == []
        assert width(page) <= 390
