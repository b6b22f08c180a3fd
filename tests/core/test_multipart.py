"""Plain multipart bodies are cut, others parsed, and both ways agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core import multipart
from mockocr.core.errors import ApiError
from mockocr.core.multipart import Part, split

BOUNDARY = b"xYzZY"
TYPE = "multipart/form-data; boundary=xYzZY"


def body(*parts: tuple[bytes, bytes], end: bytes = b"--\r\n") -> bytes:
    made = b""
    for head, data in parts:
        made += b"--" + BOUNDARY + b"\r\n" + head + b"\r\n\r\n" + data + b"\r\n"
    return made + b"--" + BOUNDARY + end


HEAD = b'Content-Disposition: form-data; name="a"'


def test_a_plain_body_is_cut_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "_parsed", None)
    picture = (
        b'Content-Disposition: form-data; name="image"; filename="C:\\x.png"\r\nContent-Type: x/y'
    )
    found = split(body((HEAD, b"1\r\n2"), (picture, b"\x00\r\n--xYzZ\r\n\r\n")), TYPE)
    assert found == (
        Part("a", b"1\r\n2"),
        Part("image", b"\x00\r\n--xYzZ\r\n\r\n", "C:\\x.png", "x/y"),
    )


data = st.lists(
    st.sampled_from([b"\r\n", b"--", BOUNDARY, b"\r\n--", b"a", b":", b"\r", b"\n", b" ", b"\xff"]),
    max_size=8,
).map(b"".join)
heads = st.sampled_from(
    [
        HEAD,
        b'content-disposition:form-data; name=b; filename=""',
        b'Content-Disposition: form-data; name="\xe4\xbd\xa0"\r\nContent-Type: text/plain ',
        b"",
        b"no colon",
        b"X: 1\r\n" + HEAD,
        HEAD + b"\r\n continued",
        HEAD + b"\n",
    ]
)


@given(
    st.lists(st.tuples(heads, data), max_size=3),
    st.sampled_from([b"--\r\n", b"--", b"", b"\r\n", b"--\r\nafter", b"-"]),
    st.sampled_from([b"", b"\r\n", b"before\r\n"]),
)
def test_what_is_cut_is_what_the_parser_finds(
    parts: list[tuple[bytes, bytes]], end: bytes, before: bytes
) -> None:
    raw = before + body(*parts, end=end)
    cut = multipart._cut(raw, BOUNDARY)
    if cut is not None:
        assert cut == multipart._parsed(raw, BOUNDARY)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", TYPE),
        (body((HEAD, b"x"))[:-9], TYPE),
        (body((b"no colon", b"x")), TYPE),
        (body((HEAD, b"x")), "multipart/form-data"),
        (body((HEAD, b"x")), "multipart/form-data; boundary=" + "y" * 600),
    ],
)
def test_a_broken_body_is_refused(raw: bytes, kind: str) -> None:
    with pytest.raises(ApiError):
        split(raw, kind)
