"""Measures and small wrappings that the tests of the engines share."""

from __future__ import annotations

import hashlib
import io
import math

from PIL import Image as Pillow
from PIL import ImageOps

from mockocr.core.image import Image
from mockocr.core.recognition import Quad
from mockocr.samples import Sample
from mockocr.samples.drawing import Picture


def image_of(picture: Picture | Sample | Pillow.Image) -> Image:
    """The decoded picture as the imaging room would hand it over."""
    if isinstance(picture, Pillow.Image):
        page = picture
    else:
        page = ImageOps.exif_transpose(Pillow.open(io.BytesIO(picture.data)))
    if page.mode == "RGBA":
        white = Pillow.new("RGBA", page.size, "white")
        white.alpha_composite(page)
        page = white
    if page.mode.startswith("I"):
        page = page.point(lambda v: v / 257).convert("L")
    page = page.convert("L" if page.mode in ("1", "L") else "RGB")
    pixels = page.tobytes()
    digest = hashlib.sha256(pixels).hexdigest()
    channels = len(page.getbands())
    return Image(pixels, page.width, page.height, channels, "PNG", digest, digest, len(pixels))


def distance(a: str, b: str) -> int:
    """How many characters must be put in, taken out or changed to make `a` out of `b`."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        following = [i]
        for j, y in enumerate(b, 1):
            following.append(min(row[j] + 1, following[-1] + 1, row[j - 1] + (x != y)))
        row = following
    return row[-1]


def overlap(a: Quad, b: Quad) -> float:
    """Intersection over union of the two upright bounding boxes."""
    (l1, t1, r1, b1), (l2, t2, r2, b2) = a.extent, b.extent
    shared = max(0.0, min(r1, r2) - max(l1, l2)) * max(0.0, min(b1, b2) - max(t1, t2))
    return shared / ((r1 - l1) * (b1 - t1) + (r2 - l2) * (b2 - t2) - shared)


def farthest(a: Quad, b: Quad) -> float:
    """The greatest distance of two corners that should be the same, in pixels."""
    return max(math.dist(p, q) for p, q in zip(a, b, strict=True))
