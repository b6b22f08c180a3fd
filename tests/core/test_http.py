"""Bodies are decoded from raw bytes, whatever size a field has and whatever a part is called."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core import http
from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.http import Part, Request, Response, dump_json

BOUNDARY = "b0"


def multipart(*parts: bytes, end: bytes = b"--b0--\r\n", kind: str = "") -> Request:
    body = b"".join(b"--b0\r\n" + part + b"\r\n" for part in parts) + end
    content_type = kind or f"multipart/form-data; boundary={BOUNDARY}"
    return Request("POST", "/", headers=(("Content-Type", content_type),), body=body)


def refusal(request: Request, what: str) -> ApiError:
    with pytest.raises(ApiError) as caught:
        getattr(request, what)()
    return caught.value


def test_a_part_is_a_name_and_bytes_and_the_filename_decides_nothing() -> None:
    request = multipart(
        b'Content-Disposition: form-data; name="appid"; filename="appid"\r\n\r\n1251',
        b'Content-Disposition: form-data; name="image"\r\n\r\n\xff\xd8\x00\r\n\x01',
    )
    assert request.parts() == (
        Part("appid", b"1251", "appid"),
        Part("image", b"\xff\xd8\x00\r\n\x01", None),
    )


def test_headers_of_a_part_may_lack_the_blank_and_end_in_a_semicolon() -> None:
    request = multipart(
        b'Content-Disposition:form-data; name="image"; filename="/tmp/a b.jpg"\r\n\r\nx',
        b'Content-Disposition: form-data; name="appid";\r\nContent-Length: 3\r\n\r\n123',
    )
    image, appid = request.parts()
    assert (image.filename, image.data) == ("/tmp/a b.jpg", b"x")
    assert (appid.name, appid.text) == ("appid", "123")


def test_a_chinese_filename_survives() -> None:
    head = 'Content-Disposition: form-data; name="image"; filename="发票.png"\r\n\r\nx'
    (part,) = multipart(head.encode()).parts()
    assert part.filename == "发票.png"


def test_two_megabytes_without_a_filename_are_one_part() -> None:
    data = b"\x00\xff" * (1024 * 1024)
    (part,) = multipart(b'Content-Disposition: form-data; name="image"\r\n\r\n' + data).parts()
    assert part.data == data


@pytest.mark.parametrize(
    "broken",
    [
        multipart(b'Content-Disposition: form-data; name="a"\r\n\r\nx', end=b""),
        multipart(b'Content-Disposition: form-data; name="a"\r\n\r\nx', end=b"--b0"),
        multipart(b"no header end"),
        multipart(b"", kind="multipart/form-data"),
        Request("POST", "/", headers=(("content-type", "multipart/form-data; boundary=b0"),)),
    ],
    ids=["cut off", "half an end", "no headers", "no boundary", "no body"],
)
def test_half_a_multipart_body_is_refused_as_a_bad_body(broken: Request) -> None:
    assert refusal(broken, "parts").reason is ErrorKind.BAD_BODY


@given(st.binary(max_size=400))
def test_any_bytes_as_multipart_end_in_parts_or_a_refusal(body: bytes) -> None:
    request = multipart().replaced(body=body)
    try:
        request.parts()
    except ApiError as error:
        assert error.reason is ErrorKind.BAD_BODY


@given(st.binary(max_size=400))
def test_any_bytes_as_json_end_in_an_object_or_a_refusal(body: bytes) -> None:
    try:
        assert isinstance(Request("POST", "/", body=body).json(), dict)
    except ApiError as error:
        assert error.reason is ErrorKind.BAD_BODY


def test_json_nested_too_deep_is_refused() -> None:
    request = Request("POST", "/", body=b'{"a":' + b"[" * 200_000)
    assert refusal(request, "json").reason is ErrorKind.BAD_BODY


def test_a_json_list_is_refused_by_its_kind() -> None:
    error = refusal(Request("POST", "/", body=b"[1]"), "json")
    assert "list" in error.detail
    assert error.cause is ErrorCause.NOT_AN_OBJECT
    assert refusal(Request("POST", "/", body=b"x"), "json").cause is ErrorCause.NOT_JSON


def test_a_form_field_may_have_any_size() -> None:
    body = b"img=" + b"%2F" * 1_000_000 + b"&ver=&ver=1"
    assert Request("POST", "/", body=body).form_fields()[1:] == (("ver", ""), ("ver", "1"))
    assert len(Request("POST", "/", body=body).form_fields()[0][1]) == 1_000_000


FORMS = [b"a=%2B&b=" + bytes([digit]) * 1000 for digit in b"0123456789"]


@pytest.mark.parametrize("body", [*FORMS, *FORMS, b"a=" + b"x" * 100_000])
def test_a_body_that_came_before_is_hashed_and_decoded_alike(body: bytes) -> None:
    request = Request("POST", "/", body=body)
    assert request.form_fields() == tuple(parse_qsl(body.decode()))
    assert request.body_sha256() == hashlib.sha256(body).hexdigest()


def test_the_bodies_that_are_remembered_take_a_few_megabytes() -> None:
    before = http._remembered.cache_info()
    assert before.maxsize
    assert before.maxsize * http._REMEMBERED_BYTES < 10e6
    long = Request("POST", "/", body=b"a=" + b"x" * http._REMEMBERED_BYTES)
    assert len(long.form_fields()) == 1
    assert long.body_sha256()
    assert http._remembered.cache_info() == before


def test_a_form_that_is_refused_is_refused_each_time() -> None:
    body = b"&".join(b"a=1" for _ in range(1001))
    for _ in range(2):
        assert refusal(Request("POST", "/", body=body), "form_fields").kind == ErrorKind.BAD_BODY


def test_a_header_is_found_in_any_case_and_the_first_one_counts() -> None:
    request = Request("GET", "/", headers=(("X-Ca-Key", "1"), ("x-ca-key", "2")))
    assert request.header("x-CA-key") == "1"
    assert request.has_header("X-CA-KEY")
    assert not request.has_header("other")


def test_the_same_request_yields_the_same_random_numbers_twice() -> None:
    request = Request("GET", "/", seed=7)
    assert request.random().random() == request.random().random()


def test_json_goes_out_compact_unescaped_and_never_fails_on_a_lone_surrogate() -> None:
    assert dump_json({"a": "发", "b": 1.5}) == '{"a":"发","b":1.5}'.encode()
    assert dump_json({"a": "\ud800"}) == b'{"a":"?"}'
    assert Response.of_json({}, 666, code=0).header("content-type") == "application/json"


def test_the_last_line_end_may_be_missing() -> None:
    request = multipart(b'Content-Disposition: form-data; name="a"\r\n\r\nx', end=b"--b0--")
    assert request.parts() == (Part("a", b"x"),)


@pytest.mark.parametrize("body", [b'{"a":NaN}', b'\xef\xbb\xbf{"a":1}', b'{"a":1e999}'])
def test_json_is_read_as_the_standard_library_reads_it(body: bytes) -> None:
    expected: object
    try:
        expected = json.loads(body)
    except ValueError:
        assert refusal(Request("POST", "/", body=body), "json").cause is ErrorCause.NOT_JSON
    else:
        assert repr(Request("POST", "/", body=body).json()) == repr(expected)


@pytest.mark.parametrize("shape", ['{"a":%s}', '{"a":[{"b":[-%s]}]}', '{"a":[NaN,%s]}'])
def test_an_integer_of_json_has_at_most_30_digits(shape: str) -> None:
    longest = Request("POST", "/", body=(shape % ("9" * 30)).encode())
    assert list(longest.json()) == ["a"]
    with pytest.raises(ApiError, match="an integer has 31 digits; the limit is 30"):
        Request("POST", "/", body=(shape % ("1" + "0" * 30)).encode()).json()


def test_a_lone_surrogate_in_json_becomes_a_replacement_character() -> None:
    body = b'{"a\\udfff":["x\\ud800y",{"b":"\\ud83d\\ude00","c":NaN}]}'
    found = Request("POST", "/", body=body).json()
    assert list(found) == ["a\ufffd"]
    assert found["a\ufffd"][0] == "x\ufffdy"
    assert found["a\ufffd"][1]["b"] == "\U0001f600"


def test_a_result_is_computed_once_and_again_for_another_body() -> None:
    request = Request("POST", "/", body=b'{"a":1}')
    assert request.json() is request.json()
    assert request.replaced(id="other").json() is request.json()
    assert request.with_body(b'{"a":2}').json() == {"a": 2}


def test_a_refusal_is_computed_once_too() -> None:
    request = Request("POST", "/", body=b"x")
    assert refusal(request, "json") is refusal(request, "json")


def test_another_body_takes_its_content_length_along() -> None:
    request = Request("POST", "/", headers=(("content-LENGTH", "3"), ("A", "1")), body=b"abc")
    changed = request.with_body(b"longer")
    assert changed.headers == (("content-LENGTH", "6"), ("A", "1"))
    assert (changed.body, changed.size) == (b"longer", 6)


def test_headers_are_removed_in_any_case() -> None:
    request = Request("GET", "/", headers=(("A", "1"), ("b", "2"), ("a", "3")))
    assert request.without_headers("A").headers == (("b", "2"),)
    assert request.with_headers(("c", "4")).header("C") == "4"


def test_two_requests_are_equal_whatever_was_computed_of_them() -> None:
    one, two = (Request("POST", "/", body=b'{"a":1}', id="1") for _ in "12")
    one.json()
    assert one == two
    assert one != two.replaced(id="2")
    assert one != "POST /"


@pytest.mark.parametrize(
    ("request_", "query", "target"),
    [
        (Request("GET", "/a b", "/a%20b?x=1", query="x=1"), "y=2", "/a%20b?y=2"),
        (Request("GET", "/a b"), "y=2", "/a%20b?y=2"),
        (Request("GET", "/a", "/a?x=1", query="x=1"), "", "/a"),
    ],
)
def test_another_query_is_in_the_target_too(request_: Request, query: str, target: str) -> None:
    changed = request_.with_query(query)
    assert (changed.query, changed.target) == (query, target)
    assert changed.query_fields() == tuple(parse_qsl(query))
