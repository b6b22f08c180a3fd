"""Mutates pictures of every format, and puts them into signed requests."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from PIL import Image as Pillow

from tests.fuzz.mutated_requests import Message, to_bytes
from tests.fuzz.signed_examples import PICTURE, WITH_PICTURE, SignedExample

Draw = Callable[[st.SearchStrategy[Any]], Any]

_SAVED: list[tuple[str, str, dict[str, Any]]] = [
    ("RGB", "JPEG", {}),
    ("RGB", "JPEG", {"progressive": True}),
    ("CMYK", "JPEG", {}),
    ("L", "JPEG", {}),
    ("RGB", "PNG", {}),
    ("RGBA", "PNG", {}),
    ("I;16", "PNG", {}),
    ("P", "PNG", {}),
    ("1", "PNG", {}),
    ("P", "GIF", {}),
    ("RGB", "BMP", {}),
    ("RGB", "WEBP", {}),
    ("RGBA", "WEBP", {"lossless": True}),
    ("RGB", "TIFF", {}),
    ("RGB", "TIFF", {"compression": "tiff_lzw"}),
    ("1", "TIFF", {"compression": "group4"}),
    ("RGB", "TIFF", {"compression": "jpeg"}),
    ("RGBA", "ICO", {}),
    ("RGB", "PPM", {}),
    ("RGB", "TGA", {}),
    ("RGB", "PDF", {}),
]


def _pictures() -> list[bytes]:
    found = [PICTURE]
    with Pillow.open(io.BytesIO(PICTURE)) as opened:
        small = opened.convert("RGB").resize((120, 60))
    for mode, format, how in _SAVED:
        made = io.BytesIO()
        picture = small.convert("L").convert(mode) if mode == "I;16" else small.convert(mode)
        picture.save(made, format, **how)
        found.append(made.getvalue())
    return found


PICTURES = _pictures()
_NUMBERS = [
    b"\x00",
    b"\x01",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\x00\x00",
    b"\xff\xff",
    b"\x7f\xff\xff\xff",
]


@st.composite
def messages(draw: Draw) -> Message:
    """A signed request with a picture that is mutated one to six times, mostly in its header."""
    example: SignedExample = draw(st.sampled_from(WITH_PICTURE))
    picture = draw(st.sampled_from(PICTURES))
    for _ in range(draw(st.integers(1, 6))):
        picture = _mutated(draw, picture)
    request = example.signed(example.request(picture))
    return Message(to_bytes(request), request.method, False, example.id)


def _mutated(draw: Draw, data: bytes) -> bytes:
    end = max(1, min(len(data), 200) if draw(st.integers(0, 2)) else len(data))
    at = draw(st.integers(0, end - 1))
    way = draw(st.integers(0, 4))
    if way == 0:
        return data[:at] + bytes([draw(st.integers(0, 255))]) + data[at + 1 :]
    if way == 1:
        number: bytes = draw(st.sampled_from(_NUMBERS))
        return data[:at] + number + data[at + len(number) :]
    if way == 2:
        dropped: int = draw(st.integers(1, 64))
        return data[:at] + data[at + dropped :]
    if way == 3:
        length: int = draw(st.integers(1, 64))
        times: int = draw(st.integers(2, 30))
        return data[:at] + data[at : at + length] * times + data[at + length :]
    kept: int = draw(st.integers(0, len(data)))
    return data[:kept]
