"""Base64 text is decoded strictly, and its length is checked first."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Inline, Limits
from mockocr.images.base64_input import inline_bytes

DATA = bytes(range(256))
TEXT = b64encode(DATA).decode()


def decoded(text: str, limits: Limits | None = None) -> bytes:
    return inline_bytes(Inline(base64=text), limits or Limits())


def refusal(text: str, limits: Limits | None = None) -> ApiError:
    with pytest.raises(ApiError) as caught:
        decoded(text, limits)
    return caught.value


@given(st.binary(min_size=1, max_size=200))
def test_encoded_bytes_are_decoded(data: bytes) -> None:
    assert decoded(b64encode(data).decode()) == data


def test_line_breaks_and_missing_padding_are_ignored() -> None:
    lines = "\r\n".join(TEXT[i : i + 76] for i in range(0, len(TEXT), 76))
    assert decoded(f"\n{lines}\t\r\n ") == DATA
    assert TEXT.endswith("==")
    assert decoded(TEXT.rstrip("=")) == DATA


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (TEXT.replace("+", " "), "a form turns '+' into a space"),
        (TEXT.replace("+", "%2B"), "percent-encoded twice"),
        (urlsafe_b64encode(DATA).decode(), "URL-safe"),
        (TEXT[:20] + "!" + TEXT[20:], "not in the base64 alphabet"),
        (TEXT[:20] + "=" + TEXT[20:], "not base64"),
        (TEXT[:21], "truncated"),
        (TEXT + "é", "character 345"),
        ("\ud800", "character 1"),
        ("A\0AA", "not in the base64 alphabet"),
    ],
)
def test_invalid_characters_are_refused_with_the_likely_cause(text: str, hint: str) -> None:
    error = refusal(text)
    assert error.reason is ErrorKind.BAD_IMAGE
    assert hint in error.detail


@pytest.mark.parametrize("prefix", ["data:image/png;base64,", "DATA:;base64,"])
def test_a_data_url_is_accepted_only_if_the_limits_allow_it(prefix: str) -> None:
    assert decoded(prefix + TEXT, Limits(data_url=True)) == DATA
    error = refusal(prefix + TEXT)
    assert (error.reason, "data: prefix" in error.detail) == (ErrorKind.BAD_IMAGE, True)


def test_a_data_url_without_base64_is_refused() -> None:
    assert refusal("data:image/png,abc", Limits(data_url=True)).reason is ErrorKind.BAD_IMAGE


@pytest.mark.parametrize("text", ["", "  ", "\r\n", "===="])
def test_an_empty_text_is_no_image(text: str) -> None:
    assert refusal(text).reason is ErrorKind.NO_IMAGE


def test_the_text_and_the_file_have_separate_limits() -> None:
    exact = Limits(max_base64=len(TEXT), max_bytes=len(DATA))
    assert decoded(TEXT, exact) == DATA
    for tight in (Limits(max_base64=len(TEXT) - 1), Limits(max_bytes=len(DATA) - 1)):
        assert refusal(TEXT, tight).reason is ErrorKind.IMAGE_TOO_LARGE


def test_the_length_is_checked_before_the_content() -> None:
    assert refusal("!" * 1000, Limits(max_bytes=100)).reason is ErrorKind.IMAGE_TOO_LARGE


def test_raw_bytes_are_returned_unchanged() -> None:
    assert inline_bytes(Inline(DATA), Limits()) == DATA


@given(st.text(max_size=60))
def test_arbitrary_text_is_refused_or_decoded(text: str) -> None:
    try:
        assert decoded(text)
    except ApiError as error:
        assert error.detail
