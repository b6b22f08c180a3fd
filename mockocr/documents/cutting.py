"""Cuts a part out of a picture, for vendors that return the card or its photo as a picture."""

from __future__ import annotations

import io
import math

from mockocr.core.image import Image
from mockocr.core.recognition import Quad

LONGEST = 2000
"""The longer side of the picture in pixels, at most; a larger part is made smaller."""


def cut_out(image: Image, quad: Quad | None = None) -> bytes:
    """The part inside the quad, level, as a JPEG file; the whole picture without a quad.

    The picture must have its pixels (`OcrRequest.keep_pixels`). What lies beyond it is black.
    """
    from PIL import Image as Pillow  # here, because every server imports this module

    size = (image.width, image.height)
    mode = "L" if image.channels == 1 else "RGB"
    picture = Pillow.frombuffer(mode, size, image.pixels, "raw", mode, 0, 1)
    part = quad or Quad.upright(0, 0, *size)
    scale = min(1.0, LONGEST / max(part.width, part.height, 1.0))
    shown = (max(1, math.ceil(part.width * scale)), max(1, math.ceil(part.height * scale)))
    corners = [float(n) for point in (part.tl, part.bl, part.br, part.tr) for n in point]
    made = picture.transform(
        shown, Pillow.Transform.QUAD, corners, resample=Pillow.Resampling.BICUBIC
    )
    file = io.BytesIO()
    made.save(file, "JPEG", quality=90)
    return file.getvalue()
