"""Bodies are parsed from raw bytes, whatever size a field has and whatever a part is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core.problem import Problem, Refused
from mockocr.core.wire import Call, Part, Reply, dump_json

BOUNDARY = "b0"


def multipart(*parts: bytes, end: bytes = b"--b0--\r\n", kind: str = "") -> Call:
    body = b"".join(b"--b0\r\n" + part + b"\r\n" for part in parts) + end
    content_type = kind or f"multipart/form-data; boundary={BOUNDARY}"
    return Call("POST", "/", headers=(("Content-Type", content_type),), body=body)


def refusal(call: Call, what: str) -> Refused:
    with pytest.raises(Refused) as caught:
        getattr(call, what)()
    return caught.value


def test_a_part_is_a_name_and_bytes_and_the_filename_decides_nothing() -> None:
    call = multipart(
        b'Content-Disposition: form-data; name="appid"; filename="appid"\r\n\r\n1251',
        b'Content-Disposition: form-data; name="image"\r\n\r\n\xff\xd8\x00\r\n\x01',
    )
    assert call.parts() == (
        Part("appid", b"1251", "appid"),
        Part("image", b"\xff\xd8\x00\r\n\x01", None),
    )


def test_headers_of_a_part_may_lack_the_blank_and_end_in_a_semicolon() -> None:
    call = multipart(
        b'Content-Disposition:form-data; name="image"; filename="/tmp/a b.jpg"\r\n\r\nx',
        b'Content-Disposition: form-data; name="appid";\r\nContent-Length: 3\r\n\r\n123',
    )
    image, appid = call.parts()
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
    "call",
    [
        multipart(b'Content-Disposition: form-data; name="a"\r\n\r\nx', end=b""),
        multipart(b'Content-Disposition: form-data; name="a"\r\n\r\nx', end=b"--b0"),
        multipart(b"no header end"),
        multipart(b"", kind="multipart/form-data"),
        Call("POST", "/", headers=(("content-type", "multipart/form-data; boundary=b0"),)),
    ],
    ids=["cut off", "half an end", "no headers", "no boundary", "no body"],
)
def test_half_a_multipart_is_refused_as_a_bad_body(call: Call) -> None:
    assert refusal(call, "parts").why is Problem.BAD_BODY


@given(st.binary(max_size=400))
def test_any_bytes_as_multipart_end_in_parts_or_a_refusal(body: bytes) -> None:
    call = multipart().replaced(body=body)
    try:
        call.parts()
    except Refused as refused:
        assert refused.why is Problem.BAD_BODY


@given(st.binary(max_size=400))
def test_any_bytes_as_json_end_in_an_object_or_a_refusal(body: bytes) -> None:
    try:
        assert isinstance(Call("POST", "/", body=body).json(), dict)
    except Refused as refused:
        assert refused.why is Problem.BAD_BODY


def test_json_nested_too_deep_is_refused() -> None:
    call = Call("POST", "/", body=b'{"a":' + b"[" * 200_000)
    assert refusal(call, "json").why is Problem.BAD_BODY


def test_a_json_list_is_refused_by_its_kind() -> None:
    assert "list" in refusal(Call("POST", "/", body=b"[1]"), "json").detail


def test_a_form_field_may_have_any_size() -> None:
    body = b"img=" + b"%2F" * 1_000_000 + b"&ver=&ver=1"
    assert Call("POST", "/", body=body).form_fields()[1:] == (("ver", ""), ("ver", "1"))
    assert len(Call("POST", "/", body=body).form_fields()[0][1]) == 1_000_000


def test_a_header_is_found_in_any_case_and_the_first_one_counts() -> None:
    call = Call("GET", "/", headers=(("X-Ca-Key", "1"), ("x-ca-key", "2")))
    assert call.header("x-CA-key") == "1"
    assert call.has_header("X-CA-KEY")
    assert not call.has_header("other")


def test_the_same_call_draws_the_same_numbers_twice() -> None:
    call = Call("GET", "/", seed=7)
    assert call.random().random() == call.random().random()


def test_json_goes_out_compact_unescaped_and_never_fails_on_a_lone_surrogate() -> None:
    assert dump_json({"a": "发", "b": 1.5}) == '{"a":"发","b":1.5}'.encode()
    assert dump_json({"a": "\ud800"}) == b'{"a":"?"}'
    assert Reply.of_json({}, 666, code=0).header("content-type") == "application/json"


def test_the_last_line_end_may_be_missing() -> None:
    call = multipart(b'Content-Disposition: form-data; name="a"\r\n\r\nx', end=b"--b0--")
    assert call.parts() == (Part("a", b"x"),)
