"""Pictures, tags and referer come out of every form that clients and SDKs send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core.errors import ApiError
from mockocr.core.image import Inline, Remote
from mockocr.vendors.tupu.parse import complete, parse
from tests.vendors.tupu.desk import (
    PICTURE,
    URLS,
    Desk,
    as_json,
    code_of,
    file,
    form,
    multipart,
    names,
    post,
    text,
)


def test_files_come_back_in_the_requests_order_under_their_names() -> None:
    request = multipart(
        file(name="c.png"), file(name="a.png"), file(name="b b.png"), file(name="票.png")
    )
    assert names(Desk().serve(request)) == ["c.png", "a.png", "b b.png", "票.png"]


@pytest.mark.parametrize(
    "call",
    [
        form(*[("image", url) for url in URLS]),
        multipart(*[text("image", url) for url in URLS]),
        as_json({"image": list(URLS)}),
    ],
    ids=["urlencoded", "multipart", "json"],
)
def test_urls_come_back_as_sent_from_every_form(request: object) -> None:
    desk = Desk()
    assert names(desk.serve(request)) == list(URLS)  # type: ignore[arg-type] # parametrized
    assert desk.sources == [Remote(url) for url in URLS]


def test_json_takes_one_url_without_an_array() -> None:
    assert names(Desk().serve(as_json({"image": URLS[0], "tag": None}))) == [URLS[0]]


def test_the_referer_goes_with_every_download_in_ascii() -> None:
    desk = Desk()
    desk.serve(form(*[("image", url) for url in URLS], ("referer", "http://a.example/房?x=1%20#y")))
    wanted = "http://a.example/%E6%88%BF?x=1%20#y"
    assert [s.referer for s in desk.sources if isinstance(s, Remote)] == [wanted, wanted]


def test_a_referer_cannot_smuggle_a_header_in() -> None:
    request = form(("image", URLS[0]), ("referer", "http://a.example/\r\nHost: b"))
    assert code_of(request) == (200, 15, "parameter illegal")


@pytest.mark.parametrize(
    ("tags", "count", "wanted"),
    [
        ([], 3, ()),
        (["a"], 3, ("a", "a", "a")),
        (["a", "b"], 4, ("a", "b", "b", "b")),
        (["a", "b", "c"], 2, ("a", "b")),
        (["a", ""], 3, ("a", "", "")),
    ],
)
def test_the_last_tag_serves_for_the_rest(
    tags: list[str], count: int, wanted: tuple[str, ...]
) -> None:
    assert complete(tags, count) == wanted


def test_tags_are_matched_to_pictures_wherever_they_stand_in_the_body() -> None:
    between = multipart(text("tag", "1"), file(), text("tag", "2"), file(), file())
    assert parse(between).extra["tags"] == ("1", "2", "2")
    listed = as_json({"image": list(URLS), "tag": ["x", "y"]})
    assert parse(listed).extra["tags"] == ("x", "y")


def test_javas_parts_have_no_blank_no_type_and_a_full_path() -> None:
    part = b'Content-Disposition:form-data; name="image"; filename="/home/me/one.png"\r\n\r\n'
    request = multipart(part + PICTURE)
    request = request.replaced(headers=(("Content-Type", "multipart/form-data;boundary=cut"),))
    assert names(Desk().serve(request)) == ["/home/me/one.png"]


def test_a_windows_path_comes_back_whole() -> None:
    request = multipart(file(name=r"C:\pictures\new\one.png"))
    assert names(Desk().serve(request)) == [r"C:\pictures\new\one.png"]


def test_pythons_parts_claim_any_application_type() -> None:
    part = b'Content-Disposition: form-data; name="image"; filename="dir/one.png"\r\n'
    request = multipart(part + b"Content-Type: application/*\r\n\r\n" + PICTURE)
    assert names(Desk().serve(request)) == ["dir/one.png"]


def test_picture_bytes_without_a_filename_are_a_file_all_the_same() -> None:
    desk = Desk()
    request = multipart(b'Content-Disposition: form-data; name="image"\r\n\r\n' + PICTURE)
    assert names(desk.serve(request)) == [""]
    assert desk.sources == [Inline(PICTURE)]


@pytest.mark.parametrize(
    "call",
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
def test_a_request_without_a_picture_gets_code_3(request: object) -> None:
    assert code_of(request) == (200, 3, "no file")  # type: ignore[arg-type] # parametrized


def test_url_and_file_in_one_request_get_code_15() -> None:
    desk = Desk()
    request = multipart(file(), text("image", URLS[0]))
    assert code_of(request, desk) == (200, 15, "parameter illegal")
    assert desk.sources == []
    assert desk.error is not None
    assert desk.error.detail == "1 URL and 1 file in one request: it may be one kind"


@pytest.mark.parametrize(
    "call",
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
def test_a_body_of_wrong_form_or_types_gets_code_15(request: object) -> None:
    assert code_of(request) == (200, 15, "parameter illegal")  # type: ignore[arg-type] # parametrized


def test_eleven_pictures_get_code_19_and_ten_do_not() -> None:
    desk = Desk()
    assert code_of(multipart(*[file()] * 10))[1] == 0
    assert code_of(multipart(*[file()] * 11), desk) == (200, 19, "too many files")
    assert desk.sources == []


def test_the_number_of_pictures_is_a_setting() -> None:
    assert code_of(multipart(file(), file(), max_images="1"))[1] == 19
    assert code_of(multipart(*[file()] * 11, max_images="50"))[1] == 0


def test_a_lone_surrogate_in_a_url_is_a_download_that_fails() -> None:
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
def test_no_body_raises_anything_but_a_refusal(body: bytes, kind: str) -> None:
    try:
        assert parse(post(body, kind)).sources
    except ApiError as error:
        assert error.detail
