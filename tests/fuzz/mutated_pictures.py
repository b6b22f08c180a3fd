"""Mutates pictures of every format, and puts them into signed requests."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from PIL import Image as Pillow

from tests.fuzz.mutated_requests import Message, to_bytes
from tests.fuzz.signed_examples import PICTURE, WITH_PICTURE

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


def mutated_message(random: Random) -> Message:
    """A signed request with a picture that is mutated one to six times, mostly in its header."""
    example = random.choice(WITH_PICTURE)
    picture = random.choice(PICTURES)
    for _ in range(random.randint(1, 6)):
        picture = _mutated(random, picture)
    request = example.signed(example.request(picture))
    return Message(to_bytes(request), request.method, False, example.id)


def _mutated(random: Random, data: bytes) -> bytes:
    end = max(1, min(len(data), 200) if random.randint(0, 2) else len(data))
    at = random.randint(0, end - 1)
    way = random.randint(0, 4)
    if way == 0:
        return data[:at] + bytes([random.randint(0, 255)]) + data[at + 1 :]
    if way == 1:
        number = random.choice(_NUMBERS)
        return data[:at] + number + data[at + len(number) :]
    if way == 2:
        dropped = random.randint(1, 64)
        return data[:at] + data[at + dropped :]
    if way == 3:
        length = random.randint(1, 64)
        times = random.randint(2, 30)
        return data[:at] + data[at : at + length] * times + data[at + length :]
    kept = random.randint(0, len(data))
    return data[:kept]
