"""The console in a browser: the main steps of each view."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from mockocr import samples
from tests.console.browser import Console, console
from tests.exchange import picture
from tests.sockets import ask

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("goldens")) as opened:
        yield opened


@pytest.fixture
def at(opened: Console) -> Console:
    """The console of a server that is as at its start."""
    opened.control("POST", "/reset", {})
    return opened


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def texts(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


def test_every_vendor_answers_side_by_side_with_boxes_and_code(at: Console) -> None:
    with at.page() as page:
        page.wait_for_selector(".picture img")
        press(page, "Send")
        page.wait_for_selector(".sheet polygon")
        assert page.locator(".answer").count() == 16
        assert page.locator(".answer .pill.good").count() == 16
        assert texts(page, ".lines li") == ["发票 Invoice 2026 0.99", "合计:1280.50 0.50"]
        card = page.locator(".answer", has_text="aws.detect_document_text")
        card.get_by_text("Code: curl").click()
        card.get_by_role("tab", name="Python").click()
        card.get_by_role("button", name="Copy: boto3").click()
        card.get_by_role("button", name="Copied: boto3").or_(card.get_by_text("Copied")).wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert f'# url = "{at.url}"' in copied
        assert "boto3.client(" in copied
        card.get_by_role("link", name="Open the request").click()
        page.get_by_role("heading", name="aws.detect_document_text").wait_for()
        assert page.locator(".sheet polygon").count() == 2


def test_a_chosen_file_and_a_specimen_are_sent_to_one_operation(at: Console) -> None:
    with at.page() as page:
        page.set_input_files("input[type=file]", samples.folder() / "page.png")
        page.get_by_label("Send to").select_option("tencent.general")
        press(page, "Send")
        page.wait_for_selector(".answer")
        (row,) = at.control("GET", "/requests")["requests"]
        (sent,) = at.control("GET", f"/requests/{row['id']}")["pictures"]
        assert sent["size"] == len(picture("page.png"))
        page.get_by_label("Ready-made").select_option("specimen:licence_plate")
        page.get_by_text("640 × 240").wait_for(state="detached")
        press(page, "Send")
        page.wait_for_selector(".answer")
        assert len(at.control("GET", "/requests")["requests"]) == 2


def test_a_dropped_or_pasted_picture_is_taken(at: Console) -> None:
    carry = """([encoded, kind]) => {
        const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
        const carried = new DataTransfer();
        carried.items.add(new File([bytes], "own.png", {type: "image/png"}));
        const name = kind === "drop" ? "dataTransfer" : "clipboardData";
        const made = kind === "drop" ? new DragEvent("drop", {dataTransfer: carried, bubbles: true})
            : new ClipboardEvent("paste", {clipboardData: carried, bubbles: true});
        (kind === "drop" ? document.querySelector(".drop") : document.body).dispatchEvent(made);
    }"""
    for kind, name in (("drop", "page.png"), ("paste", "card.png")):
        with at.page() as page:
            page.wait_for_selector(".picture img")
            encoded = base64.b64encode(picture(name)).decode()
            page.evaluate(carry, [encoded, kind])
            sample = samples.find(name)
            page.get_by_text(f"{sample.width} × {sample.height}").wait_for()


def test_requests_appear_as_they_come_and_filters_stay_in_the_address(at: Console) -> None:
    from playwright.sync_api import expect  # `at` has skipped where it is not installed

    with at.page("requests") as page:
        page.get_by_text("No request yet").wait_for()
        at.send("tencent.general")
        ask(at.address, "POST", "/ocr/general")
        page.locator("tbody tr").nth(1).wait_for()
        assert page.locator(".pill.dim", has_text="console").count() == 1
        page.get_by_label("Result").select_option("true")
        expect(page.locator("tbody tr")).to_have_count(1)
        assert page.url.endswith("#/requests?refused=true")
        page.get_by_label("Search").fill("nothing of that")
        page.get_by_text("No request matches").wait_for()
        page.reload()
        page.get_by_text("No request matches").wait_for()
        assert page.get_by_label("Search").input_value() == "nothing of that"
        page.get_by_role("link", name="Remove all filters").click()
        page.locator("tbody tr").nth(1).wait_for()


def test_the_journal_is_paged_and_pauses(at: Console) -> None:
    for _ in range(52):
        ask(at.address, "GET", "/nothing")
    with at.page("requests") as page:
        page.locator("tbody tr").nth(49).wait_for()
        assert page.locator("tbody tr").count() == 50
        press(page, "Older requests")
        page.locator("tbody tr").nth(51).wait_for()
        assert page.get_by_role("button", name="Older requests").count() == 0
        press(page, "Pause")
        ask(at.address, "GET", "/another")
        page.wait_for_timeout(800)
        assert page.get_by_role("cell", name="GET /another").first.count() == 0
        press(page, "Go on live")
        page.get_by_role("cell", name="GET /another").first.wait_for()
        press(page, "Clear")
        press(page, "Really clear the journal?")
        page.get_by_text("No request yet").wait_for()


def test_a_refused_signature_shows_both_texts_and_base64_is_folded(at: Console) -> None:
    id = at.send("tencent_cloud.general_basic", values={"secret_key": "wrong"})
    with at.page(f"requests/{id}") as page:
        page.get_by_role("heading", name="The texts to sign").wait_for()
        assert "TC3-HMAC-SHA256" in page.get_by_label("The server signs").inner_text()
        assert "Unknown:" in page.locator(".columns .empty").inner_text()
        page.get_by_role("tab", name="Raw").click()
        raw = page.get_by_label("Parameters of the request", exact=True).inner_text()
        assert "characters)" in raw
        assert len(raw) < 600
        page.get_by_role("tab", name="Copy as…").click()
        page.get_by_label("curl, signed now", exact=True).wait_for()


def test_a_request_is_sent_again_with_another_vendor_and_credential(at: Console) -> None:
    id = at.send("tencent.general")
    with at.page(f"requests/{id}") as page:
        page.get_by_role("tab", name="Send again").click()
        panel = page.get_by_role("tabpanel")
        panel.get_by_label("Operation").select_option("huawei.web_image")
        press(page, "Send again")
        panel.locator(".pill.good").wait_for()
        panel.get_by_label("Replace a credential field").fill("token")
        assert "name=value" in panel.locator("#replaced-hint").inner_text()
        panel.get_by_label("Replace a credential field").fill("token=wrong")
        press(page, "Send again")
        panel.locator(".pill.bad").wait_for()
        rows = at.control("GET", "/requests")["requests"]
        assert [row["operation"] for row in rows] == ["web_image", "web_image", "general"]


@pytest.mark.parametrize("kind", ["answer", "golden"])
def test_edited_lines_are_the_answer_from_now_on(at: Console, kind: str) -> None:
    id = at.send("tencent.general", sample={"answer": "hello.png", "golden": "card.png"}[kind])
    with at.page(f"requests/{id}") as page:
        press(page, "Answer this picture so from now on…")
        page.get_by_label("Line 1", exact=True).fill("edited line")
        sheet = page.locator(".sheet svg").bounding_box()
        assert sheet is not None
        page.mouse.move(sheet["x"] + 100, sheet["y"] + sheet["height"] - 50)
        page.mouse.down()
        page.mouse.move(sheet["x"] + 300, sheet["y"] + sheet["height"] - 10)
        page.mouse.up()
        page.get_by_label("Line 3", exact=True).fill("drawn line")
        press(page, "Remove line 2")
        page.get_by_label("Save as").select_option(kind)
        press(page, "Save")
        page.get_by_text("Saved").wait_for()
    again = at.send("huawei.web_image", sample={"answer": "hello.png", "golden": "card.png"}[kind])
    (sent,) = at.control("GET", f"/requests/{again}")["pictures"]
    assert [line["text"] for line in sent["lines"]] == ["edited line", "drawn line"]
    (left, top), _, (right, bottom), _ = sent["lines"][1]["corners"]
    assert right - left > 100
    assert bottom - top > 10


def test_faults_and_quotas_come_from_lists_and_numbers_are_checked(at: Console) -> None:
    with at.page("faults") as page:
        page.get_by_text("No fault is queued.").wait_for()
        page.get_by_label("Kind of fault").select_option("status")
        assert page.get_by_label("Fault", exact=True).input_value() == "status=502"
        assert "that HTTP status" in page.locator("#explained").inner_text()
        page.get_by_label("Times").fill("often")
        page.get_by_text("This must be a whole number.").wait_for()
        assert page.get_by_role("button", name="Queue the fault").is_disabled()
        page.get_by_label("Times").fill("")
        press(page, "Queue the fault")
        page.locator("td code", has_text="status=502").wait_for()
        (fault,) = at.control("GET", "/faults")["faults"]
        assert (fault["fault"], fault["times"], fault["operation"]) == ("status=502", None, "*")
        press(page, "Remove status=502")
        page.get_by_text("No fault is queued.").wait_for()
        assert page.get_by_role("button", name="Set the quota").is_disabled()
        page.get_by_label("Requests left").fill("3")
        press(page, "Set the quota")
        page.get_by_role("button", name="Remove dev *").wait_for()
        (quota,) = at.control("GET", "/quotas")["quotas"]
        assert (quota["account"], quota["left"], quota["per_day"]) == ("dev", 3, None)


def test_an_error_stays_until_it_is_dismissed(at: Console) -> None:
    with at.page("faults") as page:
        page.get_by_label("Fault", exact=True).fill("explode=1")
        press(page, "Queue the fault")
        error = page.locator(".error")
        error.wait_for()
        assert "explode" in error.inner_text()
        page.get_by_role("link", name="Clock").click()
        page.get_by_role("heading", name="Clock").wait_for()
        assert error.count() == 1
        press(page, "Dismiss the error")
        error.wait_for(state="detached")


def test_accounts_are_made_copied_and_deleted(at: Console) -> None:
    with at.page("accounts") as page:
        page.get_by_label("Name", exact=True).fill("no spaces?")
        page.get_by_text("Use 1 to 64 letters").wait_for()
        page.get_by_label("Name", exact=True).fill("poor")
        page.get_by_label("State", exact=True).select_option("arrears")
        press(page, "Create an account")
        page.get_by_role("heading", name="poor").wait_for()
        dev = page.get_by_role("region", name="dev")
        dev.get_by_role("button", name="Copy: tencent secret_id").click()
        dev.get_by_text("Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "AKIDMOCKOCR0000000000000000000000000"
        dev.get_by_role("button", name="Copy as variables: tencent").click()
        page.wait_for_timeout(200)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "export TENCENT_APPID='1251000000'" in copied
        press(page, "Delete")
        press(page, "Really delete the account?")
        page.get_by_role("heading", name="poor").wait_for(state="detached")
        assert len(at.control("GET", "/accounts")["accounts"]) == 1


def test_the_bill_shows_a_dash_for_unknown_prices(at: Console) -> None:
    with at.page("bill") as page:
        page.get_by_text("Nothing was billed").wait_for()
        at.send("aliyun_market.ocr")
        at.send("huawei.web_image")
        page.locator("tbody tr").nth(1).wait_for()
        rows = {cells[1]: cells for cells in map(cells_of, page.locator("tbody tr").all())}
        assert rows["aliyun_market.ocr"][5:7] == ["0.02 CNY", "0.02 CNY"]
        assert rows["huawei.web_image"][5:8] == ["—", "—", "no source states it"]


def cells_of(row: Any) -> list[str]:
    return [text.strip() for text in row.locator("td").all_inner_texts()]


def test_the_clock_is_frozen_moved_and_released(at: Console) -> None:
    with at.page("clock") as page:
        page.get_by_label("Time, UTC").fill("soon")
        page.get_by_text("Write a time like").wait_for()
        page.get_by_label("Time, UTC").fill("2026-01-01T00:00:00Z")
        press(page, "Freeze")
        page.get_by_text("frozen").wait_for()
        assert page.get_by_label("Time on the clock").inner_text() == "2026-01-01T00:00:00Z"
        page.get_by_label("Seconds").fill("60")
        press(page, "Move")
        page.get_by_text("2026-01-01T00:01:00Z").wait_for()
        press(page, "Back to real time")
        page.get_by_text("real time", exact=True).wait_for()
        press(page, "Reset everything")
        press(page, "Really reset everything?")
        page.get_by_text("Everything is as at the start.").wait_for()


def test_a_banner_tells_that_the_server_is_gone_and_leaves_when_it_is_back(at: Console) -> None:
    with at.page("requests") as page:
        page.get_by_text("No request yet").wait_for()
        page.context.set_offline(True)
        press(page, "Clear")
        press(page, "Really clear the journal?")
        page.get_by_text("The server does not answer.").wait_for()
        assert page.locator(".error").count() == 0
        page.context.set_offline(False)
        page.get_by_text("The server does not answer.").wait_for(state="detached")


def test_the_keyboard_reaches_everything_and_tabs_follow_arrows(at: Console) -> None:
    id = at.send("tencent.general")
    with at.page(f"requests/{id}") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "MAIN"
        page.get_by_role("tab", name="Answer").focus()
        page.keyboard.press("ArrowRight")
        assert page.get_by_role("tab", name="Raw").get_attribute("aria-selected") == "true"
        assert page.evaluate("document.activeElement.textContent") == "Raw"


def test_language_and_theme_are_chosen_and_remembered(at: Console) -> None:
    with at.page("clock") as page:
        press(page, "中文")
        page.get_by_role("heading", name="时钟").wait_for()
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        page.get_by_role("button", name=re.compile("主题")).click()
        page.get_by_role("button", name="主题：浅色").click()
        page.reload()
        page.get_by_role("heading", name="时钟").wait_for()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        press(page, "English")
        page.get_by_role("heading", name="Clock").wait_for()


def test_the_page_of_an_old_address_is_found(at: Console) -> None:
    id = at.send("tencent.general")
    with at.page() as page:
        page.goto(f"{at.url}/_mockocr/#request/{id}")
        page.get_by_role("heading", name="tencent.general").wait_for()
