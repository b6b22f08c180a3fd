"""Multipart bodies as clients write them."""

from __future__ import annotations

import pytest

from mockocr.core.errors import ApiError, ErrorKind
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
    assert found == (
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
    ],
)
def test_name_and_file_name_come_from_the_disposition(
    head: bytes, name: str, filename: str | None
) -> None:
    (part,) = split(body((head, b"x")), TYPE)
    assert (part.name, part.filename) == (name, filename)


def test_text_after_the_closing_boundary_is_ignored() -> None:
    assert split(body((HEAD, b"x"), end=b"--\r\nafter"), TYPE) == (Part("a", b"x"),)


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (b"", TYPE),
        (body((HEAD, b"x"))[:-9], TYPE),
        (body((b"no colon", b"x")), TYPE),
        (body((HEAD, b"x")), "multipart/form-data"),
        (body((HEAD, b"x")), "multipart/form-data; boundary=" + "y" * 600),
    ],
)
def test_a_broken_body_is_refused(raw: bytes, content_type: str) -> None:
    with pytest.raises(ApiError) as caught:
        split(raw, content_type)
    assert caught.value.reason is ErrorKind.BAD_BODY
