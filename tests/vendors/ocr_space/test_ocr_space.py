"""Keys, plans, pages, exit codes and searchable documents of OCR.space, over the whole server."""

from __future__ import annotations

import base64
import io
import json
from typing import Any
from urllib.parse import urlsplit

import pypdfium2 as pdfium
import pytest
from PIL import Image as Pillow

from mockocr.app import Mock
from mockocr.core.request_example import SampleImage, post_form, post_parts
from mockocr.vendors.ocr_space import VENDOR
from mockocr.vendors.ocr_space.api.errors import ERRORS
from tests.asgi import Answer, ask
from tests.conformance import CASES, mock, send
from tests.exchange import picture

CASE = CASES["ocr_space.parse_image"]
PATH = CASE.operation.path
HELLO = SampleImage(picture("hello.png"), "hello.png")
DOCUMENT = SampleImage(picture("two-pages.pdf"), "two.pdf")


def post(
    to: Mock, image: SampleImage = HELLO, key: str = "", more: Any = (), **fields: str
) -> Answer:
    request = post_parts(PATH, [*more, *fields.items()], "file", image)
    request = request.with_headers(("apikey", key or VENDOR.credentials["apikey"]))
    return send(to, request)


def free(**options: str) -> Mock:
    return mock(options={"ocr_space": options})


def why(to: Mock) -> str:
    return str(ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]["why"])


def test_the_demo_key_is_good_for_ten_requests_in_ten_minutes() -> None:
    to = mock()
    assert [post(to, key="helloworld").status for _ in range(11)] == [200] * 10 + [403]
    assert "helloworld has 10 requests in 600 s" in why(to)
    refused = post(to, key="helloworld")
    assert refused.body == (
        b'"You may only perform this action upto maximum 10 number of times within 600 seconds"'
    )
    to.clock.advance(600)
    assert post(to, key="helloworld").status == 200


@pytest.mark.slow
def test_a_key_of_the_free_plan_is_good_for_500_requests_a_day() -> None:
    to = mock()
    broken = SampleImage(b"x", "x.png")
    assert {post(to, broken).status for _ in range(500)} == {200}
    refused = post(to)
    assert refused.status == 403
    assert len(refused.body) == 88
    assert b"maximum 500 number of times within 86400 seconds" in refused.body
    assert "--ocr-space-quotas off lifts it" in why(to)


@pytest.mark.parametrize("options", [{"quotas": "off"}, {"plan": "pro"}])
@pytest.mark.slow
def test_the_daily_limit_can_be_lifted(options: dict[str, str]) -> None:
    to = free(**options)
    broken = SampleImage(b"x", "x.png")
    assert {post(to, broken).status for _ in range(501)} == {200}


@pytest.mark.parametrize(
    ("plan", "kilobytes"), [("free", 1024), ("pro", 5120), ("pro_pdf", 40 * 1024)]
)
@pytest.mark.slow
def test_each_plan_has_its_largest_file(plan: str, kilobytes: int) -> None:
    size = kilobytes * 1024
    padded = SampleImage(HELLO.data + bytes(size - len(HELLO.data)), "hello.png")
    larger = SampleImage(padded.data + b"0", "hello.png")
    to = free(plan=plan)
    if plan != "pro_pdf":  # the body of its largest file is beyond the body limit
        assert post(to, padded).json["OCRExitCode"] == 1
    answer = post(to, larger)
    assert answer.json["OCRExitCode"] == 99
    if plan != "pro_pdf":
        assert answer.json["ErrorMessage"] == [
            "File failed validation. File size exceeds the maximum size limit."
            f" Maximum size limit {kilobytes} KB"
        ]


def tall_document(pages: int) -> SampleImage:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 100)
    file = io.BytesIO()
    document.save(file)
    return SampleImage(file.getvalue(), "many.pdf")


@pytest.mark.parametrize(("option", "code"), [("4", 4), ("2", 2)])
@pytest.mark.slow
def test_pages_beyond_the_plan_are_left_out_and_said_so(option: str, code: int) -> None:
    body = post(free(page_limit_exit=option), tall_document(4)).json
    assert len(body["ParsedResults"]) == 3
    assert (body["OCRExitCode"], body["IsErroredOnProcessing"]) == (code, True)
    assert body["ErrorMessage"] == [
        "The maximum page limit of 3 was reached and only pages upto the limit were parsed"
        " successfully"
    ]
    whole = post(free(plan="pro_pdf"), tall_document(4)).json
    assert (len(whole["ParsedResults"]), whole["OCRExitCode"]) == (4, 1)


def test_a_picture_beyond_ten_thousand_pixels_fails_as_a_page() -> None:
    file = io.BytesIO()
    Pillow.new("1", (10_001, 10)).save(file, "PNG")
    body = post(mock(), SampleImage(file.getvalue(), "wide.png")).json
    message = "Image dimensions are too large! Max image dimensions supported: 10000 x 10000."
    assert body["OCRExitCode"] == 3
    assert body["ErrorMessage"] == ["All images/pages errored in parsing"]
    (page,) = body["ParsedResults"]
    assert page["FileParseExitCode"] == -10
    assert page["ErrorMessage"] == f"Parsing Error: {message}"
    assert page["ErrorDetails"] == message


def test_a_searchable_document_can_be_downloaded_for_an_hour() -> None:
    to = mock()
    link = post(to, isCreateSearchablePdf="true").json["SearchablePDFURL"]
    path = urlsplit(link).path
    answer = ask(to.asgi, "GET", path)
    assert (answer.status, answer.header("content-type")) == (200, "application/pdf")
    text = pdfium.PdfDocument(answer.body)[0].get_textpage().get_text_bounded()
    assert "Invoice" in text
    assert "发票" in text
    to.clock.advance(3600)
    assert ask(to.asgi, "GET", path).status == 404
    assert "older than an hour" in why(to)


@pytest.mark.slow
def test_a_searchable_document_has_all_pages_and_a_link_behind_the_prefix() -> None:
    to = mock()
    request = post_parts(PATH, [("isCreateSearchablePdf", "true")], "file", DOCUMENT)
    request = CASE.service.sign(request, CASE.credential)
    answer = ask(to.asgi, "POST", f"/ocr_space{PATH}", request.headers, request.body)
    path = urlsplit(answer.json["SearchablePDFURL"]).path
    assert path.startswith("/ocr_space/searchablepdf/")
    assert len(pdfium.PdfDocument(ask(to.asgi, "GET", path).body)) == 2


@pytest.mark.parametrize("name", ["Language", "LANGUAGE", "language"])
def test_parameter_names_may_have_any_case(name: str) -> None:
    assert post(mock(), more=[(name, "chs")]).json["OCRExitCode"] == 1
    assert post(mock(), more=[(name, "klingon")]).json["OCRExitCode"] == 99


@pytest.mark.parametrize(
    ("engine", "language", "code"),
    [("1", "eng", 1), ("1", "hin", 99), ("2", "auto", 1), ("2", "hin", 99), ("3", "hin", 1)],
)
def test_each_engine_has_its_languages(engine: str, language: str, code: int) -> None:
    assert post(mock(), OCREngine=engine, language=language).json["OCRExitCode"] == code


def test_every_page_error_can_be_injected_by_its_id() -> None:
    codes = {
        "file_not_found": 0,
        "damaged": -10,
        "file_timeout": -20,
        "file_validation": -30,
        "file_unknown": -99,
    }
    for id, code in codes.items():
        assert ERRORS.find(id) is not None
        to = mock()
        fault = json.dumps({"fault": f"error={id}"}).encode()
        ask(to.asgi, "POST", "/_mockocr/faults", (("Content-Type", "application/json"),), fault)
        (page,) = post(to).json["ParsedResults"]
        assert page["FileParseExitCode"] == code


def test_base64_of_another_media_type_is_read() -> None:
    text = "data:application/pdf;base64," + base64.b64encode(DOCUMENT.data).decode()
    request = post_form(PATH, [("base64Image", text)])
    body: Any = send(mock(), CASE.service.sign(request, CASE.credential)).json
    assert len(body["ParsedResults"]) == 2


def test_a_key_in_a_field_counts_when_no_header_has_one() -> None:
    to = mock()
    key = VENDOR.credentials["apikey"]
    fields = [("apikey", key), ("language", "eng")]
    assert send(to, post_parts(PATH, fields, "file", HELLO)).status == 200
    both = post_parts(PATH, fields, "file", HELLO).with_headers(("apikey", "K00000000000001"))
    assert send(to, both).status == 403


def test_a_table_has_a_tab_after_each_cell_of_a_row() -> None:
    to = mock(reads="bank_card")
    text = post(to, isTable="true").json["ParsedResults"][0]["ParsedText"]
    assert text.splitlines()[0] == "中国银行\t"
