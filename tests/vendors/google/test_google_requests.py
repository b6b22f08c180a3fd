"""Bodies, masks, batches, prices, browsers and errors, beyond what the exchanges show."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.core.request_example import SampleImage
from mockocr.vendors.google.vision.examples import EXAMPLES
from mockocr.vendors.google.vision.field_mask import parse_mask
from mockocr.vendors.google.vision.json_syntax import explain_syntax
from tests.asgi import ask
from tests.conformance import mock
from tests.recognitions import HELLO
from tests.vendors.google.calling import KEY, PATH, annotate, content, entry, journal, post


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"a":1 "b":2}', "Expected , or } after key:value pair."),
        (b'{"a":[1 2]}', "Expected , or ] after array value."),
        (b'{"a" 1}', "Expected : between key:value pair."),
        (b"{1:2}", "Expected an object key or }."),
        (b'{"a":"b', "Closing quote expected in string."),
        (b'{"a":', "Unexpected end of string. Expected a value."),
        (b'{"a":x}', "Expected a value."),
        (b"{} {}", "Parsing terminated before end of input."),
        (b'{"a":"\xff"}', "Encountered non UTF-8 code points."),
    ],
)
def test_a_syntax_error_is_explained_as_by_googles_parser(body: bytes, message: str) -> None:
    assert explain_syntax(body).partition("\n")[0] == message


def test_the_excerpt_has_twenty_characters_on_each_side_and_a_mark() -> None:
    shown = explain_syntax(b'{"aaaaaaaaaaaaaaaaaaaaaaaaaa":1 "bbbbbbbbbbbbbbbbbbbbbbbbbb":2}')
    assert shown.split("\n")[1:] == [
        'aaaaaaaaaaaaaaaa":1 "bbbbbbbbbbbbbbbbbbb',
        " " * 20 + "^",
    ]


@pytest.mark.parametrize(
    ("entry_change", "message"),
    [
        ({"image": 7}, "Invalid value at 'requests[0].image' (type.googleapis.com/"),
        ({"image": []}, "Unknown name \"image\" at 'requests[0]': Proto field is not repeating"),
        ({"features": {"maxResults": "x"}}, "'requests[0].features[0].max_results' (TYPE_INT32)"),
        ({"imageContext": {"languageHints": [7]}}, "language_hints[0]' (TYPE_STRING), 7"),
        (
            {"imageContext": {"textDetectionParams": {"enableTextDetectionConfidenceScore": 1}}},
            "(TYPE_BOOL), 1",
        ),
    ],
)
def test_a_wrong_type_is_named_with_its_place(entry_change: Any, message: str) -> None:
    answer = annotate(mock(), {**entry(), **entry_change})
    assert answer.status == 400
    error = answer.json["error"]
    assert message in error["message"]
    assert error["details"][0]["fieldViolations"][0]["field"]


def test_names_may_be_in_snake_case_and_base64_url_safe_without_padding() -> None:
    encoded = content("hello.png").replace("+", "-").replace("/", "_").rstrip("=")
    asked = {
        "image": {"content": encoded},
        "features": [{"type": "TEXT_DETECTION", "max_results": "3"}],
        "image_context": {"language_hints": ["de"]},
    }
    answer = annotate(mock(), asked)
    assert answer.json["responses"][0]["textAnnotations"][0]["locale"] == "de"


def test_features_that_are_not_served_are_answered_with_nothing_and_noted() -> None:
    to = mock()
    features = [{"type": number} for number in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 19)]
    answer = annotate(to, {**entry(), "features": features})
    assert list(answer.json["responses"][0]) == ["textAnnotations", "fullTextAnnotation"]
    assert journal(to)["why"].startswith("not served, answered with nothing: FACE_DETECTION")


@pytest.mark.parametrize(
    ("mask", "kept"),
    [
        ("responses.textAnnotations.locale", {"textAnnotations": [{"locale": "en"}]}),
        ("responses(full_text_annotation(text))", {"fullTextAnnotation": {"text": "TURNED"}}),
        ("responses/*/text", {"textAnnotations": [{}], "fullTextAnnotation": {"text": "TURNED"}}),
        ("*", None),
    ],
)
def test_a_mask_keeps_the_fields_that_it_names(mask: str, kept: Any) -> None:
    to = mock("turned")
    whole = annotate(to, entry()).json["responses"][0]
    found = annotate(to, entry(), query=f"?$fields={mask}").json["responses"][0]
    if kept is None:
        assert found == whole
        return
    if "textAnnotations" in found:
        found["textAnnotations"] = found["textAnnotations"][:1]
    assert found == kept


@pytest.mark.parametrize("mask", ["(", "a(", "a)", "a,", "a//b", "é", "responses(none)"])
def test_a_mask_that_cannot_be_read_is_refused(mask: str) -> None:
    to = mock()
    headers = (("X-Goog-Api-Key", KEY), ("X-Goog-FieldMask", mask.encode().decode("latin-1")))
    answer = post(to, PATH, {"requests": [entry()]}, headers)
    assert answer.status == 400
    assert journal(to)["why"].startswith("fields=")


def test_a_mask_of_a_thousand_brackets_is_refused() -> None:
    assert parse_mask("a(b,c/d)") == {"a": {"b": {}, "c": {"d": {}}}}
    answer = annotate(mock(), entry(), query=f"?fields={'a(' * 1000}")
    assert answer.status == 400


class Slow:
    """An engine that takes a tenth of a second."""

    name = "slow"

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        import asyncio

        await asyncio.sleep(0.1)
        return HELLO


def different_pictures(count: int) -> list[dict[str, Any]]:
    import base64

    entries = []
    for number in range(count):
        made = io.BytesIO()
        Pillow.new("L", (40 + number, 20), 255).save(made, "PNG")
        encoded = base64.b64encode(made.getvalue()).decode()
        entries.append({**entry(), "image": {"content": encoded}})
    return entries


@pytest.mark.slow
def test_sixteen_pictures_are_read_side_by_side() -> None:
    from mockocr.app import build

    to = build(engine=Slow())
    entries = different_pictures(16)
    begun = time.perf_counter()
    answer = annotate(to, *entries)
    batch = time.perf_counter() - begun
    assert len(answer.json["responses"]) == 16
    to = build(engine=Slow())
    begun = time.perf_counter()
    for each in entries:
        annotate(to, each)
    assert batch < (time.perf_counter() - begun) / 2


def test_each_picture_that_is_read_costs_a_unit() -> None:
    to = mock()
    annotate(to, entry(), entry(), entry("broken.png"))
    annotate(to, entry("broken.png"))
    annotate(to, entry(feature="LABEL_DETECTION"))
    bill = ask(to.asgi, "GET", "/_mockocr/bill").json
    (row,) = bill["rows"]
    assert (row["calls"], row["billable"], row["price"], row["currency"], row["free"]) == (
        3,
        2,
        0.0015,
        "USD",
        1000,
    )


def test_one_bad_picture_of_several_is_explained_in_the_journal() -> None:
    to = mock()
    annotate(to, entry(), entry("broken.png"))
    assert journal(to)["code"] == "OK"
    assert journal(to)["why"].startswith("the PNG picture is damaged")


def test_a_picture_of_more_than_75_megapixels_is_refused() -> None:
    made = io.BytesIO()
    Pillow.new("1", (10_000, 7_501)).save(made, "PNG")
    import base64

    huge = {**entry(), "image": {"content": base64.b64encode(made.getvalue()).decode()}}
    error = annotate(mock(), huge).json["responses"][0]["error"]
    assert error == {"code": 3, "message": "Image too large. Please limit to 75 megapixels."}


def test_a_fault_of_a_picture_reaches_every_picture_of_the_batch() -> None:
    to = mock()
    fault = {"operation": "google.images_annotate", "fault": "error=bad_image"}
    assert ask(to.asgi, "POST", "/_mockocr/faults", (), json.dumps(fault).encode()).status == 201
    answer = annotate(to, entry(), entry())
    bad = {"error": {"code": 3, "message": "Bad image data."}}
    assert (answer.status, answer.json) == (200, {"responses": [bad, bad]})


def test_a_browser_may_call_from_any_page() -> None:
    asked = (
        ("Origin", "https://example.org"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
    )
    answer = ask(mock().asgi, "OPTIONS", PATH, asked)
    assert answer.status == 200
    assert answer.header("access-control-allow-origin") == "https://example.org"
    assert answer.header("access-control-allow-headers") == "content-type"


@pytest.mark.parametrize("host", ["eu-vision.googleapis.com", "us-vision.googleapis.com"])
def test_the_regional_hosts_lead_to_the_api(host: str) -> None:
    answer = ask(
        mock().asgi,
        "POST",
        f"{PATH}?key={KEY}",
        (("Host", host),),
        json.dumps({"requests": [entry()]}).encode(),
    )
    assert answer.status == 200


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"GIF89a", "image/gif"),
    ],
)
def test_the_request_for_a_document_names_its_media_type(data: bytes, media_type: str) -> None:
    (example,) = (each for each in EXAMPLES if each.operation == "files_annotate")
    sent = example.build(SampleImage(data), {}).json()
    assert sent["requests"][0]["inputConfig"]["mimeType"] == media_type
