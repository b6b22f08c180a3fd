"""What Document Intelligence answers: places, units, pages, tables and pairs."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from mockocr.app import Mock
from mockocr.core.recognition import Quad, Recognition, line_of_text
from tests.asgi import ask
from tests.conformance import mock
from tests.exchange import picture
from tests.recognitions import READINGS, Reader, page
from tests.vendors.azure.calls import (
    LAYOUT,
    OCTETS,
    READ,
    V4,
    VERSION,
    analyzed,
    blank,
    call,
    location,
)

EMOJI = page("e\u0301 \U0001f600 发票", "Total 9")
TABLE = Recognition(
    tuple(
        line_of_text(text, Quad.upright(x, y, x + 20 * len(text), y + 30), 0.9)
        for y, row in ((100, ("Item", "Price")), (160, ("Tea", "3.50")), (220, ("Milk", "1.20")))
        for x, text in zip((20, 400), row, strict=True)
    ),
    engine="scripted",
)
PAIRS = page("Invoice No: INV-100", "Total: 12.50")
SHOWN = {**READINGS, "tables": TABLE, "pairs": PAIRS, "emoji": EMOJI}


def reading(recognition: str | Recognition) -> Mock:
    """A mock whose engine reads this."""
    to = mock()
    assert isinstance(to.engine, Reader)
    to.engine.recognition = SHOWN[recognition] if isinstance(recognition, str) else recognition
    return to


def words_by_span(result: Any, cut: Any) -> list[tuple[str, str]]:
    """Each word beside the piece of the content that its span names."""
    return [
        (word["content"], cut(result["content"], word["span"]))
        for page in result["pages"]
        for word in page["words"]
    ]


def by_code_points(content: str, span: Any) -> str:
    return content[span["offset"] : span["offset"] + span["length"]]


def by_utf16(content: str, span: Any) -> str:
    units = content.encode("utf-16-le")
    start = 2 * span["offset"]
    return units[start : start + 2 * span["length"]].decode("utf-16-le")


@pytest.mark.parametrize(
    ("unit", "cut"), [("unicodeCodePoint", by_code_points), ("utf16CodeUnit", by_utf16)]
)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_span_names_its_word_in_the_requested_unit(unit: str, cut: Any, form: str) -> None:
    target = f"{LAYOUT}&stringIndexType={unit}&outputContentFormat={form}"
    result = analyzed(reading("emoji"), target, blank())
    pairs = words_by_span(result, cut)
    assert [word for word, _ in pairs] == ["e\u0301", "\U0001f600", "发", "票", "Total", "9"]
    assert [word for word, _ in pairs] == [piece for _, piece in pairs]


def test_text_elements_are_the_default_unit() -> None:
    result = analyzed(reading("emoji"), READ, blank())
    assert result["stringIndexType"] == "textElements"
    spans = [word["span"] for word in result["pages"][0]["words"]]
    assert [(s["offset"], s["length"]) for s in spans] == [
        (0, 1),
        (2, 1),
        (4, 1),
        (5, 1),
        (7, 5),
        (13, 1),
    ]


def test_the_pages_of_a_document_are_measured_in_inches() -> None:
    result = analyzed(mock(), READ, picture("two-pages.pdf"), "application/pdf")
    assert [(p["pageNumber"], p["unit"]) for p in result["pages"]] == [(1, "inch"), (2, "inch")]
    first = result["pages"][0]
    assert (first["width"], first["height"]) == (8.89, 3.335)
    assert first["lines"][0]["polygon"][:4] == [0.102, 0.151, 2.103, 0.151]


def test_spans_of_a_second_page_go_on_after_the_first() -> None:
    result = analyzed(mock(), READ, picture("two-pages.pdf"), "application/pdf")
    assert result["content"] == "发票 Invoice 2026\n合计:1280.50\n发票 Invoice 2026\n合计:1280.50"
    spans = [page["spans"] for page in result["pages"]]
    assert spans == [[{"offset": 0, "length": 26}], [{"offset": 27, "length": 26}]]
    assert words_by_span(result, by_code_points)[7:9] == [("发", "发"), ("票", "票")]


@pytest.mark.slow
def test_markdown_divides_pages() -> None:
    target = f"{LAYOUT}&outputContentFormat=markdown"
    content = analyzed(mock(), target, picture("two-pages.pdf"), "application/pdf")["content"]
    assert content.count("\n<!-- PageBreak -->\n\n") == 1


def test_the_frames_of_a_tiff_file_are_pages_in_pixels() -> None:
    result = analyzed(mock(), f"{READ}&pages=2-3", blank(60, 50, "TIFF", 3), "image/tiff")
    assert [(p["pageNumber"], p["unit"]) for p in result["pages"]] == [(2, "pixel"), (3, "pixel")]


def test_the_free_tier_reads_two_pages_and_files_up_to_four_megabytes() -> None:
    to = mock(options={"azure": {"tier": "F0"}})
    result = analyzed(to, READ, blank(60, 50, "TIFF", 3), "image/tiff")
    assert [page["pageNumber"] for page in result["pages"]] == [1, 2]
    large = blank() + b"\0" * (4 * 1024 * 1024)
    refused = call(to, "POST", READ, large)
    assert refused.json["error"]["innererror"]["code"] == "InvalidContentLength"


def test_a_table_has_cells_headers_and_paragraphs() -> None:
    result = analyzed(reading("tables"), LAYOUT, blank())
    (table,) = result["tables"]
    assert (table["rowCount"], table["columnCount"]) == (3, 2)
    shown = [(c["rowIndex"], c["columnIndex"], c["content"]) for c in table["cells"]]
    assert shown == [
        (0, 0, "Item"),
        (0, 1, "Price"),
        (1, 0, "Tea"),
        (1, 1, "3.50"),
        (2, 0, "Milk"),
        (2, 1, "1.20"),
    ]
    for cell in table["cells"]:
        (pointer,) = cell["elements"]
        paragraph = result["paragraphs"][int(pointer.rpartition("/")[2])]
        assert paragraph["content"] == cell["content"]
        assert by_code_points(result["content"], cell["spans"][0]) == cell["content"]
    assert result["sections"][0]["elements"] == ["/tables/0"]


@pytest.mark.slow
def test_a_table_in_markdown_is_html_whose_cells_have_places() -> None:
    target = f"{LAYOUT}&outputContentFormat=markdown"
    result = analyzed(reading("tables"), target, blank())
    assert "<table>\n<tr>\n<t" in result["content"]
    for cell in result["tables"][0]["cells"]:
        assert by_code_points(result["content"], cell["spans"][0]) == cell["content"]


def test_a_number_at_the_start_of_a_paragraph_is_escaped_in_markdown() -> None:
    to = reading(page("1. First thing to do, and then more"))
    target = f"{LAYOUT}&outputContentFormat=markdown&stringIndexType=unicodeCodePoint"
    result = analyzed(to, target, blank(1400, 400))
    assert "1\\. First" in result["content"]
    found = dict(words_by_span(result, by_code_points))
    assert (found["1."], found["First"], found["more"]) == ("1\\.", "First", "more")


def test_pairs_are_answered_when_the_feature_is_asked_for() -> None:
    result = analyzed(reading("pairs"), f"{LAYOUT}&features=keyValuePairs", blank())
    shown = [(p["key"]["content"], p["value"]["content"]) for p in result["keyValuePairs"]]
    assert [(key.rstrip(":"), value) for key, value in shown] == [
        ("Invoice No", "INV-100"),
        ("Total", "12.50"),
    ]
    for pair in result["keyValuePairs"]:
        (span,) = pair["value"]["spans"]
        assert by_code_points(result["content"], span) == pair["value"]["content"]
    assert "keyValuePairs" not in analyzed(reading("pairs"), LAYOUT, blank())


def test_a_blank_page_has_no_words_and_an_empty_content() -> None:
    result = analyzed(reading("nothing"), LAYOUT, blank())
    assert (result["content"], result["paragraphs"], result["sections"]) == ("", [], [])
    assert result["pages"][0]["words"] == result["pages"][0]["lines"] == []


def test_turned_text_has_its_angle_and_corners() -> None:
    (shown,) = analyzed(reading("turned"), READ, blank())["pages"]
    assert shown["angle"] == 90
    assert shown["lines"][0]["polygon"] == [100, 50, 100, 250, 60, 250, 60, 50]


def test_version_three_has_neither_format_nor_sections() -> None:
    target = "/formrecognizer/documentModels/prebuilt-layout:analyze?api-version=2022-08-31"
    result = analyzed(mock(), f"{target}&outputContentFormat=markdown", blank())
    assert set(result) == {
        "apiVersion",
        "modelId",
        "stringIndexType",
        "content",
        "pages",
        "paragraphs",
        "tables",
        "styles",
    }


def test_base64_and_bytes_give_the_same_result() -> None:
    data = blank()
    body = json.dumps({"base64Source": base64.b64encode(data).decode()}).encode()
    assert analyzed(mock(), READ, body, "application/json") == analyzed(mock(), READ, data, OCTETS)


def test_a_page_outside_of_the_document_is_refused() -> None:
    answer = call(mock(), "POST", f"{READ}&pages=5", blank())
    assert (answer.status, answer.json["error"]["innererror"]["code"]) == (400, "InvalidParameter")


def test_each_page_is_billed_in_dollars() -> None:
    to = mock()
    analyzed(to, READ, picture("two-pages.pdf"), "application/pdf")
    call(to, "GET", f"{V4}/prebuilt-read/analyzeResults/unknown?{VERSION}")
    rows = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    (row,) = [row for row in rows if row["operation"] == "analyze_document"]
    assert (row["calls"], row["billable"], row["currency"]) == (1, 2, "USD")
    assert (row["price"], row["cost"]) == (0.01, 0.003)
    analyzed(to, LAYOUT, blank())
    rows = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    (row,) = [row for row in rows if row["operation"] == "analyze_document"]
    assert (row["billable"], row["cost"]) == (3, 0.013)


def test_the_address_of_a_result_follows_a_reverse_proxy() -> None:
    headers = (
        ("Host", "inner:8080"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "azure.test"),
        ("Ocp-Apim-Subscription-Key", "a2e0c0ffee00c0ffee00c0ffee00a2e0"),
        ("Content-Type", OCTETS),
    )
    answer = ask(mock().asgi, "POST", f"/azure{READ}", headers, blank())
    start = "https://azure.test/azure/documentintelligence/documentModels/prebuilt-read/"
    assert answer.header("operation-location").startswith(start)


def test_the_location_uses_the_prefix_that_the_client_used() -> None:
    to = mock()
    accepted = call(to, "POST", f"/azure{READ}", blank())
    assert location(accepted).startswith("/azure/documentintelligence/")
    assert call(to, "GET", location(accepted)).json["status"] == "succeeded"


@pytest.mark.parametrize(
    "target",
    [READ, "/formrecognizer/documentModels/prebuilt-read:analyze?api-version=2023-07-31"],
)
def test_an_endpoint_that_ends_in_a_slash_makes_two_slashes_which_count_as_one(
    target: str,
) -> None:
    to = mock()
    accepted = call(to, "POST", f"/{target}", blank())
    assert location(accepted).startswith(target.partition(":")[0])
    assert call(to, "GET", f"/{location(accepted)}").json["status"] == "succeeded"
    submitted = call(to, "POST", "//vision/v3.1/read/analyze", blank())
    assert location(submitted).startswith("/vision/v3.1/read/analyzeResults/")


def test_fixtures_of_azure_name_no_other_host() -> None:
    folder = Path(__file__).parents[3] / "fixtures/azure"
    for path in folder.glob("*.http"):
        assert "Host: mockocr.cognitiveservices.azure.com\n" in path.read_text("utf-8"), path.name
