"""A picture in 64 bits of which similar pictures share most: the difference hash.

Source: Neal Krawetz, "Kind of Like That" (hackerfactor.com, 2013): 9 by 8 grey values, one bit for
each pair of neighbours in a row.
"""

from __future__ import annotations

from PIL import Image as Pillow

from mockocr.core.image import Image

BITS = 64


def perceptual_hash(image: Image) -> str:
    """16 hexadecimal digits, row by row from the top; a set bit is darker than its neighbour to the
    right.
    """
    mode = "L" if image.channels == 1 else "RGB"
    picture = Pillow.frombytes(mode, (image.width, image.height), image.pixels).convert("L")
    grey = picture.resize((9, 8), Pillow.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (grey[at] < grey[at + 1])
    return f"{bits:016x}"


def distance(one: str, other: str) -> int:
    """In how many of the 64 bits two pictures differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
