"""Pictures and referer are read from every form that clients and SDKs send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.image import Inline, Remote
from mockocr.vendors.tupu.parsing import parse_pictures
from tests.vendors.tupu.harness import (
    PICTURE,
    URLS,
    Harness,
    as_json,
    code_of,
    file,
    form,
    multipart,
    names,
    post,
    text,
)


def test_files_keep_their_order_and_their_names() -> None:
    request = multipart(
        file(name="c.png"), file(name="a.png"), file(name="b b.png"), file(name="票.png")
    )
    assert names(Harness().serve(request)) == ["c.png", "a.png", "b b.png", "票.png"]


@pytest.mark.parametrize(
    "request_",
    [
        form(*[("image", url) for url in URLS]),
        multipart(*[text("image", url) for url in URLS]),
        as_json({"image": list(URLS)}),
    ],
    ids=["urlencoded", "multipart", "json"],
)
def test_urls_are_names_in_every_form_of_the_request(request_: Request) -> None:
    harness = Harness()
    assert names(harness.serve(request_)) == list(URLS)
    listed = request_.content_type == "application/json"
    locations = ["image[0]", "image[1]"] if listed else ["image", "image"]
    assert harness.sources == [
        Remote(url, location=location) for url, location in zip(URLS, locations, strict=True)
    ]


def test_json_may_have_one_url_without_an_array() -> None:
    assert names(Harness().serve(as_json({"image": URLS[0], "tag": None}))) == [URLS[0]]


def test_every_download_has_the_referer_in_ascii() -> None:
    harness = Harness()
    harness.serve(
        form(*[("image", url) for url in URLS], ("referer", "http://a.example/房?x=1%20#y"))
    )
    wanted = "http://a.example/%E6%88%BF?x=1%20#y"
    assert [s.referer for s in harness.sources if isinstance(s, Remote)] == [wanted, wanted]


def test_a_referer_cannot_add_a_header() -> None:
    request = form(("image", URLS[0]), ("referer", "http://a.example/\r\nHost: b"))
    assert code_of(request) == (200, 15, "parameter illegal")


def test_tags_are_accepted_and_ignored() -> None:
    between = multipart(text("tag", "1"), file(), text("tag", "2"), file(name="b.png"))
    assert names(Harness().serve(between)) == ["a.png", "b.png"]
    listed = as_json({"image": list(URLS), "tag": ["x", "y", "z"]})
    assert names(Harness().serve(listed)) == list(URLS)


def test_javas_parts_without_blank_and_type_are_files() -> None:
    part = b'Content-Disposition:form-data; name="image"; filename="/home/me/one.png"\r\n\r\n'
    request = multipart(part + PICTURE)
    request = request.replaced(headers=(("Content-Type", "multipart/form-data;boundary=cut"),))
    assert names(Harness().serve(request)) == ["/home/me/one.png"]


def test_a_windows_path_is_kept_whole() -> None:
    request = multipart(file(name=r"C:\pictures\new\one.png"))
    assert names(Harness().serve(request)) == [r"C:\pictures\new\one.png"]


def test_pythons_parts_of_any_application_type_are_files() -> None:
    part = b'Content-Disposition: form-data; name="image"; filename="dir/one.png"\r\n'
    request = multipart(part + b"Content-Type: application/*\r\n\r\n" + PICTURE)
    assert names(Harness().serve(request)) == ["dir/one.png"]


def test_picture_bytes_without_a_filename_are_a_file() -> None:
    harness = Harness()
    request = multipart(b'Content-Disposition: form-data; name="image"\r\n\r\n' + PICTURE)
    assert names(harness.serve(request)) == [""]
    assert harness.sources == [Inline(PICTURE, location="image")]


@pytest.mark.parametrize(
    "request_",
    [
        post(b"", ""),
        post(b"", "application/json"),
        post(b"", "multipart/form-data; boundary=cut"),
        post(PICTURE, "image/png"),
        post(b"image=" + URLS[0].encode(), "text/plain"),
        form(("tag", "a")),
        form(("image", "")),
        as_json({}),
        as_json({"image": None}),
        as_json({"image": []}),
        multipart(text("file", URLS[0])),
        multipart(file(b"", name="")),
    ],
)
def test_a_request_without_a_picture_gets_code_3(request_: Request) -> None:
    assert code_of(request_) == (200, 3, "no file")


def test_url_and_file_in_one_request_get_code_15() -> None:
    harness = Harness()
    request = multipart(file(), text("image", URLS[0]))
    assert code_of(request, harness) == (200, 15, "parameter illegal")
    assert harness.sources == []
    assert harness.audit.why == (
        "the request mixes 1 URL and 1 file pictures; only one kind is allowed"
    )


@pytest.mark.parametrize(
    "request_",
    [
        post(b"{", "application/json"),
        post(b"[1]", "application/json"),
        post(b"[" * 100_000, "application/json"),
        post(b"--cut\r\nhalf", "multipart/form-data; boundary=cut"),
        post(b"--cut--\r\n", "multipart/form-data"),
        as_json({"image": 7}),
        as_json({"image": {"url": URLS[0]}}),
        as_json({"image": [URLS[0], None]}),
        as_json({"image": [[URLS[0]]]}),
        as_json({"image": True}),
        as_json({"image": URLS[0], "tag": 5}),
        as_json({"image": URLS[0], "referer": [URLS[0]]}),
    ],
)
def test_a_body_of_wrong_form_or_types_gets_code_15(request_: Request) -> None:
    assert code_of(request_) == (200, 15, "parameter illegal")


def test_eleven_pictures_get_code_19_and_ten_do_not() -> None:
    harness = Harness()
    assert code_of(multipart(*[file()] * 10))[1] == 0
    assert code_of(multipart(*[file()] * 11), harness) == (200, 19, "too many files")
    assert harness.sources == []


def test_the_number_of_pictures_is_an_option() -> None:
    assert code_of(multipart(file(), file(), max_images="1"))[1] == 19
    assert code_of(multipart(*[file()] * 11, max_images="50"))[1] == 0


def test_a_lone_surrogate_in_a_url_gets_download_fail() -> None:
    assert code_of(as_json({"image": "http://x/\ud800"})) == (200, 14, "Download fail")


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=cut",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + "x" * 300,
            "text/plain",
            "",
            ";;;",
        ]
    ),
)
def test_any_body_has_pictures_or_raises_an_api_error(body: bytes, kind: str) -> None:
    try:
        assert parse_pictures(post(body, kind)).images
    except ApiError as error:
        assert error.detail
