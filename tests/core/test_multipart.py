"""Multipart bodies as clients write them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.multipart import Part, split

BOUNDARY = b"xYzZY"
TYPE = "multipart/form-data; boundary=xYzZY"
HEAD = b'Content-Disposition: form-data; name="a"'


def body(*parts: tuple[bytes, bytes], end: bytes = b"--\r\n") -> bytes:
    made = b""
    for head, data in parts:
        made += b"--" + BOUNDARY + b"\r\n" + head + b"\r\n\r\n" + data + b"\r\n"
    return made + b"--" + BOUNDARY + end


def test_data_may_hold_line_ends_and_what_looks_like_a_boundary() -> None:
    picture = (
        b'Content-Disposition: form-data; name="image"; filename="C:\\x.png"\r\nContent-Type: x/y'
    )
    found = split(body((HEAD, b"1\r\n2"), (picture, b"\x00\r\n--xYzZ\r\n\r\n")), TYPE)
    assert found.closed
    assert found.parts == (
        Part("a", b"1\r\n2"),
        Part("image", b"\x00\r\n--xYzZ\r\n\r\n", "C:\\x.png", "x/y"),
    )


@pytest.mark.parametrize(
    ("head", "name", "filename"),
    [
        (b'content-disposition:form-data; name=b; filename=""', "b", ""),
        ('Content-Disposition: form-data; name="你"'.encode(), "你", None),
        (b'Content-Disposition: form-data; name="\xff"', "\xff", None),
        (b"X: 1\r\n" + HEAD, "a", None),
        (b"X: 1", "", None),
        (HEAD + b"; filename*=UTF-8''%e5%9b%be.png", "a", "图.png"),
        (HEAD + b"; filename=\"x.png\"; filename*=UTF-8''y.png", "a", "x.png"),
        (HEAD + b"; filename*=none''%41.png", "a", None),
        (b"Content-Disposition: form-data; name*=utf-8'en'%E4%BD%A0", "你", None),
        (b'Content-Disposition: form-data;\r\n name="a";\r\n\tfilename="f"\r\nX: 1', "a", "f"),
    ],
)
def test_name_and_file_name_come_from_the_disposition(
    head: bytes, name: str, filename: str | None
) -> None:
    (part,) = split(body((head, b"x")), TYPE).parts
    assert (part.name, part.filename) == (name, filename)


def test_text_after_the_closing_boundary_is_ignored() -> None:
    assert split(body((HEAD, b"x"), end=b"--\r\nafter"), TYPE).parts == (Part("a", b"x"),)


def test_text_before_the_first_boundary_is_ignored() -> None:
    for before in (b"\r\n", b"This is a message in several parts.\r\n", b"--xYzZ\r\n\r\n"):
        assert split(before + body((HEAD, b"x")), TYPE).parts == (Part("a", b"x"),)


@pytest.mark.parametrize("end", [b"", b"-", b"\r\n", b"--"])
def test_the_closing_boundary_may_be_incomplete(end: bytes) -> None:
    raw = body((HEAD, b"1\r\n2"), end=end)
    assert split(raw, TYPE).parts == (Part("a", b"1\r\n2"),)


@pytest.mark.parametrize("end", [b"", b"\r\n"])
def test_the_closing_boundary_may_be_absent(end: bytes) -> None:
    whole = body((HEAD, b"1"), (HEAD, b"2"), end=b"")
    cut = whole[: -len(b"\r\n--" + BOUNDARY)] + end
    request = Request("POST", "/", headers=(("Content-Type", TYPE),), body=cut)
    assert request.parts(unclosed=True) == (Part("a", b"1"), Part("a", b"2"))
    with pytest.raises(ApiError, match="lacks its closing boundary"):
        request.parts()


def test_a_line_of_data_that_looks_folded_stays_as_it_is() -> None:
    folded = HEAD.replace(b"; ", b";\r\n ")
    data = b"1\r\n 2\r\n--xYzZ\r\n 3"
    assert split(body((folded, data)), TYPE).parts == (Part("a", data),)


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (b"", TYPE),
        (b"no boundary at all", TYPE),
        (body((HEAD, b"x"))[:30], TYPE),
        (body((b"no colon", b"x")), TYPE),
        (body((HEAD, b"x")), "multipart/form-data"),
        (body((HEAD, b"x")), "multipart/form-data; boundary=" + "y" * 600),
    ],
)
def test_a_broken_body_is_refused(raw: bytes, content_type: str) -> None:
    with pytest.raises(ApiError) as caught:
        split(raw, content_type)
    assert caught.value.reason is ErrorKind.BAD_BODY


def by_library(raw: bytes) -> list[bytes] | None:
    """The data of each part as python-multipart finds it; None if it refuses the body or finds no
    closing boundary.
    """
    found: list[bytes] = []
    closed: list[bool] = []
    callbacks = {
        "on_part_begin": lambda: found.append(b""),
        "on_part_data": lambda chunk, start, end: found.append(found.pop() + chunk[start:end]),
        "on_end": lambda: closed.append(True),
    }
    try:
        MultipartParser(BOUNDARY, callbacks).write(raw)  # type: ignore[arg-type]  # a TypedDict
    except FormParserError:
        return None
    return found if closed else None


SCRAPS = st.sampled_from(
    [
        b"\r\n",
        b"\r",
        b"\n",
        b"-",
        b"--",
        b" ",
        b"\t ",
        b"x",
        b"--xYzZY",
        b"\r\n--xYzZY",
        b"\r\n--xY",
    ]
)


@given(st.lists(st.lists(SCRAPS, max_size=6).map(b"".join), max_size=3), SCRAPS)
def test_data_ends_where_python_multipart_says(data: list[bytes], after: bytes) -> None:
    raw = body(*((HEAD, each) for each in data)) + after
    expected = by_library(raw)
    if expected is None:
        with contextlib.suppress(ApiError):
            assert not split(raw, TYPE).closed
    else:
        assert [part.data for part in split(raw, TYPE).parts] == expected


@pytest.mark.parametrize(
    ("head", "accepted"),
    [
        (b"\r\n".join([HEAD, *[b"X: 1"] * 7]), True),
        (b"\r\n".join([HEAD, *[b"X: 1"] * 8]), False),
        (b"X: " + b"x" * 4221, True),
        (b"X: " + b"x" * 4222, False),
        (b"X: 1\n2", True),
        (b"X: 1\r2", False),
        (b"X Y: 1", False),
        (b": 1", False),
        (b"\r: 1", False),
    ],
)
def test_heads_are_accepted_as_python_multipart_does(head: bytes, accepted: bool) -> None:
    raw = body((head, b"x"))
    assert (by_library(raw) is not None) is accepted
    if accepted:
        assert [part.data for part in split(raw, TYPE).parts] == [b"x"]
    else:
        with pytest.raises(ApiError):
            split(raw, TYPE)


def test_a_boundary_may_end_with_blanks() -> None:
    raw = body((HEAD, b"1"), (HEAD, b"2")).replace(b"1\r\n--xYzZY", b"1\r\n--xYzZY \t")
    assert split(raw, TYPE).parts == (Part("a", b"1"), Part("a", b"2"))
    with pytest.raises(ApiError, match="text follows a boundary"):
        split(raw.replace(b"\t\r", b"\tx\r"), TYPE)


def test_a_head_of_32_kb_is_refused() -> None:
    folded = HEAD + b";\r\n" + b" " * 40_000 + b'filename="x"'
    with pytest.raises(ApiError, match="too long"):
        split(body((folded, b"x")), TYPE)
