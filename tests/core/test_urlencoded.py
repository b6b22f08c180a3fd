"""Urlencoded text is decoded as the standard library decodes it, only faster."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core.urlencoded import parse_urlencoded, with_field

ESCAPES = ["%2B", "%2b", "%2F", "%2f", "%3D", "%3d", "%25", "%E4%BD%A0"]
PIECES = [*ESCAPES, "%", "%2", "+", "=", "&", "a", "B"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_escapes_of_every_kind_decode_as_in_the_standard_library(text: str) -> None:
    assert parse_urlencoded(text.encode()) == tuple(parse_qsl(text, keep_blank_values=True))


@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escape_takes_no_character_behind_it(escape: str) -> None:
    text = f"a={escape}X{escape}"
    assert parse_urlencoded(text.encode()) == tuple(parse_qsl(text))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_what_the_standard_library_encodes_is_decoded(pairs: list[tuple[str, str]]) -> None:
    assert parse_urlencoded(urlencode(pairs).encode()) == tuple(pairs)


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [
        (b"", ()),
        (b"a", (("a", ""),)),
        (b"&&a=1&", (("a", "1"),)),
        (b"a=b=c", (("a", "b=c"),)),
        (b"a=\xe4\xbd\xa0", (("a", "你"),)),
        (b"a=%ff", (("a", "\ufffd"),)),
        (b"a=%252B", (("a", "%2B"),)),
        (b"a=1+2%2B3", (("a", "1 2+3"),)),
        (b"a=%zz%2B%", (("a", "%zz+%"),)),
        (b"a=%5Cx41", (("a", "\\x41"),)),
        (b"a=\\x41\\n%2B", (("a", "\\x41\\n+"),)),
    ],
)
def test_odd_forms_decode(raw: bytes, pairs: tuple[tuple[str, str], ...]) -> None:
    assert parse_urlencoded(raw) == pairs


def test_a_megabyte_of_base64_survives() -> None:
    value = "ab+/" * 300_000 + "=="
    assert parse_urlencoded(b"img=" + quote(value, safe="").encode()) == (("img", value),)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "key=a%2F%20b"),
        ("x=1&y", "key=a%2F%20b&x=1&y"),
        ("x=1&key=old&&k%65y=other&keys=2", "key=a%2F%20b&x=1&keys=2"),
    ],
)
def test_a_field_replaces_those_of_its_name(query: str, expected: str) -> None:
    assert with_field(query, "key", "a/ b") == expected
