"""The request: both content types, what counts as the picture, and the code of each fault."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core.image import Inline, Remote
from mockocr.vendors.tencent.legacy.service import SERVICE
from tests.vendors.tencent.legacy.harness import (
    APPID,
    PICTURE,
    Harness,
    ask,
    code,
    good,
    inline,
    posted,
    request,
)

UNPARSED = "invalid request: parsing error - check content-type and body"
URL = "https://example.com/a/b.jpg?x=1"
ENCODED = base64.b64encode(PICTURE).decode()
BOUNDARY = "--------------acebdf13572468"
KIND = f"multipart/form-data;boundary={BOUNDARY}"


def part(head: str, data: bytes) -> bytes:
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + data + b"\r\n"


def named(name: str, data: bytes, rest: str = "") -> bytes:
    return part(f'Content-Disposition: form-data; name="{name}"{rest}', data)


END = f"--{BOUNDARY}--\r\n".encode()
APP = named("appid", APPID.encode())
SAMPLE = (
    named("appid", APPID.encode(), ";")
    + named("bucket", b"test", ";")
    + part(
        'Content-Disposition: form-data; name="image"; filename="test.jpg"\r\n'
        "Content-Type: image/jpeg",
        PICTURE,
    )
    + END
)


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", ""])
def test_json_holds_the_picture_as_base64(kind: str) -> None:
    harness = Harness()
    assert code(harness.ask(good(content_type=kind))) == (200, 0, "OK")
    assert harness.sources == [Inline(base64=ENCODED, location="image")]


@pytest.mark.parametrize(
    "body",
    [
        SAMPLE,
        # The Python SDK gives every field a filename.
        named("appid", APPID.encode(), '; filename="appid"')
        + named("image", PICTURE, '; filename="%2Ftmp%2Fa.png"')
        + END,
        # The PHP SDK sends a picture without one.
        APP + named("image", PICTURE) + END,
        # A public demo client sends no closing boundary.
        SAMPLE[: -len(END)],
        SAMPLE[: -len(END)] + END.replace(b"--\r\n", b"\r\n"),
        # The Java SDK puts a length into each part.
        part(
            f'Content-Disposition: form-data; name="appid"\r\nContent-Length: {len(APPID)}',
            APPID.encode(),
        )
        + part(
            'Content-Disposition: form-data; name="image"; filename="a.jpg"\r\n'
            f"Content-Type: image/jpg\r\nContent-Length: {len(PICTURE)}",
            PICTURE,
        )
        + END,
        # Parts may have any order; the first of two with one name counts.
        named("image", PICTURE) + APP + named("image", b"second") + END,
    ],
)
def test_multipart_holds_the_picture_as_bytes_for_every_client(body: bytes) -> None:
    harness = Harness()
    assert code(harness.ask(request(body, KIND))) == (200, 0, "OK")
    assert inline(harness.sources[0]).data == PICTURE


def test_a_picture_above_a_megabyte_without_a_filename_arrives_whole() -> None:
    picture = bytes(range(256)) * 8192
    harness = Harness()
    assert code(harness.ask(request(APP + named("image", picture) + END, KIND)))[1] == 0
    assert inline(harness.sources[0]).data == picture


def test_the_url_wins_over_the_image() -> None:
    for one in (
        posted({"appid": APPID, "image": ENCODED, "url": URL}),
        posted({"appid": APPID, "image": 7, "url": URL}),
        request(APP + named("image", PICTURE) + named("url", URL.encode()) + END, KIND),
    ):
        harness = Harness()
        assert code(harness.ask(one))[1] == 0
        assert harness.sources == [Remote(URL, location="url")]


@pytest.mark.parametrize("url", ["", None])
def test_an_empty_url_beside_an_image_is_ignored(url: str | None) -> None:
    harness = Harness()
    assert code(harness.ask(posted({"appid": APPID, "image": ENCODED, "url": url})))[1] == 0
    assert isinstance(harness.sources[0], Inline)


@pytest.mark.parametrize(
    "url",
    [
        "http://例子.example/微信图片.jpg",
        "HTTP://EXAMPLE.COM:8080/",
        "https://[::1]/a.png",
        "http://user:pw@example.com/",
        "http://example.com/" + "a" * (2048 - 19),
    ],
)
def test_urls_seen_in_real_requests_are_accepted(url: str) -> None:
    assert code(ask(posted({"appid": APPID, "url": url})))[1] == 0


@pytest.mark.parametrize(
    "url",
    [
        "a.png",
        "ftp://example.com/a.png",
        "file:///etc/passwd",
        "http://",
        "http:///a.png",
        "http://[/a.png",
        "http://example.com:port/",
        "http://example.com:0/",
        "http://exam ple.com/",
        "http://example.com/\r\nHost: other",
        "http://example.com/\ud800",
        " ",
    ],
)
def test_a_malformed_url_is_code_1505_and_never_downloaded(url: str) -> None:
    harness = Harness()
    body = json.dumps({"appid": APPID, "url": url}).encode()
    assert code(harness.ask(request(body)))[:2] == (200, -1505)
    assert not harness.sources


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (200, -1301, "ERROR_PARAMETER_EMPTY")),
        ({"url": ""}, (200, -1301, "ERROR_PARAMETER_EMPTY")),
        ({"url": None, "image": None}, (200, -1301, "ERROR_PARAMETER_EMPTY")),
        ({"images[0]": ENCODED}, (200, -1301, "ERROR_PARAMETER_EMPTY")),
        ({"image": ""}, (200, -1300, "ERROR_IMAGE_EMPTY")),
        ({"url": "http://e.com/" + "a" * 2036}, (200, -1304, "ERROR_PARAMETER_TOO_LONG")),
        ({"url": 7}, (400, 21, "invalid param")),
        ({"url": [URL]}, (400, 21, "invalid param")),
        ({"image": 7}, (400, 21, "invalid param")),
        ({"image": {"a": 1}}, (400, 21, "invalid param")),
        ({"image": False}, (400, 21, "invalid param")),
    ],
)
def test_each_fault_of_the_picture_has_its_own_code(
    fields: dict[str, Any], expected: tuple[int, int, str]
) -> None:
    assert code(ask(posted({"appid": APPID, **fields}))) == expected


def test_an_empty_part_is_an_empty_image_and_no_part_is_no_parameter() -> None:
    assert code(ask(request(APP + named("image", b"") + END, KIND)))[1] == -1300
    assert code(ask(request(APP + END, KIND)))[1] == -1301


@pytest.mark.parametrize(
    ("appid", "message"),
    [
        (None, "donot find appid"),
        ("", "donot find appid"),
        (int(APPID), "donot find appid"),
        (True, "donot find appid"),
        ([APPID], "donot find appid"),
        ("my app", "appid is illegal"),
        ("１２３", "appid is illegal"),
        ("1" * 21, "appid is illegal"),
        (APPID + "\n", "appid is illegal"),
        ("\ud800", "appid is illegal"),
    ],
)
def test_an_unusable_appid_is_code_3(appid: Any, message: str) -> None:
    body = json.dumps({"appid": appid, "image": ENCODED}).encode()
    assert code(ask(request(body))) == (400, 3, message)


def test_an_appid_that_is_a_number_is_accepted_by_option() -> None:
    loose = {"appid_number": "accepted"}
    fields = {"appid": int(APPID), "image": ENCODED}
    assert code(ask(posted(fields, options=loose)))[1] == 0
    fields["appid"] = True
    assert code(ask(posted(fields, options=loose)))[2] == "donot find appid"


def test_a_body_for_another_appid_than_the_signed_one_is_code_6() -> None:
    assert code(ask(posted({"appid": "1252999999", "image": ENCODED})))[:2] == (401, 6)
    assert code(ask(posted({"appid": "1252999999"})))[1] == 6


def test_buckets_are_checked_only_if_some_are_configured() -> None:
    def bucket(name: str, options: dict[str, str]) -> int:
        fields = {"appid": APPID, "bucket": name, "image": ENCODED}
        return code(ask(posted(fields, options=options)))[1]

    assert bucket("BUCKET", {}) == 0
    known = {"buckets": "test,photos"}
    assert bucket("test", known) == 0
    assert bucket("", known) == 0
    assert bucket("nowhere", known) == 16
    assert bucket("photos", known) == 6
    assert bucket("photos", {"buckets": "photos"}) == 16


def test_the_option_buckets_accepts_only_names() -> None:
    (buckets,) = (option for option in SERVICE.options if option.name == "buckets")
    assert all(buckets.accepts(text) for text in ("", "test", "a-1,b_2.c"))
    assert not any(buckets.accepts(text) for text in ("a,", ",", "a b", "a;b"))


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b"", "application/json", UNPARSED),
        (b"[]", "application/json", UNPARSED),
        (b"\x89PNG", "", UNPARSED),
        (
            SAMPLE,
            "application/json",
            UNPARSED,
        ),
        (b"{}", "text/plain", UNPARSED),
        (b"{}", "multipart/mixed", UNPARSED),
        (SAMPLE[:60], KIND, UNPARSED),
        (b"", KIND, UNPARSED),
        (SAMPLE, "multipart/form-data", "invalid request"),
        (SAMPLE, "multipart/form-data; charset=utf-8", "invalid request"),
        (SAMPLE, "multipart/form-data; boundary=", "invalid request"),
    ],
)
def test_an_unparsable_body_is_code_3(body: bytes, kind: str, message: str) -> None:
    assert code(ask(request(body, kind))) == (400, 3, message)


def test_turned_text_is_found_by_option() -> None:
    for options, turn in (({}, False), ({"turn": "on"}, True)):
        harness = Harness()
        harness.ask(good(options=options))
        assert harness.options[0].turn is turn


def test_body_and_download_have_at_most_six_megabytes_and_a_gif_is_refused() -> None:
    harness = Harness()
    harness.ask(good())
    assert harness.limits[0].max_bytes == SERVICE.body_limit == 6 * 1024 * 1024
    assert "GIF" not in harness.limits[0].formats >= {"JPEG", "PNG", "BMP"}


@given(
    body=st.one_of(
        st.binary(max_size=300),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["appid", "image", "url", "bucket"]) | st.text(), inner
                )
            ),
            max_leaves=8,
        ).map(lambda value: json.dumps(value).encode()),
    ),
    kind=st.sampled_from(["", "application/json", KIND, "multipart/form-data", "text/xml"]),
)
@pytest.mark.slow
def test_garbage_always_gets_an_entry_of_the_table(body: bytes, kind: str) -> None:
    harness = Harness()
    status, number, message = code(harness.ask(request(body, kind)))
    assert (status, number, message) in {(r.status, r.code, r.message) for r in SERVICE.errors}
    assert number != 213, harness.audit.why


@given(st.text(st.characters(max_codepoint=255), max_size=80) | st.binary(max_size=80))
def test_a_garbled_signature_always_gets_code_4_or_5(value: str | bytes) -> None:
    text = base64.b64encode(value).decode() if isinstance(value, bytes) else value
    assert code(ask(good(auth=text)))[1] in (4, 5)
